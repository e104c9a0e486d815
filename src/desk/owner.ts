import type { StaffSession } from '#access/staff.ts';
import { Refusal } from '#lib/refusal.ts';
import type { DeskDeps, OwnerDesk } from './deps.ts';

/** The one door from the desk to what lies behind the money fence: open to owners, null for everybody else. */
export const asOwner = (deps: DeskDeps, session: StaffSession): OwnerDesk | null =>
  session.role === 'owner' ? deps.owner : null;

/** The same where nothing else is wanted. Throws the refusal `owner-only`. */
export function ownerOnly(deps: DeskDeps, session: StaffSession): OwnerDesk {
  const owner = asOwner(deps, session);
  if (owner) return owner;
  throw new Refusal('owner-only', 'This is for owners.', 'Ask an owner if you need something from it.');
}
