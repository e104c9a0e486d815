import type { Booking } from '#booking/booking.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { Egress } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import type { Outside } from '#platform/outside.ts';
import { type Announcement, type Endpoint, resendAfter, type Sending } from './announcement.ts';
import type { AnnouncementStore, Tried } from './announcement-store.ts';
import { type MoneySaid, payloadOf } from './payload.ts';

/** Brings announcements to their endpoints. */
export type Delivery = {
  /** Sends what is due. Safe at any moment; endpoints do not wait for each other. */
  deliverDue(): Promise<void>;
  /** Something may be due: looks soon, and is not waited for. */
  nudge(): void;
  /** Waits for what is on its way; nothing new is begun. */
  close(): Promise<void>;
};

const timeoutMs = 15_000;
/** So many for one endpoint in one go; what is left is due still. */
const batch = 100;

/**
 * Every message is signed as Standard Webhooks has it, under the id of its announcement, so that one that was sent twice
 * because of a crash is known for what it is. Any 2xx takes it, 410 disables the endpoint, anything else is tried again
 * after `resendAfter`. What is not for an owner passes the egress as an operator's page does.
 */
export function delivery(it: {
  store: AnnouncementStore;
  endpoints: readonly Endpoint[];
  outside: Outside;
  egress: Egress;
  bookingAt: (id: string, revision: number | null) => Promise<Booking | null>;
  moneyOf: (booking: string) => Promise<MoneySaid | null>;
  clock: Clock;
  log: Log;
  count: (name: 'announcements', labels: { endpoint: string; outcome: string }) => void;
}): Delivery {
  const { store, clock, log } = it;
  const known = new Map(it.endpoints.map(endpoint => [endpoint.id, endpoint]));
  let running: Promise<void> | null = null;
  let callOff = () => {};
  let closed = false;

  const bodyFor = async ({ booking: id, revision, ...rest }: Announcement, endpoint: Endpoint) => {
    const booking = id === null ? null : await it.bookingAt(id, revision);
    if (id !== null && (!booking || booking.forgottenAt)) return null;
    const announcement = { ...rest, booking: id, revision };
    const money = endpoint.audience === 'owner' && id !== null ? await it.moneyOf(id) : undefined;
    const body = payloadOf(announcement, booking, money);
    await it.egress.emit({
      audience: endpoint.audience,
      channel: 'webhook',
      about: id === null ? [] : [id],
      body,
    });
    return body;
  };

  const attempt = async ({ announcement, attempts }: Sending, endpoint: Endpoint): Promise<Tried> => {
    const again = (status: number | null, reason: string, atLeastMs = 0): Tried => {
      const seconds = resendAfter[attempts];
      const nextAt =
        seconds === undefined ? null : isoInstant(clock.now() + Math.max(seconds * 1000, atLeastMs));
      return { kind: 'not taken', status, reason, nextAt };
    };
    const never = (status: number | null, reason: string): Tried => ({
      kind: 'not taken',
      status,
      reason,
      nextAt: null,
    });
    try {
      const body = await bodyFor(announcement, endpoint);
      if (body === null) return never(null, 'The booking or its guest is no longer kept.');
      const { status, headers } = await it.outside({
        url: endpoint.url,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Gangway',
          ...(await signed(announcement.id, body, endpoint)),
        },
        body,
        timeoutMs,
        mostBytes: 64 * 1024,
        isNearby: endpoint.isNearby,
      });
      if (status >= 200 && status < 300) return { kind: 'delivered', status };
      if (status === 410) {
        await store.disable(endpoint.id, 'It answered 410 Gone.');
        log.error('an endpoint wants nothing more and was disabled', { endpoint: endpoint.id });
        return again(status, 'It answered 410 Gone.');
      }
      const pause = Number(headers['retry-after']);
      return again(status, `It answered with ${status}.`, pause > 0 ? Math.min(pause, 86_400) * 1000 : 0);
    } catch (error) {
      if (error instanceof Unavailable) {
        // A long answer is an answer: its status is lost, so it is sent again.
        return error.retryable || error.code === 'outside-too-long'
          ? again(null, error.message)
          : never(null, error.message);
      }
      if (error instanceof Refusal) return never(null, error.message);
      throw error;
    }
  };

  const signed = async (id: string, body: string, { secrets }: Endpoint) => {
    // Loaded for the first: a page of the desk does not wait for it.
    const { signatureOf } = await import('./signature.ts');
    const at = new Date(clock.now());
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatureOf(id, at, body, secrets),
    };
  };

  const sendOne = async (sending: Sending) => {
    const { announcement, endpoint: id } = sending;
    const endpoint = known.get(id);
    const how: Tried = endpoint
      ? await attempt(sending, endpoint)
      : {
          kind: 'not taken',
          status: null,
          reason: 'The configuration knows no such endpoint any more.',
          nextAt: null,
        };
    await store.tried(announcement.id, id, how);
    const outcome = how.kind === 'delivered' ? 'delivered' : how.nextAt === null ? 'failed' : 'again';
    it.count('announcements', { endpoint: id, outcome });
    if (outcome === 'failed')
      log.error('an announcement was given up until a person replays it', {
        endpoint: id,
        delivery: announcement.id,
      });
  };

  const sendAll = async () => {
    const due = await store.due(batch * Math.max(1, known.size));
    await Promise.all(
      [...Map.groupBy(due, ({ endpoint }) => endpoint).values()].map(async queue => {
        for (const sending of queue.slice(0, batch)) {
          if (closed) return;
          // What was behind one that disabled the endpoint waits with it.
          if ((await store.disabled()).some(({ endpoint }) => endpoint === sending.endpoint)) return;
          await sendOne(sending);
        }
      }),
    );
  };

  const wakeLater = async () => {
    callOff();
    const next = closed ? null : await store.nextDue();
    if (next === null || closed) return;
    callOff = clock.after(Math.max(1000, Date.parse(next) - clock.now()), self.nudge);
  };

  const self: Delivery = {
    async deliverDue() {
      if (known.size === 0 || closed) return;
      running ??= sendAll()
        .then(wakeLater)
        .finally(() => {
          running = null;
        });
      await running;
    },
    nudge() {
      void self.deliverDue().catch(error => log.error('announcements could not be sent', { error }));
    },
    async close() {
      closed = true;
      callOff();
      await running;
    },
  };
  return self;
}
