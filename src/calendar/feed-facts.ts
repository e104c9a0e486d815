import { type Booking, firstNameOf } from '#booking/booking.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import { timeText, type ZonedTime } from '#lib/zoned.ts';
import type { FeedFacts } from './feed-store.ts';

/** Somebody's place on a booking, from the crew room. */
export type FeedAssignment = {
  readonly person: string;
  readonly role: CrewRole;
  /** Until they have said that they come, their calendar shows it as tentative; who declined is left alone. */
  readonly answer: 'unknown' | 'accepted' | 'declined';
  readonly callTime: ZonedTime;
};

const uidOf = (booking: Booking, fleet: Fleet) => `${booking.id}@${fleet.house.host}`;

/** What a person's calendar says about their trip. */
export function personFacts(booking: Booking, place: FeedAssignment, fleet: Fleet): FeedFacts {
  const vessel = fleet.vessel(booking.vessel);
  const isOpen = booking.status === 'tentative' || place.answer === 'unknown';
  return {
    uid: uidOf(booking, fleet),
    status: isOpen ? 'TENTATIVE' : 'CONFIRMED',
    start: booking.start,
    end: booking.end,
    summary: `${vessel?.name ?? booking.vessel}: charter (${place.role})`,
    location: vessel && `${vessel.berth.name}, ${vessel.berth.address}`,
    description: [
      `Call time ${timeText(place.callTime)}, start ${timeText(booking.start)}.`,
      `${firstNameOf(booking.guest)}, party of ${booking.partySize}.`,
      ...(vessel?.berth.directions ? [vessel.berth.directions] : []),
      ...(place.answer === 'unknown' ? ['You have not answered yet: the link is in your letter.'] : []),
    ].join('\n'),
    geo: vessel && { latitude: vessel.berth.latitude, longitude: vessel.berth.longitude },
  };
}

/** What whoever has to know when a vessel is busy may know. */
export const vesselFacts = (booking: Booking, fleet: Fleet): FeedFacts => ({
  uid: uidOf(booking, fleet),
  status: booking.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED',
  start: booking.start,
  end: booking.end,
  summary: `${fleet.vessel(booking.vessel)?.name ?? booking.vessel}: booked`,
  location: null,
  description: null,
  geo: null,
});
