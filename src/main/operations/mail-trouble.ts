import * as z from 'zod';
import type { MailTroubles } from '../rooms/mail-troubles.ts';
import { type Operations, operation, text } from './operations.ts';

/** Addresses that letters came back from, from the command line. */
export function mailTroubleOperations({ list, allow, keep }: MailTroubles): Operations {
  const onAddress = z.object({ address: text });
  return {
    'letters suppressed': operation(
      z.object({ all: z.boolean().default(false), limit: z.int().min(1).max(10_000).default(100) }),
      ({ all, limit }) => list({ limit, allowed: all }),
    ),
    'letters allow': operation(onAddress, ({ address }, by) => allow(address, by)),
    'letters keep': operation(onAddress, ({ address }, by) => keep(address, by)),
  };
}
