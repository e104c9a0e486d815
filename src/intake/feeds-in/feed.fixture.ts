/** An iCalendar entry; `more` replaces or adds lines by the name of their property, null leaves one out. */
export function entry(
  uid: string,
  start: string,
  end: string,
  more: Readonly<Record<string, string | null>> = {},
): string[] {
  const lines: Record<string, string | null> = {
    UID: `${uid}@market.example`,
    DTSTAMP: '20270401T000000Z',
    DTSTART: start,
    DTEND: end,
    SUMMARY: 'Reserved',
    ...more,
  };
  const written = Object.entries(lines).flatMap(([name, value]) =>
    value === null ? [] : [value.startsWith(';') ? name + value : `${name}:${value}`],
  );
  return ['BEGIN:VEVENT', ...written, 'END:VEVENT'];
}

/** A marketplace's calendar of these entries. */
export const calendarOf = (...entries: readonly (readonly string[])[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Market//Calendar//EN',
    ...entries.flat(),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** The trip that the payloads of the tests are about. */
export const trip = entry('a', '20270530T233000Z', '20270531T023000Z');
