import type { Booking } from '#booking/booking.ts';
import type { Belief, Made, Surface } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import type { Letter } from '#mail/letter.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import { sqliteSuppressed } from '#mail/suppressed.sqlite.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { guestLetterSurface } from './guest-letter-surface.ts';
import { at, testBooking, testFleet } from './guest-page.fixture.ts';
import { guestPageSurface } from './guest-page-surface.ts';
import type { GalleryPhoto, Shipmate } from './guest-view.ts';
import { sqliteGuestWishes } from './guest-wishes.sqlite.ts';
import { diskPageHost } from './page-host.disk.ts';
import { sqlitePageStore } from './page-store.sqlite.ts';

/** The room with everything it needs, in memory but for the pages, which lie in `root`. */
export function guestWorld(root: string) {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-01T16:00:00Z');
  const left: Outgoing[] = [];
  const out = egress({
    leaks: lookingFor(about => (about.includes('bkg_0123456789abcdef') ? ['840.75'] : [])),
    onRefused: () => {},
    tap: outgoing => left.push(outgoing),
  });
  const sent: Letter[] = [];
  const line = { isDown: false };
  const mailer = {
    exactlyOnce: true,
    close: async () => {},
    async send(letter: Letter) {
      if (line.isDown) return { kind: 'later', reason: 'no line', blocks: 'all' } as const;
      sent.push(letter);
      return { kind: 'sent' } as const;
    },
  };
  const post = sqlitePost({ db, mailer, egress: out, clock, log: silentLog });
  const pictures: GalleryPhoto[] = [];
  const crew: Shipmate[] = [{ firstName: 'Ana', role: 'captain' }];
  const parts = {
    fleet: testFleet(),
    pages: sqlitePageStore(db),
    host: diskPageHost({ root, clock }),
    post,
    egress: out,
    clock,
    random: seededRandom('guest'),
    uploads: { uploadDaysBefore: 0, uploadDaysAfter: 7 },
    pageUrl: (brand: { host: string }, slug: string) => `https://${brand.host}/g/${slug}`,
    roster: async () => crew,
    gallery: async () => pictures,
    wishes: sqliteGuestWishes(db),
    suppressed: sqliteSuppressed(db),
  };
  const page = guestPageSurface(parts);
  const letter = guestLetterSurface(parts);
  const beliefs = new Map<string, Belief>();

  /** What fulfilment does with a surface, in short. */
  const say = async (surface: Surface, booking: Booking): Promise<Made[]> => {
    const wanted = booking.status === 'cancelled' ? [] : await surface.desired(booking);
    const made: Made[] = [];
    const believe = (recipient: string, digest: string | null) =>
      beliefs.set(`${surface.name} ${recipient}`, belief(surface, booking, recipient, digest));
    for (const statement of wanted) {
      const before = beliefs.get(`${surface.name} ${statement.recipient}`) ?? null;
      if (before?.statedDigest === statement.digest) continue;
      made.push(await surface.state(booking, statement, before));
      believe(statement.recipient, statement.digest);
    }
    for (const before of [...beliefs.values()]) {
      const isWanted = wanted.some(({ recipient }) => recipient === before.recipient);
      if (before.surface !== surface.name || isWanted || before.statedDigest === null) continue;
      made.push(await surface.withdraw(booking, before));
      believe(before.recipient, null);
    }
    return made;
  };
  const tell = async (booking: Booking) => {
    await say(page, booking);
    await say(letter, booking);
    await post.deliverDue();
  };
  const read = async (brand = 'queenofsandiego') => {
    const of = parts.fleet.brand(brand);
    const slug = await parts.pages.slugOf(testBooking().id);
    const stored = of && slug ? await parts.host.read(of, slug) : null;
    return stored && Buffer.from(stored.html).toString('utf8');
  };
  return { ...parts, page, letter, say, tell, read, sent, left, line, crew, pictures, post, clock };
}

/** What fulfilment believes once a surface has spoken. */
export const belief = (
  surface: Surface,
  booking: Booking,
  recipient: string,
  digest: string | null,
): Belief => ({
  booking: booking.id,
  surface: surface.name,
  recipient,
  desiredRevision: booking.revision,
  desiredDigest: digest,
  statedRevision: booking.revision,
  statedDigest: digest,
  state: digest === null ? 'withdrawn' : 'stated',
  at: booking.recordedAt,
  attempts: 0,
  error: null,
  url: null,
  awaiting: null,
});

/** The lesson of the first booking: an hour earlier. */
export const moved = { revision: 2, start: at('2027-05-30T15:30'), end: at('2027-05-30T18:30') };
