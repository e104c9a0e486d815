import * as z from 'zod';
import type { Rooms } from '../rooms/rooms.ts';
import { type Operations, operation, text } from './operations.ts';

/** Vessels and people kept free by hand, for a while or until it is taken back; and what is claimed twice. */
export function holdOperations(of: Rooms): Operations {
  const conflict = z.object({ conflict: z.string().regex(/^[0-9a-f]{24}$/, 'the name `hold list` shows') });
  return {
    'hold add': operation(
      z.object({
        of: text,
        from: text,
        until: text,
        hours: z.number().positive().max(8760).optional(),
        why: text,
      }),
      async (asked, by) => ({ hold: await of.holds.add(asked, by) }),
    ),
    'hold list': operation(z.object({}), async () => ({
      claims: await of.holds.taken(),
      conflicts: await of.conflicts.all(),
    })),
    'hold release': operation(
      z.object({ hold: z.string().regex(/^hold_/, 'a hold such as hold_0123456789abcdef') }),
      async ({ hold }) => ({ released: (await of.holds.release(hold)) ? 1 : 0 }),
    ),
    'hold settle': operation(conflict.extend({ why: text }), async ({ conflict, why }, by) => {
      await of.conflicts.settle(conflict, why, by);
      return { settled: conflict };
    }),
    'hold reopen': operation(conflict, async ({ conflict }) => {
      await of.conflicts.reopen(conflict);
      return { reopened: conflict };
    }),
  };
}
