import { dynamoAnnouncementStore } from '#announcements/announcement-store.dynamodb.ts';
import { message, testFleet, testNow, wholeTrip } from '#booking/booking.fixture.ts';
import { dynamoBookingStore } from '#booking/booking-store.dynamodb.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import { dynamoClaims } from '#booking/claims.dynamodb.ts';
import { type Claim, overlap } from '#booking/claims.ts';
import { judgeBy } from '#booking/draft.ts';
import type { Message } from '#booking/message.ts';
import { testNote } from '#finances/books.fixture.ts';
import { dynamoFinanceStore } from '#finances/finance-store.dynamodb.ts';
import { dynamoPageStore } from '#guest-page/page-store.dynamodb.ts';
import { dynamoInbox } from '#intake/inbox.dynamodb.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Table } from '#platform/table.ts';
import type { Dice } from '../sim/dice.ts';
import { turns } from './faulty-client.ts';

/** What one room did, and afterwards what of it is not as it has to be. */
export type Work = {
  /** One thing, repeated by whoever asked until it is answered. */
  step(dice: Dice): Promise<void>;
  /** Looks when nothing fails any more; what is lost, doubled or somebody else's, a line each. */
  look(): Promise<readonly string[]>;
};

export type WorkParts = { table: Table; clock: Clock; seed: number };

/** As every caller does: what the table did not answer is asked again, as a whole. */
export async function untilAnswered<T>(dice: Dice, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await turns(dice.below(4));
    }
  }
}

const brands = ['blue', 'grand', 'swift'] as const;

/** Deliveries: each that was thanked for is there once, with its own body; another body under its name is a conflict. */
export function deliveries({ table, clock, seed }: WorkParts): Work {
  const inbox = dynamoInbox(table, { clock, random: seededRandom(`deliveries ${seed}`) });
  const thanked = new Map<string, string>();
  let sent = 0;
  const receive = (messageId: string, body: string) =>
    inbox.receive({ source: 'market', messageId, via: 'signed', headers: {}, body: Buffer.from(body) });
  return {
    async step(dice) {
      const isRepeat = thanked.size > 0 && dice.chance(0.3);
      const id = isRepeat ? dice.pick([...thanked.keys()]) : `m${sent++}`;
      const body = `delivery ${id} of ${seed}`;
      const { delivery } = await untilAnswered(dice, () => receive(id, body));
      thanked.set(id, delivery.id);
      if (dice.chance(0.3))
        await untilAnswered(dice, () =>
          inbox.markDone(delivery.id, { kind: 'created', booking: 'bkg_0000000000000001', revision: 1 }),
        );
    },
    async look() {
      const all = await inbox.list({ source: 'market', limit: 100_000 });
      const wrong: string[] = [];
      for (const [messageId, id] of thanked) {
        const found = all.filter(each => each.messageId === messageId);
        if (found.length !== 1) wrong.push(`delivery ${messageId} is there ${found.length} times`);
        const body = await inbox.body(id as `dlv_${string}`);
        if (Buffer.from(body ?? []).toString() !== `delivery ${messageId} of ${seed}`)
          wrong.push(`delivery ${messageId} has another body`);
      }
      if (all.length !== thanked.size) wrong.push(`${all.length} deliveries of ${thanked.size}`);
      return wrong;
    },
  };
}

