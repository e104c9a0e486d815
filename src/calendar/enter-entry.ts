import type { Booking, BookingId } from '#booking/booking.ts';
import { isNotEmpty, type Problem, refusalOf } from '#booking/problem.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Egress } from '#platform/egress.ts';
import {
  type CalendarEntry,
  type CalendarEntryId,
  type EntryFacts,
  factsOf,
  namesOf,
} from './calendar-entry.ts';
import { appliedTo, type CalendarInput } from './calendar-input.ts';
import type { Entered } from './calendar-store.ts';
import type { CalendarDeps } from './calendar-surface.ts';

export type EntryDeps = CalendarDeps & {
  /** A booking by its id or by any name it goes by outside. */
  readonly findBooking: (name: string) => Promise<Booking | null>;
  readonly looksLikeMoney: (text: string) => boolean;
  readonly egress: Egress;
};

/**
 * Enters what a script says. A `charter_id` that a booking goes by leads to that booking's entry, a known one to the
 * entry made under it before, and only otherwise is there a new one. Safe to repeat where there is a `charter_id`.
 * Refusals: those of the input, `calendar-differs-from-booking`, `money-in-output`.
 */
export async function enterEntry(deps: EntryDeps, input: CalendarInput): Promise<Entered> {
  const charter = input.charter_id ?? null;
  const booking = charter ? await deps.findBooking(charter) : null;
  return withNote(deps, mayNote => {
    const guarded = { ...deps, mayNote };
    if (booking) return enterForBooking(guarded, booking, input);
    return deps.store.enter({ booking: null, names: charter ? [charter] : [] }, before =>
      before?.booking ? annotated(guarded, before, input) : appliedTo(before, input, deps),
    );
  });
}

/** Changes an entry by its id. Refusals as for entering, `calendar-entry-unknown`, `calendar-charter-fixed`. */
export async function changeEntry(deps: EntryDeps, id: string, input: CalendarInput): Promise<CalendarEntry> {
  const changed = await withNote(deps, mayNote =>
    deps.store.change(id as CalendarEntryId, before => {
      const charter = input.charter_id;
      if (charter !== undefined && charter !== before.charterId && charter !== before.booking)
        throw charterFixed(before);
      return before.booking ? annotated({ ...deps, mayNote }, before, input) : appliedTo(before, input, deps);
    }),
  );
  if (!changed) throw entryUnknown(id);
  return changed.entry;
}

export const entryUnknown = (id: string) =>
  new Refusal(
    'calendar-entry-unknown',
    `There is no calendar entry ${id.slice(0, 60)}.`,
    'Take the id from the list of entries, or from the answer to making it.',
  );

/** The booking's facts stand; what the script adds is the note. */
async function enterForBooking(deps: Guarded, booking: Booking, input: CalendarInput): Promise<Entered> {
  const facts = factsOf(booking, await deps.roster(booking), deps.fleet);
  const keys = { booking: booking.id, names: namesOf(booking) };
  return deps.store.enter(keys, before => annotated(deps, { ...facts, note: before?.note ?? null }, input));
}

/** An entry of a booking with a script's note. Whatever else the script says has to be what the booking says. */
function annotated(deps: Guarded, facts: EntryFacts, input: CalendarInput): EntryFacts {
  const { charter_id: _, ...rest } = input;
  const wanted = appliedTo(facts, rest, deps);
  const problems = compared
    .filter(field => input[field] !== undefined && textOf(facts[field]) !== textOf(wanted[field]))
    .map(
      (field): Problem => ({
        field,
        code: 'calendar-differs-from-booking',
        reason: `The booking says ${textOf(facts[field])} for ${field}, not ${textOf(wanted[field])}.`,
        cure: 'Leave the field out here; change the booking itself and the calendar follows.',
      }),
    );
  if (isNotEmpty(problems)) throw refusalOf(problems);
  if (wanted.note && facts.booking) deps.mayNote(facts.booking, wanted.note);
  return { ...facts, note: wanted.note };
}

type MayNote = (booking: BookingId, note: string) => void;
type Guarded = EntryDeps & { readonly mayNote: MayNote };

class NotAskedYet extends Error {
  readonly booking: BookingId;
  readonly note: string;
  constructor(booking: BookingId, note: string) {
    super('whether this note may stand has not been asked yet');
    this.booking = booking;
    this.note = note;
  }
}

/**
 * A person typed the note and everybody at the desk will read it: better held back now than on every page that shows it.
 * Which booking it is about shows only inside the write, which cannot wait: it ends there, the egress is asked, and it is done again.
 */
async function withNote<T>({ egress }: EntryDeps, work: (mayNote: MayNote) => Promise<T>): Promise<T> {
  const asked = new Set<string>();
  for (;;) {
    try {
      return await work((booking, note) => {
        if (!asked.has(`${booking} ${note}`)) throw new NotAskedYet(booking, note);
      });
    } catch (error) {
      if (!(error instanceof NotAskedYet)) throw error;
      const { booking, note } = error;
      await egress.emit({ audience: 'operator', channel: 'note', about: [booking], body: note });
      asked.add(`${booking} ${note}`);
    }
  }
}

const compared = ['date', 'start', 'end', 'vessel', 'captain', 'title', 'status'] as const;

const textOf = (value: EntryFacts[(typeof compared)[number]]) =>
  value === null ? 'nothing' : typeof value === 'string' ? value : value.local;

const charterFixed = (before: CalendarEntry) =>
  new Refusal(
    'calendar-charter-fixed',
    before.charterId
      ? `This entry belongs to the charter ${before.charterId}.`
      : 'This entry was made without a charter.',
    'Make an entry for the other charter by POST with its charter_id, and cancel this one.',
    { field: 'charter_id' },
  );
