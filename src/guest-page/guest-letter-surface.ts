import type { Booking } from '#booking/booking.ts';
import type { Surface } from '#booking/surface.ts';
import { digestOf } from '#lib/digest.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Post } from '#mail/post.ts';
import { type PageParts, pageComposer } from './compose-page.ts';
import type { GuestView } from './guest-view.ts';
import type { GuestLetterKind } from './letter-words.ts';
import { type GuestPaper, guestLetter } from './letters.ts';
import { pageDigest } from './page.tsx';

/**
 * Letters to the guest: a welcome, a change when day, time, vessel or berth are others, a cancellation. Nothing for a
 * spelling or a head count, nothing without an address, and no first letter while the booking is tentative. Who was told
 * of a booking that turned out to be another hears of the change if the two differ in what was promised. What was told
 * before is read from the post itself, so it is never told twice and never swallowed.
 */
export function guestLetterSurface(parts: PageParts & { post: Post }): Surface {
  const { pages, post } = parts;
  const compose = pageComposer(parts);

  const promised = (booking: Booking): string => {
    const { id, berth } = compose.vesselOf(booking);
    const { start, end } = booking;
    return digestOf({ start, end, vessel: id, berth: { name: berth.name, address: berth.address } });
  };

  /** Everything posted to this address about the booking by this surface, newest first. */
  const tellings = async (booking: Booking, recipient: string): Promise<readonly Telling[]> => {
    const posted = await post.list({ about: booking.id, limit: 1000 });
    return posted.flatMap(({ id, state, mayHaveGone }) => {
      const said = readId(booking, recipient, id);
      return said ? [{ id, state, mayHaveGone, ...said }] : [];
    });
  };

  /** Takes back what still waits and would only confuse; what remains has been read or may have been. */
  const stopped = async (all: readonly Telling[], keep: (telling: Telling) => boolean) => {
    const caught = await Promise.all(
      all.map(
        async telling => telling.state === 'waiting' && !keep(telling) && (await post.recall(telling.id)),
      ),
    );
    return all.filter((telling, at) => !caught[at] && (telling.state !== 'recalled' || telling.mayHaveGone));
  };

  const viewOf = async (booking: Booking) => compose.view(booking, await compose.slugFor(booking));

  const paper = (booking: Booking, view: GuestView, recipient: string): GuestPaper => ({
    booking,
    brand: compose.brandOf(booking),
    view,
    address: addressOf(booking, recipient),
  });

  const write = async (
    booking: Booking,
    recipient: string,
    { kind, digest, nth }: { kind: GuestLetterKind; digest: string; nth: number },
    view: GuestView,
    /** The booking that this one turned out to be: the letter says how that one stands, and takes this one out of the calendar. */
    into: Booking | null = null,
  ) => {
    const id = `${prefix(booking, recipient)}${kind}/${digest}/${nth}`;
    const letter = guestLetter(paper(into ?? booking, view, recipient), kind, id);
    const { invite } = into
      ? guestLetter(paper(booking, await viewOf(booking), recipient), 'cancel', id)
      : letter;
    await post.post({
      ...letter,
      about: [...new Set([booking.id, ...letter.about])],
      ...(invite ? { invite } : {}),
    });
    return { state: 'posted', letter: id } as const;
  };

  /** What the page that stands says, which has to be what the booking says. */
  const viewOnPage = async (booking: Booking) => {
    const page = await pages.published(booking.id, compose.brandOf(booking).id);
    const view = await compose.view(booking, page?.slug);
    if (page?.digest === pageDigest(view)) return view;
    throw new Unavailable(
      'guest-page-behind',
      'The guest page does not say yet what the booking says; the letter that links to it waits.',
    );
  };

  return {
    name: 'guest letter',
    fence: 'open',
    dropsInSilence: true,

    async desired(booking) {
      const recipient = recipientOf(booking);
      if (recipient === null) return [];
      if (booking.status === 'tentative' && !(await tellings(booking, recipient)).some(isTold)) return [];
      return [{ recipient, digest: promised(booking) }];
    },

    async state(booking, { recipient, digest }) {
      const view = await viewOnPage(booking);
      const all = await tellings(booking, recipient);
      const standing = await stopped(all, telling => telling.digest === digest && telling.kind !== 'cancel');
      const last = standing[0];
      if (last?.digest === digest && last.kind !== 'cancel' && last.state !== 'recalled')
        return { state: 'posted', letter: last.id };
      const told = standing.find(isTold);
      const kind = told && told.kind !== 'cancel' ? 'change' : 'welcome';
      return write(booking, recipient, { kind, digest, nth: all.length + 1 }, view);
    },

    async absorbed(booking, into, before) {
      const { recipient } = before;
      if (into.status === 'cancelled') return this.withdraw(booking, before);
      const digest = promised(into);
      const all = await tellings(booking, recipient);
      const standing = await stopped(all, telling => telling.digest === digest);
      const told = standing.find(isTold);
      // What was told holds, or goes to an address that the charter does not have any more.
      if (!told || told.kind === 'cancel' || recipient !== recipientOf(into)) return { state: 'stated' };
      if (told.digest === digest) return { state: 'posted', letter: told.id };
      const saying = { kind: 'change', digest, nth: all.length + 1 } as const;
      return write(booking, recipient, saying, await viewOnPage(into), into);
    },

    async withdraw(booking, before) {
      if (before.state === 'withdrawn' && before.recipient !== recipientOf(booking))
        return { state: 'stated' };
      const all = await tellings(booking, before.recipient);
      const standing = await stopped(all, telling => telling.kind === 'cancel');
      const told = standing.find(isTold);
      if (told?.kind === 'cancel' && told.state !== 'recalled') return { state: 'posted', letter: told.id };
      // An address that was corrected is not told that the charter is off: it is not.
      if (!told || booking.status !== 'cancelled') return { state: 'stated' };
      const saying = { kind: 'cancel', digest: told.digest, nth: all.length + 1 } as const;
      return write(booking, before.recipient, saying, await viewOf(booking));
    },

    async readBack(booking, recipient) {
      const sent = (await tellings(booking, recipient)).find(({ state }) => state === 'sent');
      return sent && sent.kind !== 'cancel' ? sent.digest : null;
    },
  };
}

type Telling = {
  readonly id: string;
  readonly state: 'waiting' | 'sent' | 'returned' | 'recalled';
  readonly mayHaveGone: boolean;
  readonly kind: GuestLetterKind;
  readonly digest: string;
};

/** Reached its reader, or may have, or may do so any moment. */
const isTold = ({ state, mayHaveGone }: Telling) =>
  state === 'sent' || state === 'waiting' || (state === 'recalled' && mayHaveGone);

/** One person, however the address is capitalised. */
const recipientOf = ({ guest }: Booking): string | null => guest.email?.trim().toLowerCase() || null;

/** As the guest writes it; the recipient of a letter to an address that has been replaced since is all we still have. */
const addressOf = (booking: Booking, recipient: string) =>
  recipientOf(booking) === recipient ? (booking.guest.email ?? recipient).trim() : recipient;

const prefix = (booking: Booking, recipient: string) => `${booking.id}/guest letter/${recipient}/`;

/** What a letter of this surface said, from its id: the post keeps no words once a letter went out. */
function readId(
  booking: Booking,
  recipient: string,
  id: string,
): { kind: GuestLetterKind; digest: string } | null {
  const start = prefix(booking, recipient);
  if (!id.startsWith(start)) return null;
  const [kind, digest] = id.slice(start.length).split('/');
  return kind === 'welcome' || kind === 'change' || kind === 'cancel' ? { kind, digest: digest ?? '' } : null;
}
