import { Hono } from 'hono';
import { monthBounds, monthOr } from '#calendar/month.ts';
import { dayOf, inZone } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { CalendarPage } from './calendar-page.tsx';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';

/** The month as the house sees it. */
export function calendarRoutes(deps: DeskDeps): Hono {
  return new Hono().get(paths.deskCalendar(), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const today = dayOf(inZone(deps.clock.now(), deps.fleet.house.zone));
    const month = monthOr(c.req.query('month'), today);
    const { from, to } = monthBounds(month);
    const entries = await deps.calendar.list(from, to);
    return answer(c, deps, session, {
      section: 'calendar',
      title: `Calendar, ${month}`,
      about: entries.flatMap(({ booking }) => booking ?? []),
      content: <CalendarPage fleet={deps.fleet} month={month} today={today} entries={entries} />,
    });
  });
}
