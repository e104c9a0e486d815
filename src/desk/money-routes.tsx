import { Hono } from 'hono';
import { monthBounds, monthName, monthOr, monthText } from '#calendar/month.ts';
import { dayOf, inZone } from '#lib/zoned.ts';
import { Button, Empty, Heading } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { ownerOnly } from './owner.ts';

/** The statement of a month, for owners. What it holds is made behind the money fence and handed in whole. */
export function moneyRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const monthAsked = (text: string | undefined) =>
    monthOr(text, dayOf(inZone(deps.clock.now(), deps.fleet.house.zone)));

  app.get(paths.deskMoney(), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const owner = ownerOnly(deps, session);
    const month = monthAsked(c.req.query('month'));
    const statement = await owner.monthStatement(month);
    return answer(c, deps, session, {
      section: 'money',
      title: `Money, ${month}`,
      about: [],
      audience: 'owner',
      content: (
        <>
          <Heading
            title={`Money in ${monthText(month)}`}
            lede="Owners only. Trips count in the month they sail."
            actions={
              <>
                <Button href={paths.deskMoney(monthBounds(month).previous)}>
                  ← {monthName(monthBounds(month).previous)}
                </Button>
                <Button href={paths.deskMoney(monthBounds(month).next)}>
                  {monthName(monthBounds(month).next)} →
                </Button>
                {statement !== null && <Button href={paths.deskMoneyCsv(month)}>Download as CSV</Button>}
              </>
            }
          />
          {statement ?? (
            <Empty title={`No amounts in ${monthText(month)}`}>
              <p>
                Amounts of a booking arrive with the marketplace's message and appear in the month of its
                trip.
              </p>
            </Empty>
          )}
        </>
      ),
    });
  });

  app.get('/desk/money.csv', async c => {
    const session = await deps.requireStaff(c.req.raw);
    const owner = ownerOnly(deps, session);
    const month = monthAsked(c.req.query('month'));
    const body = await owner.monthCsv(month);
    await deps.egress.emit({ audience: 'owner', channel: 'http', about: [], body });
    return c.body(body, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="gangway-${month}.csv"`,
      'cache-control': 'no-store',
    });
  });

  return app;
}
