import type { Belief, SurfaceName } from '#booking/surface.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import { type Beliefs, emptyStanding, type Standing, settled, tally } from './beliefs.ts';

/** The board in a table: one partition a booking, and indexes of who waits for a letter and what is in trouble. */
export function dynamoBeliefs(table: Table): Beliefs {
  const of = (booking: string) => `BELIEFS#${booking}`;
  const at = ({ booking, surface, recipient }: Belief) => ({
    pk: of(booking),
    sk: `${surface}#${recipient}`,
  });
  const entries = (belief: Belief) => {
    const { booking, state, awaiting } = belief;
    const { sk } = at(belief);
    const isTroubled = tally(state) === 'troubled';
    return [
      ...(awaiting === null ? [] : [{ pk: `AWAITING#${awaiting}`, sk: `${booking}#${sk}` }]),
      ...(isTroubled ? [{ pk: `TROUBLED#${shardOf(booking)}`, sk: `${belief.at}#${booking}#${sk}` }] : []),
    ];
  };
  const put = (belief: Belief) => table.unit(unit => keep(unit, at(belief), belief, entries));
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
          const belief = await unit.get<Belief>(at(value));
          if (belief?.awaiting !== letter) return null;
          await keep(unit, at(belief), settled(belief, outcome), entries);
          return belief.booking;
        }),
      );
      return (await Promise.all(heard)).filter(booking => booking !== null);
    },
    async forget(booking, except) {
      for (const belief of await ofBooking(booking))
        if (belief.surface !== except)
          await table.unit(unit => keep<Belief>(unit, at(belief), null, entries));
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
