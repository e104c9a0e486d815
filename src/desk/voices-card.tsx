import type { Booking, Origin } from '#booking/booking.ts';
import type { Disagreement, DisputedField } from '#booking/disagreements.ts';
import type { Fleet } from '#booking/fleet.ts';
import { Button, Card, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { fieldLabels, fieldText, tripText } from './words.ts';

/** Where those who speak of a booking differ, each voice with a button that takes its word for true. */
export function VoicesCard(props: {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  open: readonly Disagreement[];
  sayer: (origin: Origin) => string;
}) {
  const { fleet, booking, formToken, open, sayer } = props;
  if (open.length === 0 || booking.status === 'cancelled' || booking.forgottenAt) return null;
  return (
    <Card title="They do not say the same" id="voices">
      <p class="quiet">What was said last counts until somebody decides. Look at the marketplace first.</p>
      <ul class="items">
        {open.map(({ field, said }) => (
          <li>
            <strong>{fieldLabels[field]}</strong>
            {said.map(({ value, origin }) => (
              <div class="row">
                <span>
                  {fieldText(fleet, withField(booking, field, value), field)}{' '}
                  <span class="quiet">
                    {sayer(origin)}, <Instant at={origin.at} zone={booking.start.zone} />
                  </span>
                </span>
                <PostForm action={paths.deskDecide(booking.id)} formToken={formToken} inline>
                  <input type="hidden" name="field" value={field} />
                  <input type="hidden" name="source" value={origin.source} />
                  <input type="hidden" name="message" value={origin.message} />
                  <Button>This is true</Button>
                </PostForm>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The booking as it would be with that value, for its words. */
function withField(booking: Booking, field: DisputedField, value: unknown): Booking {
  switch (field) {
    case 'guestName':
      return { ...booking, guest: { ...booking.guest, name: String(value) } };
    case 'guestEmail':
      return { ...booking, guest: { ...booking.guest, email: String(value) } };
    case 'guestPhone':
      return { ...booking, guest: { ...booking.guest, phone: String(value) } };
    default:
      return { ...booking, [field]: value };
  }
}

/** Bookings of the same vessel at the same time: two that may be one trip, told by two marketplaces or entered by hand. */
export function TwinsCard(props: { booking: Booking; twins: readonly Booking[]; formToken: string }) {
  const { booking, twins, formToken } = props;
  if (twins.length === 0) return null;
  return (
    <Card title="The same trip twice?" id="twins">
      <ul class="items">
        {twins.map(twin => (
          <li>
            <a href={paths.deskBooking(twin.id)}>{twin.guest.name}</a>
            <span class="quiet">
              {tripText(twin)}
              {twin.names.length > 0 && `, ${twin.names.map(({ source }) => source).join(', ')}`}
            </span>
            <PostForm
              action={paths.deskMerge(booking.id)}
              formToken={formToken}
              inline
              confirm={{
                question: `Make one booking of ${booking.guest.name} and ${twin.guest.name}? One page, one crew event and one calendar entry stay.`,
                yes: 'They are one trip',
              }}
            >
              <input type="hidden" name="other" value={twin.id} />
              <Button>They are one trip</Button>
            </PostForm>
          </li>
        ))}
      </ul>
    </Card>
  );
}
