import type { Link } from '#access/links.ts';
import type { Booking } from '#booking/booking.ts';
import type { Claim, Claims } from '#booking/claims.ts';
import type { Fleet } from '#booking/fleet.ts';
import { isHold, nameOf, zoneOf } from '#booking/holds.ts';
import type { Statement, Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { inZone } from '#lib/zoned.ts';
import type { Egress } from '#platform/egress.ts';
import { type CalendarEvent, writeCalendar } from '#platform/ical.ts';
import { type FeedAssignment, personFacts, vesselFacts } from './feed-facts.ts';
import { type Feed, type FeedEntry, type FeedFacts, type FeedStore, feedDigest } from './feed-store.ts';

export type FeedDeps = {
  readonly store: FeedStore;
  readonly fleet: Fleet;
  readonly assignmentsOf: (booking: Booking) => Promise<readonly FeedAssignment[]>;
  readonly clock: Clock;
};

type FeedStatement = Statement & { readonly facts: FeedFacts };

/** The two surfaces that fill the feeds. */
export const feedSurfaces = (deps: FeedDeps): readonly [Surface<FeedStatement>, Surface<FeedStatement>] => [
  personFeed(deps),
  vesselFeed(deps),
];

/** Each assigned person's own calendar: when and where to be, what for. */
function personFeed(deps: FeedDeps): Surface<FeedStatement> {
  return feedSurface(deps, 'person', async booking =>
    (await deps.assignmentsOf(booking))
      .filter(place => place.answer !== 'declined')
      .map(place => ({ subject: place.person, facts: personFacts(booking, place, deps.fleet) })),
  );
}

/** When a vessel is busy, for whoever has to know: no names, no numbers. */
function vesselFeed(deps: FeedDeps): Surface<FeedStatement> {
  return feedSurface(deps, 'vessel', async booking => [
    { subject: booking.vessel, facts: vesselFacts(booking, deps.fleet) },
  ]);
}

function feedSurface(
  { store, clock }: FeedDeps,
  kind: Feed['kind'],
  factsFor: (booking: Booking) => Promise<readonly { subject: string; facts: FeedFacts }[]>,
): Surface<FeedStatement> {
  const as = ({ revision }: Booking) => ({ revision, at: isoInstant(clock.now()) });
  return {
    name: `${kind} feed`,
    fence: 'open',
    async desired(booking) {
      if (booking.status === 'cancelled') return [];
      return (await factsFor(booking)).map(({ subject, facts }) => ({
        recipient: subject,
        digest: feedDigest(facts),
        facts,
      }));
    },
    async state(booking, { recipient, facts }) {
      await store.put({ kind, subject: recipient }, booking.id, as(booking), facts);
      return { state: 'stated' };
    },
    async withdraw(booking, { recipient }) {
      const feed: Feed = { kind, subject: recipient };
      const entry = await store.find(feed, booking.id);
      if (entry) await store.put(feed, booking.id, as(booking), { ...entry, status: 'CANCELLED' });
      return { state: 'stated' };
    },
    async readBack(booking, recipient) {
      const entry = await store.find({ kind, subject: recipient }, booking.id);
      return entry && entry.status !== 'CANCELLED' ? feedDigest(entry) : null;
    },
  };
}

/** The link that opens a feed, to be issued or revoked: it holds until somebody revokes it. */
export const feedLink = ({ kind, subject }: Feed): Link => ({
  purpose: `${kind} feed`,
  subject,
  holder: kind === 'person' ? subject : '-',
  expiresAt: null,
});

const dayMs = 86_400_000;
/** How long a cancelled trip is still said to be cancelled: programs that poll weekly have to hear of it. */
const cancelledDays = 30;
/** How far back a feed goes. */
const pastDays = 365;

/** The `.ics` behind a feed's link as it is now, or null when the link opens no feed. Equal entries give equal bytes. */
export function feedFor(deps: {
  store: FeedStore;
  fleet: Fleet;
  egress: Egress;
  clock: Clock;
  /** What is kept free by hand: a vessel's feed says that she is busy then. */
  claims: Pick<Claims, 'ahead'>;
}): (link: Link) => Promise<string | null> {
  const { store, fleet, egress, clock, claims } = deps;
  return async link => {
    const feed = feedOf(link);
    const name = feed && feedName(feed, fleet);
    if (!feed || !name) return null;
    const entries = await store.list(feed, {
      endsAfter: isoInstant(clock.now() - pastDays * dayMs),
      cancelledAfter: isoInstant(clock.now() - cancelledDays * dayMs),
    });
    const held =
      feed.kind === 'vessel' ? await claims.ahead(`vessel ${feed.subject}`, isoInstant(clock.now())) : [];
    const body = writeCalendar({
      method: 'PUBLISH',
      name,
      refreshMinutes: 60,
      events: [
        ...entries.map(eventOf),
        ...held.filter(({ holder }) => isHold(holder)).map(claim => heldEvent(claim, fleet)),
      ],
    });
    await egress.emit({
      audience: feed.kind === 'person' ? 'crew' : 'public',
      channel: 'feed',
      about: entries.map(entry => entry.booking),
      // As it reads unfolded: an amount must not hide in a fold.
      body: body.replace(/\r?\n[ \t]/g, ''),
    });
    return body;
  };
}

const eventOf = ({ uid, sequence, status, start, end, summary, ...rest }: FeedEntry): CalendarEvent => ({
  uid,
  sequence,
  status,
  start,
  end,
  summary: status === 'CANCELLED' ? `Cancelled: ${summary}` : summary,
  stamp: rest.changedAt,
  ...(rest.location && { location: rest.location }),
  ...(rest.description && { description: rest.description }),
  ...(rest.geo && { geo: rest.geo }),
});

/** Time kept free by hand, without its reason. A hold never changes, so its first word is its last. */
function heldEvent({ what, holder, from, until }: Claim, fleet: Fleet): CalendarEvent {
  const zone = zoneOf(fleet, what);
  return {
    uid: `${holder}@${fleet.house.host}`,
    sequence: 0,
    status: 'CONFIRMED',
    start: inZone(from, zone),
    end: inZone(until, zone),
    summary: `${nameOf(fleet, what)}: not available`,
    stamp: from,
  };
}

function feedOf({ purpose, subject }: Link): Feed | null {
  if (purpose === 'person feed') return { kind: 'person', subject };
  if (purpose === 'vessel feed') return { kind: 'vessel', subject };
  return null;
}

function feedName({ kind, subject }: Feed, fleet: Fleet): string | null {
  if (kind === 'vessel') return fleet.vessel(subject)?.name ?? null;
  const person = fleet.person(subject);
  return person && `${fleet.house.name}: ${person.firstName}`;
}
