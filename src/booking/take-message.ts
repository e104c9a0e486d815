import { canonicalJson } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import type { Booking, BookingId, ExternalName } from './booking.ts';
import type { Recorded } from './booking-store.ts';
import { fieldMissing, type Judge, type Judgement, visible } from './draft.ts';
import { fold } from './fold.ts';
import { desk, type Message } from './message.ts';
import { isName, namesApart } from './parts.ts';

/** Every name by which a message speaks of its booking. */
export function namesIn({ source, externalId, replaces, sameAs }: Message): ExternalName[] {
  const names = [{ source, externalId }];
  if (replaces !== undefined) names.push({ source, externalId: replaces });
  if (sameAs) names.push(sameAs);
  return names;
}

/** The same without names that the desk set apart from this booking, of which `heard` is what the desk said. */
export function leadingHere(message: Message, heard: () => readonly Message[]): ExternalName[] {
  const [own, ...others] = namesIn(message);
  if (!own || others.length === 0 || message.source === desk) return namesIn(message);
  const parted = namesApart(heard());
  return [own, ...others.filter(name => !parted.some(each => isName(each, name)))];
}

/** The desk chooses the id of what it enters, so that it can name the booking before it exists. */
export const newBookingId = (message: Message, random: Random): BookingId =>
  message.source === desk ? (message.externalId as BookingId) : newId(random, 'bkg');

type Aged = { readonly id: BookingId; readonly revision: number; readonly firstAt: string };

/** Which of several bookings that turn out to be one stays: one that people have seen before one they have not, then the eldest. */
export const byAge = (a: Aged, b: Aged): number => (ageKey(a) < ageKey(b) ? -1 : 1);

const ageKey = ({ id, revision, firstAt }: Aged) => `${revision > 0 ? 0 : 1} ${firstAt} ${id}`;

/** The answer to a message that changes nothing because it was heard before, or because the guest is forgotten. */
export const asItStands = (booking: Booking | null, absorbed: readonly BookingId[]): Recorded =>
  booking && booking.status !== 'cancelled' && !booking.forgottenAt
    ? { kind: 'unchanged', booking, absorbed }
    : { kind: 'remembered', booking, absorbed };

type Accepted = Extract<Judgement, { kind: 'accepted' }>;

/** Whether both parts of a booking may be what their messages add up to. */
export function judgedBoth(
  judge: Judge,
  parts: readonly [SaidOf, SaidOf],
): { kind: 'accepted'; judgements: readonly [Accepted, Accepted] } | Extract<Recorded, { kind: 'refused' }> {
  const [one, two] = parts.map(({ said, before }) => judge(fold(said), before));
  if (one?.kind === 'refused') return { kind: 'refused', problems: one.problems };
  if (two?.kind === 'refused') return { kind: 'refused', problems: two.problems };
  if (one?.kind !== 'accepted' || two?.kind !== 'accepted')
    return { kind: 'refused', problems: [fieldMissing('start')] };
  return { kind: 'accepted', judgements: [one, two] };
}

type SaidOf = { readonly said: readonly Message[]; readonly before: Booking | null };

/** What a judged message makes of its booking. */
export type Taken = {
  readonly recorded: Exclude<Recorded, { kind: 'refused' }>;
  /** What is to be stored, and whether no surface needs to hear of it. */
  readonly save: { readonly booking: Booking; readonly fulfilled: boolean } | null;
};

/** `isQuiet`: nothing about the booking waits to be made true. `now`: ISO 8601 UTC. */
export function take(it: {
  id: BookingId;
  before: Booking | null;
  isQuiet: boolean;
  judgement: Exclude<Judgement, { kind: 'refused' }>;
  absorbed: readonly BookingId[];
  now: string;
}): Taken {
  const { id, before, isQuiet, judgement, absorbed, now } = it;
  if (judgement.kind === 'withheld')
    return { recorded: { kind: 'remembered', booking: before, absorbed }, save: null };
  const { facts, brand, charterMode } = judgement;
  const revised = !before || visible(before) !== visible(facts);
  const booking: Booking = {
    id,
    revision: (before?.revision ?? 0) + (revised ? 1 : 0),
    ...(revised ? { brand, charterMode } : { brand: before.brand, charterMode: before.charterMode }),
    ...facts,
    recordedAt: revised ? now : before.recordedAt,
  };
  const isOff = booking.status === 'cancelled';
  const wasOff = !before || before.status === 'cancelled';
  const isSame = before !== null && canonicalJson(before) === canonicalJson(booking);
  // A booking that was never on has nothing to withdraw: no surface may hear of it.
  const save = isSame ? null : { booking, fulfilled: isOff && wasOff && isQuiet };
  if (isOff && wasOff) return { recorded: { kind: 'remembered', booking, absorbed }, save };
  if (!revised) return { recorded: { kind: 'unchanged', booking, absorbed }, save };
  const kind = isOff ? 'cancelled' : before ? 'changed' : 'created';
  return { recorded: { kind, booking, absorbed }, save };
}

/** How a booking ends that turned out to be another. Also one that was off: whoever looks at it is led to the other from now on. */
export const endedByAnother = (booking: Booking, now: string): Booking => ({
  ...booking,
  revision: booking.revision + 1,
  status: 'cancelled',
  names: [],
  recordedAt: now,
});
