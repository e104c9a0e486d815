import type { CrewRole, Fleet } from '#booking/fleet.ts';
import type { ZonedTime } from '#lib/zoned.ts';
import { type Answer, type CrewEvent, placeOf } from './crew.ts';
import { frozen, line, moment } from './view-parts.ts';

/** One of a person's trips in the list of all of them. */
export type TripRow = {
  readonly id: string;
  readonly title: string;
  readonly vessel: string | null;
  readonly berth: string | null;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly callTime: ZonedTime;
  readonly role: CrewRole;
  readonly answer: Answer;
  /** Whether this phone has opened it with the link of its letter. */
  readonly isOpen: boolean;
};

/** Everything the list of a person's trips may know. Made by `parseTripsView` only, from listed keys. */
export type TripsView = {
  readonly firstName: string;
  /** The first to end first. */
  readonly trips: readonly TripRow[];
  readonly house: { readonly name: string; readonly email: string };
  readonly feedUrl: string | null;
};

/** `events`: what is ahead of the person. `open`: the events this phone has open. */
export function parseTripsView(of: {
  person: string;
  events: readonly CrewEvent[];
  open: ReadonlySet<string>;
  fleet: Fleet;
  feedUrl: string | null;
}): TripsView {
  const { person, events, open, fleet, feedUrl } = of;
  const rows = events.flatMap((event): TripRow[] => {
    const place = placeOf(event, person);
    if (!place) return [];
    const vessel = event.vessel === null ? null : (fleet.vessel(event.vessel)?.name ?? null);
    return [
      {
        id: event.id,
        title: line(event.title, 140),
        vessel: vessel === null ? null : line(vessel, 80),
        berth: event.berth && line(event.berth.name, 120),
        start: moment(event.start),
        end: moment(event.end),
        callTime: moment(event.callTime),
        role: place.role,
        answer: place.answer,
        isOpen: open.has(event.id),
      },
    ];
  });
  return frozen({
    firstName: line(fleet.person(person)?.firstName ?? person, 60),
    trips: rows.toSorted((a, b) => (a.start.at < b.start.at ? -1 : 1)),
    house: { name: line(fleet.house.name, 80), email: line(fleet.house.sender.address, 254) },
    feedUrl: feedUrl === null ? null : line(feedUrl, 500),
  });
}
