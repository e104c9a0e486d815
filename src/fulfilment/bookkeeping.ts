import type { Booking, BookingId } from '#booking/booking.ts';
import type { Workflow } from '#durable/durable.ts';
import type { Drive } from './drives.ts';
import { driving, revisionOf } from './driving.ts';
import type { BookkeepingParts, BooksDoor } from './fulfilment-parts.ts';
import { type BooksInput, keepBooks } from './keep-books.ts';
import { speaking } from './speaking.ts';

/** The side behind the fence, as the rest of the program starts it. */
export type Bookkeeping = BooksDoor & {
  workflows: Readonly<Record<`keep-books@${number}`, Workflow<BooksInput>>>;
  /** Something was said about a booking's amounts: the books are drawn up again, if they have been opened. */
  rebook(booking: BookingId): Promise<void>;
  resume(): Promise<void>;
  /** Drives what is due. */
  drive(): Promise<void>;
  shelve(): Promise<readonly string[]>;
  /** Names the state of booking and amounts that the books would aim at now. */
  tagOf(booking: Booking): Promise<string>;
};

/** The ledger and the letters of owner and captain, driven apart from everything that others see. */
export function bookkeeping(parts: BookkeepingParts): Bookkeeping {
  const { owner, inTurn, durable, log } = parts;
  const { current, say } = speaking(parts);

  const tagOf = async (booking: Booking) => `${booking.revision}.${await parts.booksTag(booking)}`;

  /** In turn per booking, so that what is said about amounts meanwhile is in the tag of this one or of the next. */
  const open = (id: string, isTime: (booking: Booking, before: Drive | null) => boolean = () => true) =>
    inTurn(`${id} books`, async () => {
      const booking = await current(id);
      if (!isTime(booking, await owner.drives.find(id))) return;
      const drive = await owner.drives.aim(id, await tagOf(booking));
      if (drive.state === 'driving') await drives.start(drive);
    });

  const drives = driving({
    side: owner,
    workflow: 'keep-books@1',
    inputOf: ({ booking, tag, run }) => ({ bookingId: booking, tag, run }),
    aim: id => open(id),
    current,
    durable,
    log,
  });

  return {
    workflows: {
      'keep-books@1': keepBooks({
        say: (surface, { bookingId, tag }: BooksInput) =>
          say(surface, owner, bookingId, now => now.revision > revisionOf(tag)),
        async report({ bookingId, tag, run }, outcome) {
          const drive = await owner.drives.report(bookingId, tag, run, outcome);
          if (drive?.state === 'stuck') await drives.giveUp(bookingId);
          parts.onProgress(bookingId);
        },
      }),
    },
    open: id => open(id),
    again: drives.again,
    // Until fulfilment has opened the books at this revision, nobody knows who sails, and the owner would read a wrong net.
    rebook: id => open(id, ({ revision }, before) => before !== null && revisionOf(before.tag) === revision),
    resume: drives.resume,
    drive: drives.tick,
    shelve: drives.shelve,
    tagOf,
  };
}