/** Pages: a slug leads to its own booking on its own brand and to nothing on any other. */
export function pages({ table, seed }: WorkParts): Work {
  const store = dynamoPageStore(table);
  const published = new Map<
    string,
    { booking: `bkg_${string}`; brand: string; slug: string; etag: string }
  >();
  const busy = new Set<string>();
  let made = 0;
  return {
    async step(dice) {
      const booking =
        `bkg_${String(dice.chance(0.5) ? made++ : dice.below(Math.max(1, made))).padStart(16, '0')}` as const;
      // A booking is fulfilled by one run at a time.
      if (busy.has(booking)) return;
      busy.add(booking);
      const proposal = `carole-${seed}-${made}-${dice.below(1e9)}`;
      const slug = await untilAnswered(dice, () => store.chooseSlug(booking, proposal));
      // All brands are asked for one slug: those of others must not have it.
      const brand = dice.pick(brands);
      const etag = `${booking} ${brand} ${dice.below(1e9)}`;
      const at = '2027-05-01T10:00:00.000Z';
      await untilAnswered(dice, () => store.record({ booking, brand, slug, digest: 'd', etag, at }));
      published.set(`${booking} ${brand}`, { booking, brand, slug, etag });
      busy.delete(booking);
    },
    async look() {
      const wrong: string[] = [];
      for (const { booking, brand, slug, etag } of published.values()) {
        if ((await store.slugOf(booking)) !== slug) wrong.push(`${booking} has another slug`);
        if ((await store.published(booking, brand))?.etag !== etag)
          wrong.push(`the page of ${booking} on ${brand} is not the last one`);
        for (const other of brands) {
          const expected = published.has(`${booking} ${other}`) ? booking : null;
          const found = await store.bookingAt(other, slug);
          if (found !== expected) wrong.push(`crossed: ${slug} on ${other} leads to ${found}`);
        }
      }
      return wrong;
    },
  };
}

/** Claims: nothing is taken twice, and what was taken stays until it is released. */
export function claims({ table, clock }: WorkParts): Work {
  const store = dynamoClaims(table, clock);
  const has = new Map<string, Claim>();
  let holders = 0;
  const hour = (n: number) => isoInstant(Date.parse('2027-06-01T00:00:00Z') + n * 3_600_000);
  return {
    async step(dice) {
      const held = [...has.values()];
      const gone = held.length > 0 && dice.chance(0.3) ? dice.pick(held) : null;
      if (gone) {
        has.delete(gone.holder);
        await untilAnswered(dice, () => store.release(gone.what, gone.holder));
        return;
      }
      const from = dice.below(40);
      const claim: Claim = {
        what: dice.chance(0.5) ? 'vessel heron' : 'vessel tern',
        holder: `bkg_${holders++}`,
        from: hour(from),
        until: hour(from + dice.between(1, 6)),
        expiresAt: null,
        why: 'a trip',
      };
      const taking = await untilAnswered(dice, () => store.take(claim, 'if free'));
      if (taking.kind === 'taken') has.set(claim.holder, claim);
    },
    async look() {
      const wrong: string[] = [];
      const all = [...has.values()];
      for (const [at, one] of all.entries())
        for (const other of all.slice(at + 1))
          if (one.what === other.what && overlap(one, other)) wrong.push(`${one.what} is taken twice`);
      for (const claim of all)
        if ((await store.of(claim.holder)).length !== 1) wrong.push(`the claim of ${claim.holder} is lost`);
      for (const what of ['vessel heron', 'vessel tern'] as const)
        for (const { holder } of await store.ahead(what, hour(0)))
          if (!has.has(holder)) wrong.push(`${what} is still ${holder}'s, which released it`);
      return wrong;
    },
  };
}

/** Announcements: each thing once, with its sendings. */
export function announcements({ table, clock, seed }: WorkParts): Work {
  const store = dynamoAnnouncementStore(table, { clock, random: seededRandom(`announcements ${seed}`) });
  const made = new Set<string>();
  const at = '2027-04-01T10:00:00.000Z';
  return {
    async step(dice) {
      const key = `bkg_${dice.below(50)} ${dice.below(20)}`;
      const what = {
        key,
        kind: 'booking.changed',
        booking: 'bkg_1',
        revision: 1,
        fence: 'open',
        detail: {},
        at,
      } as const;
      const to = ['shop', 'sheet'].map(endpoint => ({ endpoint, dueAt: at }));
      await untilAnswered(dice, () => store.announce(what, to));
      made.add(key);
    },
    async look() {
      const all = await store.list({ limit: 100_000 });
      const wrong: string[] = [];
      for (const key of made) {
        const ids = all.filter(({ announcement }) => announcement.key === key);
        if (ids.length !== 2 || new Set(ids.map(({ announcement }) => announcement.id)).size !== 1)
          wrong.push(`${key} is announced ${ids.length} times instead of once at two endpoints`);
      }
      const due = await store.due(100_000);
      if (due.length !== made.size * 2) wrong.push(`${due.length} sendings due of ${made.size * 2}`);
      return wrong;
    },
  };
}

