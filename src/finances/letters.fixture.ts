import type { Booking } from '#booking/booking.ts';
import type { Belief, Statement, Surface } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import type { Letter } from '#mail/letter.ts';
import type { Handed, Mailer } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testFleet, testRules } from './books.fixture.ts';
import { sqliteMoneyCanaries } from './canaries.sqlite.ts';
import { captainLetterSurface } from './captain-letter.ts';
import type { Rules } from './fee-rules.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import { ledgerSurface } from './ledger-surface.ts';
import { ownerLetterSurface } from './owner-letter.ts';
import type { Sailing } from './settle.ts';

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** The surfaces of the books over a real store and post, with a mail server that answers as it is told. */
export async function openScene(rules: Rules = testRules) {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-01T12:00:00Z');
  const store = sqliteFinanceStore(db);
  const sent: Letter[] = [];
  const refused: Outgoing[] = [];
  const world = {
    sent,
    refused,
    store,
    clock,
    sailing: allThree as readonly Sailing[] | null,
    beliefs: [] as Belief[],
    /** How the mail server answers. */
    answer: { kind: 'sent' } as Handed,
  };
  const mailer: Mailer = {
    exactlyOnce: true,
    async send(letter) {
      if (world.answer.kind === 'sent') sent.push(letter);
      return world.answer;
    },
    async close() {},
  };
  const out = egress({
    leaks: lookingFor(sqliteMoneyCanaries(db, () => null)),
    onRefused: outgoing => refused.push(outgoing),
  });
  const post = sqlitePost({ db, mailer, egress: out, clock, log: silentLog });
  const books = {
    store,
    rules,
    clock,
    fleet: testFleet,
    post,
    sailing: async () => world.sailing,
  };
  return {
    world,
    post,
    ledger: ledgerSurface(books),
    owner: ownerLetterSurface({
      ...books,
      beliefsOf: async () => world.beliefs,
      address: path => `https://sailjada.example${path}`,
    }),
    captain: captainLetterSurface(books),
  };
}

/** Says what the surface wants said, as fulfilment would, and lets the letters go. */
export async function say<S extends Statement>(
  scene: Scene,
  surface: Surface<S>,
  about: Booking,
): Promise<string[]> {
  const letters: string[] = [];
  for (const statement of await surface.desired(about)) {
    const made = await surface.state(about, statement, null);
    if (made.state === 'posted') letters.push(made.letter);
  }
  await scene.post.deliverDue();
  return letters;
}

export async function withdraw(scene: Scene, surface: Surface, about: Booking, recipient: string) {
  const made = await surface.withdraw(about, belief({ surface: surface.name, recipient }));
  await scene.post.deliverDue();
  return made;
}

export const belief = (changes: Partial<Belief>): Belief => ({
  booking: testBooking().id,
  surface: 'guest page',
  recipient: '-',
  desiredRevision: 1,
  desiredDigest: 'd',
  statedRevision: 1,
  statedDigest: 'd',
  state: 'stated',
  at: testBooking().recordedAt,
  attempts: 1,
  error: null,
  url: null,
  awaiting: null,
  ...changes,
});
