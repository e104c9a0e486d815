import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import { feedLink } from '#calendar/feeds.ts';
import { linkFor, linkUrl } from '#crew/crew-link.ts';
import { moneyShown } from '#finances/reports.ts';
import { paths } from '#ui/paths.ts';
import type { Config } from '../config/config.ts';
import type { Addresses } from '../rooms/addresses.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { type Operations, operate } from './operations.ts';

/** What the demo prints: the booking, what every surface says, where to look, and the ledger. */
export type Report = {
  booking: Booking;
  revision: number;
  surfaces: Belief[];
  urls: Record<string, string>;
  ledger: unknown;
};

/** Everything there is to see of a booking, its secret links included: for whoever runs the demo. */
export async function reportOf(
  it: {
    of: Rooms;
    its: Operations;
    at: Addresses;
    config: Config;
    ownerSignIn: () => Promise<{ url: string } | null>;
  },
  booking: Booking,
): Promise<Report> {
  const { of, its, at, ownerSignIn } = it;
  const { surfaces, revision } = (await operate(its, 'beliefs', { booking: booking.id }, 'demo')) as Report;
  const event = await of.crew.ofBooking(booking.id);
  const [first] = event?.roster ?? [];
  const feed = first && (await of.links.issue(feedLink({ kind: 'person', subject: first.person })));
  const vessel = await of.links.issue(feedLink({ kind: 'vessel', subject: booking.vessel }));
  const urls: Record<string, string> = {
    'guest page': surfaces.find(({ surface }) => surface === 'guest page')?.url ?? '',
    ...(event && first
      ? { 'crew page': linkUrl(at.house, await of.links.issue(linkFor(event, first.person))) }
      : {}),
    desk: (await ownerSignIn())?.url ?? '',
    booking: at.of(paths.deskBooking(booking.id)),
    calendar: at.of(paths.deskCalendar(booking.start.local.slice(0, 7))),
    mailbox: at.of(paths.mailbox),
    ...(feed ? { 'calendar feed': at.of(paths.feed(feed)) } : {}),
    'vessel feed': at.of(paths.feed(vessel)),
  };
  const { ledger } = await moneyShown(of.finances, booking.id, it.config.shape.money.currency);
  return { booking, revision, surfaces, urls, ledger };
}
