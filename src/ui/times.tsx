import { clockOf, dateText, inZone, offsetText, rangeText, timeText, type ZonedTime } from '#lib/zoned.ts';

/** A moment in a place, in the words of the dock: `Sunday 30 May 2027, 15:30 PDT`, `15:30 PDT`, or the bare clock. */
export function Time({ of, show = 'both' }: { of: ZonedTime; show?: 'both' | 'date' | 'time' | 'clock' }) {
  const text = {
    both: () => `${dateText(of)}, ${timeText(of)}`,
    date: () => dateText(of),
    time: () => timeText(of),
    clock: () => clockOf(of),
  };
  return <time datetime={offsetText(of)}>{text[show]()}</time>;
}

/** From when to when, the zone named. */
export function TimeRange({ start, end }: { start: ZonedTime; end: ZonedTime }) {
  return <time datetime={offsetText(start)}>{rangeText(start, end)}</time>;
}

/** When something happened to us (an instant), as the clock in `zone` showed it; scripts add "3 min ago" where `age` is wanted. */
export function Instant({ at, zone, age = false }: { at: string | number; zone: string; age?: boolean }) {
  const time = inZone(at, zone);
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return (
    <time datetime={offsetText(time)} data-ago={age ? '' : undefined}>
      {day.format(Date.parse(time.at))}, {timeText(time)}
    </time>
  );
}
