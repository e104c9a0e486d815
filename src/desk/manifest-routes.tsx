import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { StaffSession } from '#access/staff.ts';
import { Manifest } from '#crew/manifest.tsx';
import { parseManifest } from '#crew/manifest-view.ts';
import { Button, Card, Empty, Heading } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { bookingAt } from './look-up.ts';
import { asOwner, ownerOnly } from './owner.ts';
import { tripText, vesselName } from './words.ts';

/** The passenger list of a booking, to be printed: for captain and harbour without amounts, for the owner's files with them. */
export function manifestRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  const page = async (c: Context, session: StaffSession, money: Child | null) => {
    const booking = await bookingAt(deps, c.req.param('id'));
    const event = await deps.crew.ofBooking(booking.id);
    const { name, phone } = booking.guest;
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Passenger list',
      about: [booking.id],
      audience: money === null ? 'operator' : 'owner',
      content: (
        <>
          <Heading
            back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
            title="Passenger list"
            lede={`${vesselName(fleet, booking.vessel)}, ${tripText(booking)}`}
            actions={
              asOwner(deps, session) &&
              (money === null ? (
                <Button href={paths.deskManifestWithMoney(booking.id)}>With money</Button>
              ) : (
                <Button href={paths.deskManifest(booking.id)}>Without money</Button>
              ))
            }
          />
          {event ? (
            <Card>
              <Manifest view={parseManifest(event, fleet, phone ? `${name}, ${phone}` : name)} />
            </Card>
          ) : (
            <Empty title="The crew event is not there yet">
              <p>It is made a moment after the booking, and the list with it.</p>
            </Empty>
          )}
          {money}
        </>
      ),
    });
  };

  app.get(paths.deskManifest(':id'), async c => page(c, await deps.requireStaff(c.req.raw), null));

  app.get(paths.deskManifestWithMoney(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const owner = ownerOnly(deps, session);
    const { id } = await bookingAt(deps, c.req.param('id'));
    return page(c, session, (await owner.moneyPanel(id)) ?? <p class="quiet">No amounts are known yet.</p>);
  });

  return app;
}
