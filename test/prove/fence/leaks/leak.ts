import type { BookingId } from '#booking/booking.ts';
import type { Mutation } from '../../disk/victims.ts';
import type { Disks } from '../world.ts';

/** A way for money to get out, planted in a copy of the program: where it shows, and in which disguise. */
export type PlantedLeak = Mutation & { readonly what: string };

/** What a planted leak draws on: what nothing on the open side may ever have in hand. */
export type Leak = {
  /** The last amount said about the booking that this text names, by its own id or its event's; 0 where none was. */
  worth(text: string): number;
  /** Whether the books have heard anything of it. */
  known(text: string): boolean;
  /** What the marketplace's guest typed, and the currency. */
  note(text: string): string;
  currency(text: string): string;
  /** Of everything that came in, together, whatever became of it in the books. */
  all(): number;
};

declare global {
  var leak: Leak;
}

/** Lets the planted leaks of this process read the books. */
export function open(on: Disks): void {
  const bookingIn = (text: string): string | null => {
    const event = /evt_[0-9a-z]{16}/.exec(text)?.[0];
    const named = /bkg_[0-9a-z]{16}/.exec(text)?.[0];
    if (named !== undefined || event === undefined) return named ?? null;
    return (
      on.open.reader.get<{ booking: BookingId | null }>('SELECT booking FROM crew_events WHERE id = ?', event)
        ?.booking ?? null
    );
  };
  const last = (text: string) => {
    const booking = bookingIn(text);
    const row =
      booking &&
      on.money.reader.get<{ body: string }>(
        'SELECT body FROM finance_notes WHERE booking = ? ORDER BY place DESC LIMIT 1',
        booking,
      );
    return row ? (JSON.parse(row.body) as Record<string, unknown>) : null;
  };
  const amount = (gross: unknown): number => Number(gross ?? 0) || 0;
  globalThis.leak = {
    worth: text => amount(last(text)?.gross),
    known: text => last(text) !== null,
    note: text => String(last(text)?.note ?? ''),
    currency: text => String(last(text)?.currency ?? ''),
    all: () =>
      on.money.reader
        .all<{ body: Uint8Array | null }>('SELECT body FROM deliveries')
        .reduce((sum, { body }) => sum + amount(grossIn(body)), 0),
  };
}

/** What the marketplace said, as it lies in the inbox. */
function grossIn(body: Uint8Array | null): unknown {
  if (!body?.length) return 0;
  const { payout } = JSON.parse(Buffer.from(body).toString('utf8')) as { payout?: { gross?: unknown } };
  return payout && typeof payout === 'object' ? payout.gross : 0;
}
