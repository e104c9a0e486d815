import { z } from 'zod';
import { type Claimed, conflictsIn } from '#booking/claims.ts';
import { typedTime } from '#booking/speak-for-desk.ts';
import { isoInstant } from '#lib/clock.ts';
import { newId } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf, inZone, shift } from '#lib/zoned.ts';
import type { RoomOptions, Rooms } from './embedded-rooms.ts';
import { type Operations, operation, text } from './operations.ts';

/** Vessels and people kept free by hand, for a while or until it is taken back; and what is claimed twice. */
export function holdOperations(of: Rooms, { clock, random, config }: RoomOptions): Operations {
  const { fleet } = config;
  const now = () => isoInstant(clock.now());

  const meant = (id: string): { what: Claimed; zone: string } => {
    const vessel = fleet.vessel(id);
    if (vessel) return { what: `vessel ${id}`, zone: vessel.zone };
    if (fleet.person(id)) return { what: `person ${id}`, zone: fleet.house.zone };
    throw new Refusal(
      'person-unknown',
      `There is no vessel or person ${id.slice(0, 60)}.`,
      `Use one of: ${[...fleet.vessels, ...fleet.people].map(each => each.id).join(', ')}.`,
    );
  };

  return {
    'hold add': operation(
      z.object({
        of: text,
        from: text,
        until: text,
        hours: z.number().positive().max(8760).optional(),
        why: text,
      }),
      async ({ of: id, from, until, hours, why }, by) => {
        const { what, zone } = meant(id);
        const start = typedTime('start', from, null, zone);
        const end = typedTime('end', until, start, zone);
        if (epochOf(end) <= epochOf(start)) {
          throw new Refusal('end-before-start', 'It would end before it starts.', 'Correct --until.');
        }
        const expiresAt = hours
          ? shift(inZone(clock.now(), zone), { minutes: Math.round(hours * 60) }).at
          : null;
        const claim = {
          what,
          holder: newId(random, 'hold'),
          from: start.at,
          until: end.at,
          expiresAt,
          why: `${why} (${by})`,
        };
        const taking = await of.claims.take(claim, 'if free');
        if (taking.kind === 'taken') return { hold: claim };
        const [other] = taking.against;
        const taken = `${id} is taken then: ${other?.why} (${other?.holder}).`;
        const cure = 'Choose another time; `gangway hold list` shows what is taken.';
        throw what.startsWith('vessel')
          ? new Refusal('vessel-busy', taken, cure)
          : new Refusal('person-busy', taken, cure);
      },
    ),
    'hold list': operation(z.object({}), async () => {
      const things = [
        ...fleet.vessels.map(({ id }): Claimed => `vessel ${id}`),
        ...fleet.people.map(({ id }): Claimed => `person ${id}`),
      ];
      const claims = (await Promise.all(things.map(what => of.claims.ahead(what, now())))).flat();
      return { claims, conflicts: await conflictsIn(of.claims, fleet, now()) };
    }),
    'hold release': operation(
      z.object({ hold: z.string().regex(/^hold_/, 'a hold such as hold_0123456789abcdef') }),
      async ({ hold }) => {
        const held = await of.claims.of(hold);
        for (const { what, holder } of held) await of.claims.release(what, holder);
        return { released: held.length };
      },
    ),
  };
}
