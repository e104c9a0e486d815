import { caldav, meaning } from '#calendar/caldav.ts';
import { askAs } from '#calendar/calendar-login.ts';
import type { ServerCalendar } from '#calendar/server-calendar.ts';
import type { Random } from '#lib/random.ts';
import type { Outside } from '#platform/outside.ts';
import type { Config } from '../config/config.ts';
import type { Finding } from '../doctor/finding.ts';

/** The operator's own calendars, as the configuration has them, and the way there. */
export function calendarServers(config: Config, outside: Outside, random: Random) {
  const calendars = config.shape.calendarServers.map(
    ({ id, url, user, vessels, isNearby }): ServerCalendar => ({
      id,
      url,
      user,
      password: config.secret(`${id} calendar password`) ?? '',
      vessels: vessels ?? null,
      isNearby,
    }),
  );
  const ask = askAs(outside, random);
  return { calendars, ask, server: caldav(ask) };
}

/** Whether each calendar answers and is one. Changes nothing there. */
export function calendarServerFindings(config: Config, outside: Outside, random: Random): Promise<Finding[]> {
  const { calendars, ask } = calendarServers(config, outside, random);
  return Promise.all(
    calendars.map(async ({ id, url, isNearby, ...login }) => {
      const what = `calendar server ${id}`;
      const cure = 'Check url, user and password under calendarServers.';
      try {
        const { status } = await ask(login, {
          url,
          method: 'PROPFIND',
          headers: { depth: '0' },
          timeoutMs: 5000,
          mostBytes: 512 * 1024,
          isNearby,
        });
        if (status === 207) return { what, state: 'ok' as const, detail: `${url} answers` };
        return { what, state: 'failing' as const, detail: `${url} ${meaning(status)}`, cure };
      } catch (error) {
        const detail = `${url}: ${error instanceof Error ? error.message : String(error)}`;
        return { what, state: 'failing' as const, detail, cure };
      }
    }),
  );
}
