import { type Clock, isoInstant } from '#lib/clock.ts';
import { newId, type Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf, inZone, shift } from '#lib/zoned.ts';
import type { Claim, Claimed, Claims } from './claims.ts';
import type { Fleet } from './fleet.ts';
import { typedTime } from './speak-for-desk.ts';

/** What somebody types to keep a vessel or person free. Times are the clock at the vessel, or at the house for a person. */
export type HoldAsked = {
  /** Id of a vessel or person. */
  readonly of: string;
  readonly from: string;
  readonly until: string;
  /** Hours after which it lapses by itself; until it is released where nothing is said. */
  readonly hours?: number | undefined;
  readonly why: string;
};

export type Holds = ReturnType<typeof holdsByHand>;

/** Vessels and people kept free by hand, for a while or until it is taken back. No trip can be entered and nobody can accept then. */
export function holdsByHand(room: { claims: Claims; fleet: Fleet; clock: Clock; random: Random }) {
  const { claims, fleet, clock, random } = room;

  const meant = (id: string): { what: Claimed; zone: string } => {
    const what = claimedBy(fleet, id);
    if (what) return { what, zone: zoneOf(fleet, what) };
    throw new Refusal(
      'person-unknown',
      `There is no vessel or person ${id.slice(0, 60)}.`,
      `Use one of: ${[...fleet.vessels, ...fleet.people].map(each => each.id).join(', ')}.`,
    );
  };

  return {
    /** Refusals `person-unknown`, those of a typed time, `end-before-start`, `vessel-busy`, `person-busy`. */
    async add({ of: id, from, until, hours, why }: HoldAsked, by: string): Promise<Claim> {
      const { what, zone } = meant(id);
      const start = typedTime('start', from, null, zone);
      const end = typedTime('end', until, start, zone);
      if (epochOf(end) <= epochOf(start)) {
        throw new Refusal('end-before-start', 'It would end before it starts.', 'Correct the end.');
      }
      const claim: Claim = {
        what,
        holder: newId(random, 'hold'),
        from: start.at,
        until: end.at,
        expiresAt: hours ? shift(inZone(clock.now(), zone), { minutes: Math.round(hours * 60) }).at : null,
        why: `${why} (${by})`,
      };
      const taking = await claims.take(claim, 'if free');
      if (taking.kind === 'taken') return claim;
      const [other] = taking.against;
      const taken = `${id} is taken then: ${other?.why} (${other?.holder}).`;
      const cure = 'Choose another time; what is taken stands in the list of holds.';
      throw what.startsWith('vessel')
        ? new Refusal('vessel-busy', taken, cure)
        : new Refusal('person-busy', taken, cure);
    },

    /** Everything that is taken from now on, by hand or for a trip, thing by thing. */
    async taken(): Promise<readonly Claim[]> {
      const now = isoInstant(clock.now());
      return (await Promise.all(thingsOf(fleet).map(what => claims.ahead(what, now)))).flat();
    },

    /** Ends a hold at once; what it was, or null when there is none of that id. Idempotent. */
    async release(hold: string): Promise<Claim | null> {
      if (!isHold(hold)) return null;
      const [held = null, ...others] = await claims.of(hold);
      for (const { what, holder } of held ? [held, ...others] : []) await claims.release(what, holder);
      return held;
    },
  };
}

/** Whether a claim's holder is a hold put in by hand, and not a trip. */
export const isHold = (holder: string): boolean => holder.startsWith('hold_');

/** Everything of a fleet that can be taken, vessels first. */
export const thingsOf = ({ vessels, people }: Pick<Fleet, 'vessels' | 'people'>): readonly Claimed[] => [
  ...vessels.map(({ id }): Claimed => `vessel ${id}`),
  ...people.map(({ id }): Claimed => `person ${id}`),
];

export const idOf = (what: Claimed): string => what.slice(what.indexOf(' ') + 1);

/** The thing an id means; null for an unknown one. */
export function claimedBy(fleet: Fleet, id: string): Claimed | null {
  if (fleet.vessel(id)) return `vessel ${id}`;
  return fleet.person(id) ? `person ${id}` : null;
}

/** By name, as people say it. */
export const nameOf = (fleet: Fleet, what: Claimed): string =>
  (what.startsWith('vessel') ? fleet.vessel(idOf(what))?.name : fleet.person(idOf(what))?.name) ?? idOf(what);

/** The zone in which its times are said. */
export const zoneOf = (fleet: Fleet, what: Claimed): string =>
  (what.startsWith('vessel') ? fleet.vessel(idOf(what))?.zone : undefined) ?? fleet.house.zone;
