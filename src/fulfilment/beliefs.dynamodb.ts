import type { Belief, SurfaceName } from '#booking/surface.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Place, Table } from '#platform/table.ts';
import { type Beliefs, emptyStanding, type Standing, settled, tally } from './beliefs.ts';

const of = (booking: string) => `BELIEFS#${booking}`;

/** Where it lies what a surface is believed to say. */
export const beliefAt = ({ booking, surface, recipient }: Belief): Place => ({
  pk: of(booking),
  sk: `${surface}#${recipient}`,
});

/** By what a belief is found that waits for a letter or is in trouble. */
export function beliefEntries(belief: Belief): readonly Place[] {
  const { booking, state, awaiting } = belief;
  const { sk } = beliefAt(belief);
  const isTroubled = tally(state) === 'troubled';
  return [
    ...(awaiting === null ? [] : [{ pk: `AWAITING#${awaiting}`, sk: `${booking}#${sk}` }]),
    ...(isTroubled ? [{ pk: `TROUBLED#${shardOf(booking)}`, sk: `${belief.at}#${booking}#${sk}` }] : []),
  ];
}

/** The board in a table: one partition a booking, and indexes of who waits for a letter and what is in trouble. */
export function dynamoBeliefs(table: Table): Beliefs {
  const put = (belief: Belief) => table.unit(unit => keep(unit, beliefAt(belief), belief, beliefEntries));
  const ofBooking = async (booking: string, surface?: SurfaceName) => {
    const found = await table.list<Belief>({ pk: of(booking), ...(surface && { prefix: `${surface}#` }) });
    return found.map(({ value }) => value);
  };

  return {
    of: ofBooking,
    put,
    putDurably: put,
    async letterSettled(letter, outcome) {
      const waiting = await table.list<Belief>({ pk: `AWAITING#${letter}` });
      const heard = waiting.map(({ value }) =>
        table.unit(async unit => {
          const belief = await unit.get<Belief>(beliefAt(value));
          if (belief?.awaiting !== letter) return null;
          await keep(unit, beliefAt(belief), settled(belief, outcome), beliefEntries);
          return belief.booking;
        }),
      );
      return (await Promise.all(heard)).filter(booking => booking !== null);
    },
    async forget(booking, except) {
      for (const belief of await ofBooking(booking))
        if (belief.surface !== except)
          await table.unit(unit => keep<Belief>(unit, beliefAt(belief), null, beliefEntries));
    },
    async troubled(limit) {
      return (await listSpread<Belief>(table, { pk: 'TROUBLED', limit })).map(({ value }) => value);
    },
    async summary(bookings) {
      const found = bookings.map(async (booking): Promise<[string, Standing]> => {
        const standing = emptyStanding();
        for (const { state } of await ofBooking(booking)) standing[tally(state)]++;
        return [booking, standing];
      });
      return new Map(await Promise.all(found));
    },
  };
}
