import type { Context } from 'hono';
import { Hono } from 'hono';
import { schemeOfUrl, sessionCookie } from '#access/cookies.ts';
import { crewSessions } from '#access/crew-sessions.ts';
import { sqliteLinks } from '#access/links.sqlite.ts';
import { sqliteSessionStore } from '#access/session-store.sqlite.ts';
import type { Booking, BookingId } from '#booking/booking.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { type Fleet, fleet as fleetOf, type Vessel } from '#booking/fleet.ts';
import type { Belief, Made } from '#booking/surface.ts';
import { sqliteAgenda } from '#durable/agenda.sqlite.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { resolveWall, type ZonedTime } from '#lib/zoned.ts';
import type { Letter } from '#mail/letter.ts';
import type { Handed } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import type { Post } from '#mail/post.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { contentSecurityPolicy } from '#ui/layout.tsx';
import { crewByHand } from './assign.ts';
import { papersOf } from './credentials.ts';
import type { CrewEvent, CrewEventId } from './crew.ts';
import { crewLetterSurface } from './crew-letter-surface.ts';
import { sqliteCrewStore } from './crew-store.sqlite.ts';
import { crewing } from './crew-up.ts';
import { crewEventSurface } from './ensure-event.ts';
import { crewPageRoutes } from './page-routes.tsx';
import { eventRoutes } from './routes.ts';
import { crewTelling, type TellParts } from './tell-crew.ts';

const zone = 'America/Los_Angeles';

export function wall(local: string, inZone = zone): ZonedTime {
  const resolved = resolveWall(local, inZone);
  if (resolved.kind !== 'exact') throw new Error(`${local} is ${resolved.kind}`);
  return resolved.time;
}

export const heron: Vessel = {
  id: 'heron',
  name: 'Heron',
  brand: 'blue',
  zone,
  berth: {
    name: 'Harbor Island, dock C, slip 12',
    address: '1880 Harbor Island Drive, San Diego, CA 92101',
    latitude: 32.7254,
    longitude: -117.1993,
    directions: 'Park in the marina lot, walk down the ramp by the flagpole and turn left.',
  },
  charterMode: 'time',
  capacity: 6,
  callMinutes: 60,
  crew: [
    { person: 'ana', role: 'captain' },
    { person: 'luis', role: 'crew' },
  ],
  bring: [],
};

const person = (id: string, firstName: string, surname: string, role: 'captain' | 'crew' | 'owner') => ({
  id,
  firstName,
  name: `${firstName} ${surname}`,
  email: `${id}@crew.example`,
  phone: role === 'owner' ? null : `+1 619 555 01${10 + id.length}`,
  roles: [role],
});

/** An invented fleet: one vessel with a captain and one hand, a second vessel with nobody, and one hand more. */
export const crewFleet = fleetOf({
  house: {
    name: 'Blue Charters',
    host: 'crew.example',
    sender: { name: 'Blue Charters', address: 'desk@crew.example' },
    zone,
  },
  brands: [],
  vessels: [
    heron,
    {
      ...heron,
      id: 'tern',
      name: 'Tern',
      crew: [],
      berth: { ...heron.berth, name: 'Shelter Island, slip 3' },
    },
  ],
  people: [
    person('ana', 'Ana', 'Reyes', 'captain'),
    person('luis', 'Luis', 'Ortega', 'crew'),
    person('kim', 'Kim', 'Tran', 'crew'),
    person('joan', 'Joan', 'Whitaker', 'owner'),
  ],
});

