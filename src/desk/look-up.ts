import type { StaffSession } from '#access/staff.ts';
import type { Booking, BookingId, Origin } from '#booking/booking.ts';
import type { BookingFilter, Heard } from '#booking/booking-store.ts';
import type { Claim } from '#booking/claims.ts';
import type { KnownConflict } from '#booking/conflicts.ts';
import { desk } from '#booking/message.ts';
import type { Belief } from '#booking/surface.ts';
import { Refusal } from '#lib/refusal.ts';
import { inZone, startOfDay } from '#lib/zoned.ts';
import type { DeskDeps } from './deps.ts';
import { asOwner } from './owner.ts';
import { isSettled } from './settled.ts';
import { personName, recipientText } from './words.ts';

/** The booking an address of the desk means. Throws the refusal `booking-unknown`. */
export async function bookingAt(deps: DeskDeps, id: string | undefined): Promise<Booking> {
  const booking = id === undefined ? null : await deps.bookings.find(id as BookingId);
  if (booking) return booking;
  throw new Refusal(
    'booking-unknown',
    'There is no such booking.',
    'Look for it in the list of bookings; the address may be incomplete.',
  );
}

/** What is taken twice, each trip with its guest: two trips on one vessel are called the same otherwise. */
export async function conflictsWithGuests(deps: DeskDeps): Promise<readonly KnownConflict[]> {
  const guest = async (claim: Claim): Promise<Claim> => {
    const booking = await deps.bookings.find(claim.holder as BookingId);
    return booking ? { ...claim, why: `${claim.why} (${booking.guest.name})` } : claim;
  };
  return Promise.all(
    (await deps.conflicts.all()).map(async ({ sides: [one, other], ...conflict }) => ({
      ...conflict,
      sides: [await guest(one), await guest(other)] as const,
    })),
  );
}

/** The board of a booking as this person may see it, and whether it has come to rest. */
export async function boardOf(
  deps: DeskDeps,
  session: StaffSession,
  booking: Booking,
): Promise<{ beliefs: readonly Belief[]; isSettled: boolean; audience: 'operator' | 'owner' }> {
  const owner = asOwner(deps, session);
  const [open, owned, ...drives] = await Promise.all([
    deps.beliefs.of(booking.id),
    owner?.beliefs.of(booking.id) ?? [],
    deps.drives.find(booking.id),
    ...(owner ? [owner.drives.find(booking.id)] : []),
  ]);
  const beliefs = [...open, ...owned];
  return {
    beliefs,
    isSettled: isSettled(booking, beliefs, drives),
    audience: owner ? 'owner' : 'operator',
  };
}

/** Who said something, in words: a marketplace with its message, or the person at the desk. */
export const sayerOf =
  (deps: DeskDeps, heard: readonly Heard[]) =>
  (origin: Origin): string => {
    if (origin.source !== desk) return `${origin.source}, message ${origin.message}`;
    const said = heard.find(({ message }) => message.messageId === origin.message);
    const by = said?.message.by;
    return by ? `${personName(deps.fleet, by)} at the desk` : 'the desk';
  };

/** Everybody who has a letter about a booking, and so will hear of a change: guest and crew, by name. */
export function toldOf(deps: DeskDeps, booking: Booking, beliefs: readonly Belief[]): readonly string[] {
  const told = beliefs
    .filter(({ surface, state }) => surface.endsWith('letter') && state !== 'withdrawn')
    .filter(({ surface }) => surface === 'crew letter' || surface === 'guest letter')
    .map(({ recipient }) => recipientText(deps.fleet, booking, recipient) ?? recipient);
  return [...new Set(told)];
}

export type When = 'upcoming' | 'past' | 'cancelled';

export type ListFilter = { when: When; vessel: string; text: string };

/**
 * One page of bookings. What sails today, by the house's clock, is upcoming until the day is over. Past and cancelled
 * ones come latest first. `after` is the last booking of the page before.
 */
export async function pageOf(
  deps: DeskDeps,
  filter: ListFilter,
  after: string | undefined,
  limit: number,
): Promise<{ rows: readonly Booking[]; next: string | null }> {
  const today = startOfDay(inZone(deps.clock.now(), deps.fleet.house.zone)).at;
  const range: Record<When, BookingFilter> = {
    upcoming: { from: today },
    past: { to: today, latestFirst: true },
    cancelled: { status: 'cancelled', latestFirst: true },
  };
  const narrowed: BookingFilter = {
    ...range[filter.when],
    ...(filter.vessel ? { vessel: filter.vessel } : {}),
    ...(filter.text ? { text: filter.text } : {}),
    limit: limit + 1,
  };
  const rows: Booking[] = [];
  for (let from = after; ; ) {
    const found = await deps.bookings.list({ ...narrowed, ...(from ? { after: from as BookingId } : {}) });
    rows.push(...found.filter(({ status }) => filter.when === 'cancelled' || status !== 'cancelled'));
    if (rows.length > limit || found.length <= limit) break;
    from = found.at(-1)?.id;
  }
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
