import { type Clock, isoInstant } from '#lib/clock.ts';
import { digestOf } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { type Claim, type Claims, type Conflict, conflictsIn } from './claims.ts';
import type { Fleet } from './fleet.ts';
import type { Settlement, Settlements } from './settlements.ts';

/** A vessel or person that is taken twice, and what somebody said to it; null while it waits for a person. */
export type KnownConflict = {
  readonly name: string;
  readonly sides: Conflict;
  readonly settled: Settlement | null;
};

export type Conflicts = ReturnType<typeof conflictsOf>;

/** What is taken twice from now on. Nothing is ever cancelled because of it: a person moves one side, or says that both are meant. */
export function conflictsOf(room: {
  claims: Claims;
  settlements: Settlements;
  fleet: Pick<Fleet, 'vessels' | 'people'>;
  clock: Clock;
}) {
  const { claims, settlements, fleet, clock } = room;

  const all = async (): Promise<readonly KnownConflict[]> =>
    Promise.all(
      (await conflictsIn(claims, fleet, isoInstant(clock.now()))).map(async sides => {
        const name = conflictName(sides);
        return { name, sides, settled: await settlements.find(name) };
      }),
    );

  return {
    all,

    /** Keeps why both are meant: the conflict is no alert any more. Refusals `conflict-over`, `reason-missing`. */
    async settle(name: string, why: string, by: string): Promise<void> {
      if (!(await all()).some(conflict => conflict.name === name)) {
        throw new Refusal(
          'conflict-over',
          'This is not taken twice any more: there is nothing to settle.',
          'Reload the page; one of them was moved, called off or released.',
        );
      }
      if (why.trim() === '') {
        throw new Refusal('reason-missing', 'A reason is needed.', 'Say why both are meant.');
      }
      await settlements.settle({ conflict: name, by, at: isoInstant(clock.now()), why: why.trim() });
    },

    /** Takes that back: it waits for a person again. Idempotent. */
    reopen: (name: string): Promise<void> => settlements.reopen(name),
  };
}

/** The same two claims at the same times have the same name, whoever comes first. */
export function conflictName([a, b]: Conflict): string {
  const side = ({ holder, from, until }: Claim) => `${holder} ${Date.parse(from)} ${Date.parse(until)}`;
  return digestOf([a.what, ...[side(a), side(b)].sort()]).slice(0, 24);
}
