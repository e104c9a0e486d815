import type { Fleet } from '#booking/fleet.ts';
import type { CalendarEntry } from '#calendar/calendar-entry.ts';
import { monthGrid, monthName, monthText } from '#calendar/month.ts';
import { clockOf, offsetText, timeText, zoneName } from '#lib/zoned.ts';
import { Button, Empty, Heading } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { vesselName } from './words.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** A month of trips: a grid where there is room, a list of days on a phone. Each trip on its own local day. */
export function CalendarPage(props: {
  fleet: Fleet;
  /** `2027-05`. */
  month: string;
  /** The local day of the house, `2027-05-30`. */
  today: string;
  entries: readonly CalendarEntry[];
}) {
  const { fleet, month, today, entries } = props;
  const { previous, next, weeks } = monthGrid(month, entries, today);
  const isEmpty = !weeks.flat().some(day => day.isInMonth && day.entries.length > 0);
  return (
    <>
      <Heading
        title={monthText(month)}
        lede={zonesText(fleet, entries)}
        actions={
          <>
            <Button href={paths.deskCalendar(previous)}>← {monthName(previous)}</Button>
            <Button href={paths.deskCalendar()}>Today</Button>
            <Button href={paths.deskCalendar(next)}>{monthName(next)} →</Button>
          </>
        }
      />
      {isEmpty && (
        <Empty title={`No trips in ${monthText(month)}`}>
          <p>Bookings appear here by themselves on the day they sail.</p>
          <Button href={paths.deskNewBooking}>Add a booking</Button>
        </Empty>
      )}
      <table class="month">
        <caption class="unseen">Trips in {monthText(month)}</caption>
        <thead>
          <tr>
            {weekdays.map(weekday => (
              <th scope="col">
                <abbr title={weekday}>{weekday.slice(0, 3)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr>
              {week.map(({ date, isInMonth, isToday, entries }, index) => (
                <Day
                  day={date}
                  weekday={weekdays[index] ?? ''}
                  isOut={!isInMonth}
                  isToday={isToday}
                  entries={entries}
                  fleet={fleet}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Day(props: {
  day: string;
  weekday: string;
  isOut: boolean;
  isToday: boolean;
  entries: readonly CalendarEntry[];
  fleet: Fleet;
}) {
  const { day, entries, isOut, isToday } = props;
  const look = [isOut && 'out', isToday && 'today', entries.length === 0 && 'empty-day'].filter(Boolean);
  return (
    <td class={look.join(' ')} aria-current={isToday ? 'date' : undefined}>
      <time class="day" datetime={day}>
        <span class="weekday">{props.weekday.slice(0, 3)} </span>
        {Number(day.slice(8))}
      </time>
      {entries.length > 0 && (
        <ul>
          {entries.map(entry => (
            <li>
              <Trip entry={entry} fleet={props.fleet} day={day} />
            </li>
          ))}
        </ul>
      )}
    </td>
  );
}

function Trip({ entry, fleet, day }: { entry: CalendarEntry; fleet: Fleet; day: string }) {
  const text = (
    <>
      <strong>
        <EntryClock entry={entry} fleet={fleet} day={day} />
      </strong>{' '}
      {entry.title}
      {fleet.vessels.length > 1 && entry.vessel && `, ${vesselName(fleet, entry.vessel)}`}
      {entry.status !== 'confirmed' && <span class="unseen"> ({entry.status})</span>}
    </>
  );
  return entry.booking ? (
    <a class={`trip ${entry.status}`} href={paths.deskBooking(entry.booking)}>
      {text}
    </a>
  ) : (
    <span class={`trip ${entry.status}`}>{text}</span>
  );
}

/** When it begins; on its later days that it goes on, and for a bare day that no time is known. */
function EntryClock({ entry, fleet, day }: { entry: CalendarEntry; fleet: Fleet; day: string }) {
  if (!entry.start) return <>all day</>;
  if (entry.date !== day) return <>goes on</>;
  const text = entry.start.zone === fleet.house.zone ? clockOf(entry.start) : timeText(entry.start);
  return <time datetime={offsetText(entry.start)}>{text}</time>;
}

/** In which zone the clock times are read: the house's, with its name on those days; others stand beside their time. */
function zonesText(fleet: Fleet, entries: readonly CalendarEntry[]): string {
  const names = new Set(
    entries.flatMap(({ start }) => (start?.zone === fleet.house.zone ? zoneName(start) : [])),
  );
  const place = fleet.house.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? fleet.house.zone;
  return `Times in ${place}${names.size > 0 ? `, ${[...names].join(' and ')}` : ''} (${fleet.house.zone}).`;
}
