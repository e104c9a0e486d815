import type { Booking } from '#booking/booking.ts';
import { type Belief, nobody } from '#booking/surface.ts';
import type { CrewEvent } from '#crew/crew.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Announcement, Endpoint } from './announcement.ts';
import type { AnnouncementStore } from './announcement-store.ts';

/** Notes what happened for the endpoints that want to know. Everything may be repeated: each thing is announced once. */
export type Announce = {
  /** A revision of a booking; the first one that is announced is its creation. */
  booking(booking: Booking): Promise<void>;
  /** Whoever has answered by now. */
  answers(event: CrewEvent): Promise<void>;
  /** Surfaces that fail or were given up on. */
  failing(beliefs: readonly Belief[], fence: Announcement['fence']): Promise<void>;
};

/** Seconds until an owner's endpoint is first told of a booking: the books are drawn up meanwhile. */
const booksTake = 30;

export function announceTo(it: {
  store: AnnouncementStore;
  endpoints: readonly Endpoint[];
  clock: Clock;
  /** Something is due now, or soon. */
  nudge: () => void;
}): Announce {
  const { store, endpoints, clock, nudge } = it;

  const announce = async (what: Omit<Announcement, 'id' | 'at'>) => {
    const now = clock.now();
    const wanted = endpoints.filter(
      ({ events, audience }) => events.includes(what.kind) && (what.fence === 'open' || audience === 'owner'),
    );
    if (wanted.length === 0) return;
    const to = wanted.map(({ id, audience }) => {
      const waits = audience === 'owner' && what.kind.startsWith('booking.') ? booksTake * 1000 : 0;
      return { endpoint: id, dueAt: isoInstant(now + waits) };
    });
    if (await store.announce({ ...what, at: isoInstant(now) }, to)) nudge();
  };

  return {
    async booking({ id, revision, status }) {
      if (endpoints.length === 0) return;
      const before = await store.announced(id);
      if (before !== null && before >= revision) return;
      const kind =
        status === 'cancelled'
          ? 'booking.cancelled'
          : before === null
            ? 'booking.created'
            : 'booking.changed';
      await announce({ key: `${id} ${revision}`, kind, booking: id, revision, fence: 'open', detail: {} });
    },
    async answers({ id, booking, roster }) {
      for (const { person, role, answer, answeredAt, answeredBy } of roster) {
        if (answer === 'unknown' || answeredAt === null) continue;
        await announce({
          key: `${id} ${person} ${answeredAt}`,
          kind: 'crew.answered',
          booking,
          revision: null,
          fence: 'open',
          detail: { event: id, person, role, answer, answered_at: answeredAt, answered_by: answeredBy },
        });
      }
    },
    async failing(beliefs, fence) {
      for (const { booking, surface, recipient, desiredRevision, state, error, at } of beliefs) {
        await announce({
          key: `${booking} ${surface} ${recipient} ${desiredRevision}`,
          kind: 'surface.failing',
          booking,
          revision: null,
          fence,
          // A recipient may be an address of the guest's.
          detail: {
            surface,
            recipient: recipient === nobody || recipient.includes('@') ? null : recipient,
            revision: desiredRevision,
            state,
            code: error?.code ?? null,
            since: at,
          },
        });
      }
    },
  };
}
