import type { CharterMode, CrewRole, Fleet } from '#booking/fleet.ts';
import { inZone, rangeText, timeText, type ZonedTime } from '#lib/zoned.ts';
import type { CrewEvent } from './crew.ts';
import { frozen, line, moment } from './view-parts.ts';

/** Who counted and when (ISO 8601 UTC); null while nobody did. */
type Counted = { readonly by: string; readonly at: string } | null;

/**
 * The passenger list of a trip, for the captain, the harbour and the files. Holds no amount; names of guests beyond the
 * one who booked are written in by hand at the dock.
 */
export type ManifestView = {
  readonly title: string;
  readonly vessel: string | null;
  readonly charterMode: CharterMode | null;
  readonly capacity: number | null;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly berth: string | null;
  readonly status: 'on' | 'cancelled';
  readonly crew: readonly { readonly name: string; readonly role: CrewRole }[];
  /** The guest who booked: by first name for the crew, in full at the desk. */
  readonly lead: string | null;
  /** Guests expected. */
  readonly guests: number | null;
  readonly boarded: Counted;
  readonly ashore: Counted;
};

/** Built anew from listed keys. `lead`: how the guest who booked is named to whoever reads it. */
export function parseManifest(event: CrewEvent, fleet: Fleet, lead: string | null): ManifestView {
  const vessel = fleet.vessel(event.vessel ?? '');
  const nameOf = (id: string) => line(fleet.person(id)?.name ?? id, 80);
  const counted = (item: 'head-count' | 'all-ashore'): Counted => {
    const done = event.checklist.find(({ id }) => id === item)?.done ?? null;
    return done && { by: nameOf(done.by), at: done.at };
  };
  return frozen({
    title: line(event.title, 140),
    vessel: vessel && line(vessel.name, 80),
    charterMode: event.charterMode,
    capacity: vessel?.capacity ?? null,
    start: moment(event.start),
    end: moment(event.end),
    berth: event.berth && line(`${event.berth.name}, ${event.berth.address}`, 320),
    status: event.status,
    crew: event.roster
      .filter(({ holds }) => holds)
      .toSorted((a, b) => Number(b.role === 'captain') - Number(a.role === 'captain'))
      .map(({ person, role }) => ({ name: nameOf(person), role })),
    lead: lead === null ? null : line(lead, 120),
    guests: event.headCount === null ? null : Math.trunc(event.headCount),
    boarded: counted('head-count'),
    ashore: counted('all-ashore'),
  });
}

/** The same as lines of text, for a terminal. */
export function manifestText(view: ManifestView): string {
  const when = ({ by, at }: NonNullable<Counted>) => `${timeText(inZone(at, view.start.zone))}, ${by}`;
  return [
    `${view.vessel ?? view.title}${view.status === 'cancelled' ? ' (cancelled)' : ''}`,
    rangeText(view.start, view.end),
    ...(view.berth ? [view.berth] : []),
    ...view.crew.map(({ name, role }) => `${role}: ${name}`),
    `guests: ${view.guests ?? 'not said'}${view.lead ? `, booked by ${view.lead}` : ''}`,
    `head count before departure: ${view.boarded ? when(view.boarded) : 'not taken'}`,
    `everybody ashore: ${view.ashore ? when(view.ashore) : 'not noted'}`,
  ].join('\n');
}