export const aBooking = (rest: Partial<Booking> = {}): Booking => ({
  id: 'bkg_7zk3',
  revision: 1,
  brand: 'blue',
  vessel: 'heron',
  status: 'confirmed',
  start: wall('2027-05-30T16:30'),
  end: wall('2027-05-30T19:30'),
  guest: { name: 'Carole Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
  partySize: 4,
  charterMode: 'time',
  names: [],
  origins: {},
  recordedAt: '2027-05-01T10:00:00.000Z',
  ...rest,
});

export const hourLater = (booking: Booking): Booking => ({
  ...booking,
  revision: booking.revision + 1,
  start: wall('2027-05-30T17:30'),
  end: wall('2027-05-30T20:30'),
});

/** The room wired as the program wires it, in memory, with letters kept instead of sent and time standing still. */
export function crewWorld(options: { amounts?: readonly string[]; now?: string; fleet?: Fleet } = {}) {
  const fleet = options.fleet ?? crewFleet;
  const clock = settableClock(options.now ?? '2027-05-20T10:00:00Z');
  const random = seededRandom('crew');
  const db = openSqlite(':memory:');
  const said: Outgoing[] = [];
  const way = egress({
    leaks: lookingFor(about => (about.includes(aBooking().id) ? (options.amounts ?? []) : [])),
    onRefused: () => {},
    tap: outgoing => said.push(outgoing),
  });
  const sent: Letter[] = [];
  /** `isDown`: letters wait in the post. `isShut`: the post itself takes none, as on a full disk. */
  const mail = { isDown: false, isShut: false };
  const mailer = {
    exactlyOnce: true,
    async send(letter: Letter): Promise<Handed> {
      if (mail.isDown) return { kind: 'later', reason: 'the server is down', blocks: 'all' };
      sent.push(letter);
      return { kind: 'sent' };
    },
    async close() {},
  };
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const office = sqlitePost({ db, mailer, egress: way, clock, log: silentLog });
  const post: Post = {
    ...office,
    async post(letter) {
      if (mail.isShut) throw new Unavailable('disk-full', 'The disk is full: nothing was stored.');
      return office.post(letter);
    },
  };
  const store = sqliteCrewStore(db);
  const origin = 'https://crew.example';
  /** Bookings that turned out to be others. */
  const absorbed = new Map<string, BookingId>();
  const absorbedInto = async (booking: BookingId) => {
    const into = absorbed.get(booking);
    return into ? store.ofBooking(into) : null;
  };
  const parts: TellParts = { store, post, links, fleet, origin, absorbedInto, clock };
  const telling = crewTelling(parts);
  const claims = sqliteClaims(db, clock);
  const agenda = sqliteAgenda(db, clock);
  const crewUps = crewing({ store, claims, fleet, clock, agenda, papers: papersOf(fleet) });
  const told: CrewEvent[] = [];
  const heard: CrewEvent[] = [];
  const hooks = {
    onEventChanged: async (event: CrewEvent) => {
      told.push(event);
      await crewUps.crewUp(event.id);
      await telling.tellCrew(event.id);
      await post.deliverDue();
    },
    onAnswered: async (event: CrewEvent) => {
      heard.push(event);
      await crewUps.crewUp(event.id);
    },
  };
  const events = crewEventSurface({ store, fleet, clock, random, crewing: crewUps, papers: papersOf(fleet) });
  const letters = crewLetterSurface({ store, fleet, telling });
  const byHand = crewByHand({ store, links, fleet, clock, crewing: crewUps, ...hooks });

  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('content-security-policy', contentSecurityPolicy);
  });
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    return c.json({ ...error.data, code: error.code, detail: error.message, cure: error.cure }, 422);
  });
  app.route(
    '/',
    eventRoutes({
      store,
      links,
      fleet,
      egress: way,
      clock,
      random,
      log: silentLog,
      origin,
      async authorize(c: Context) {
        if (c.req.header('x-service-key') === 'good') return { label: 'dashboard' };
        throw new Refusal('service-key-missing', 'The request has no key.', 'Send X-Service-Key.');
      },
      bookingExists: async id => id === aBooking().id,
      onEventChanged: hooks.onEventChanged,
    }),
  );
  app.route(
    '/',
    crewPageRoutes({
      store,
      sessions: crewSessions({ store: sqliteSessionStore(db), links, clock, random }),
      cookie: sessionCookie('gangway_crew', schemeOfUrl),
      payCookie: sessionCookie('gangway_pay', schemeOfUrl),
      fleet,
      egress: way,
      clock,
      crewing: crewUps,
      feedUrl: async id => `https://crew.example/feeds/${id}-feed.ics`,
      greetDevice: async (_request, person) => `gangway_device=of-${person}`,
      onAnswered: hooks.onAnswered,
    }),
  );

  /** What fulfilment does with the two surfaces of this room for one revision, beliefs kept by digest. */
  const beliefs = new Map<string, Belief>();
  const converge = async (booking: Booking): Promise<Made[]> => {
    const cancelled = booking.status === 'cancelled';
    if (cancelled) await events.withdraw(booking, belief(booking, 'crew event', '-', ''));
    else for (const statement of await events.desired(booking)) await events.state(booking, statement, null);
    const wanted = cancelled ? [] : await letters.desired(booking);
    const made: Made[] = [];
    for (const statement of wanted) {
      const before = beliefs.get(statement.recipient) ?? null;
      if (before?.statedDigest === statement.digest) continue;
      made.push(await letters.state(booking, statement, before));
      beliefs.set(statement.recipient, belief(booking, 'crew letter', statement.recipient, statement.digest));
    }
    for (const [recipient, before] of beliefs) {
      if (wanted.some(statement => statement.recipient === recipient)) continue;
      made.push(await letters.withdraw(booking, before));
      beliefs.delete(recipient);
    }
    await post.deliverDue();
    return made;
  };

  const eventOf = async (booking: Booking): Promise<CrewEvent> => {
    const event = await store.ofBooking(booking.id);
    if (!event) throw new Error('the booking has no event');
    return event;
  };

  const lettersTo = (id: string) => sent.filter(letter => letter.to.address === `${id}@crew.example`);
  const tokenOf = (event: CrewEventId, id: string) =>
    links.issue({ purpose: 'crew', subject: event, holder: id, expiresAt: '2027-06-06T02:30:00Z' });

  return {
    ...{
      app,
      clock,
      store,
      links,
      post,
      telling,
      events,
      letters,
      absorbed,
      byHand,
      said,
      sent,
      mail,
      told,
      heard,
    },
    ...{ claims, agenda, crewing: crewUps },
    ...{ converge, eventOf, lettersTo, tokenOf, parts, origin },
  };
}

export type CrewWorld = ReturnType<typeof crewWorld>;

const belief = (booking: Booking, surface: Belief['surface'], recipient: string, digest: string): Belief => ({
  booking: booking.id,
  surface,
  recipient,
  desiredRevision: booking.revision,
  desiredDigest: digest,
  statedRevision: booking.revision,
  statedDigest: digest,
  state: 'stated',
  at: booking.recordedAt,
  attempts: 1,
  error: null,
  url: null,
  awaiting: null,
});