/** The books: every note a source made, in its place, once; the amounts known to the last gate. */
export function books({ table }: WorkParts): Work {
  const store = dynamoFinanceStore(table);
  const kept = new Map<string, string[]>();
  let notes = 0;
  return {
    async step(dice) {
      const booking = `bkg_${String(dice.below(12)).padStart(16, '0')}` as const;
      const before = kept.get(booking) ?? [];
      const isRepeat = before.length > 0 && dice.chance(0.3);
      const id = isRepeat ? dice.pick(before) : `n${notes++}`;
      await untilAnswered(dice, () => store.note(booking, testNote({ message: id, gross: '840.75' })));
      if (!before.includes(id)) kept.set(booking, [...(kept.get(booking) ?? []), id]);
    },
    async look() {
      const wrong: string[] = [];
      for (const [booking, ids] of kept) {
        const found = (await store.notes(booking as `bkg_${string}`)).map(({ message }) => message);
        if (found.toSorted().join() !== ids.toSorted().join())
          wrong.push(`${booking} has the notes ${found.join(' ')} and not ${ids.join(' ')}`);
      }
      return wrong;
    },
  };
}

/** Bookings: what the set of their messages says, the same as the embedded edition's store makes of them. */
export function bookings({ table, clock, seed }: WorkParts, twin: BookingStore): Work {
  const store = dynamoBookingStore(table, { clock, random: seededRandom(`bookings ${seed}`) });
  const judge = judgeBy({ fleet: testFleet, clock });
  const said = new Map<string, Message[]>();
  const busy = new Set<string>();
  let count = 0;
  return {
    async step(dice) {
      const externalId = `x${dice.chance(0.3) ? count++ : dice.below(Math.max(1, count))}`;
      // Its messages in their order, or the revisions would be others.
      if (busy.has(externalId)) return;
      busy.add(externalId);
      const before = said.get(externalId) ?? [];
      const kind = before.length === 0 ? 'created' : dice.chance(0.1) ? 'cancelled' : 'changed';
      const word = message({
        messageId: `${externalId} ${before.length}`,
        at: isoInstant(Date.parse(testNow) + before.length * 60_000),
        kind,
        externalId,
        fields: { ...wholeTrip, partySize: dice.between(1, 6), guestName: `Guest ${dice.below(1000)}` },
      });
      said.set(externalId, [...before, word]);
      await untilAnswered(dice, () => store.record(word, judge));
      busy.delete(externalId);
    },
    async look() {
      const wrong: string[] = [];
      for (const [externalId, words] of said) {
        for (const word of words) await twin.record(word, judge);
        const [ours, theirs] = await Promise.all([
          store.byName('market', externalId),
          twin.byName('market', externalId),
        ]);
        const heard = ours ? await store.messages(ours.id) : [];
        if (heard.length !== words.length)
          wrong.push(`${externalId} heard ${heard.length} of ${words.length}`);
        const shown = (it: typeof ours) => it && JSON.stringify({ ...it, id: '', recordedAt: '' });
        if (shown(ours) !== shown(theirs))
          wrong.push(`${externalId} is ${shown(ours)}, not ${shown(theirs)}`);
      }
      const listed = await store.list({ limit: 100_000 });
      if (listed.length !== said.size) wrong.push(`${listed.length} bookings listed of ${said.size}`);
      if ((await store.count()) !== said.size) wrong.push(`${await store.count()} counted of ${said.size}`);
      return wrong;
    },
  };
}
