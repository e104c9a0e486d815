import { Hono } from 'hono';
import type { Booking, BookingId } from '#booking/booking.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import { explainDelivery, explainFile, meantByDelivery } from '#intake/explain.ts';
import type { Correction, Delivery, DeliveryId, Inbox, Meant } from '#intake/inbox.ts';
import { intakeFile } from '#intake/intake-file.ts';
import { lookUps } from '#intake/look-up.ts';
import { builtInTemplates } from '#intake/mail/built-in.ts';
import type { LookAtMail } from '#intake/mail/look-at-mail.ts';
import type { MailAccount } from '#intake/mail/mail-account.ts';
import { mailTools } from '#intake/mail/mail-tools.ts';
import { mailRoutes } from '#intake/mail/routes.ts';
import { takeMails } from '#intake/mail/take-mail.ts';
import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';
import { createIntake } from '#intake/process-delivery.ts';
import { type ReadingOrder, readingOrder } from '#intake/reading-order.ts';
import { webhookRoutes } from '#intake/routes.ts';
import type { Sources } from '#intake/source.ts';
import { adapters, source, sources } from '#intake/sources.ts';
import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';

/** What a way in needs: whose it could be, where to keep it, whom to tell. */
export type IntakeDoor = {
  sources: Sources;
  inbox: Inbox;
  clock: Clock;
  count: Metrics['count'];
  answering: ReadingOrder['answering'];
  /** A delivery is kept and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/** The intake as the rest of the program uses it. */
export type IntakeRoom = {
  routes: Hono;
  /** For whatever else brings mails in. */
  door: IntakeDoor;
  /** Reads one delivery, and waits for what it sets going. Safe to repeat. */
  read: (id: DeliveryId) => Promise<void>;
  processPending: () => Promise<void>;
  /** Waits for what is under way. */
  settled: () => Promise<void>;
  byHand: (source: string, body: Uint8Array) => Promise<{ text: string }>;
  /** How a mail would be read; changes nothing. */
  explain: (source: string, body: Uint8Array) => Promise<MailAccount>;
  /** How a kept mail was read; null for what is no mail, or gone. */
  account: (delivery: Delivery) => Promise<MailAccount | null>;
  /** What of a kept webhook a person may start from who says what it means. */
  meant: (delivery: Delivery) => Promise<Meant>;
  rerun: (id: DeliveryId, by: string) => Promise<Delivery>;
  correct: (id: DeliveryId, correction: Correction, by: string) => Promise<Delivery>;
  handOver: (absorbed: readonly BookingId[], into: BookingId) => Promise<void>;
  /** Waits for what is being read; nothing new is begun. */
  close: () => Promise<void>;
};

/** Intake on this fleet's sources: what is recorded starts fulfilment, what is said about money starts the books. */
export function intakeRoom(it: {
  of: Rooms;
  options: RoomOptions;
  fulfil: Pick<Fulfilling, 'fulfil' | 'rebook'>;
  dns: Resolver;
  /** Reads what strangers wrote elsewhere; here unless given. */
  look?: LookAtMail;
  reach: Outside;
  /** Has a delivery read elsewhere; in this process unless given. */
  handOver?: (id: DeliveryId) => Promise<void>;
}): IntakeRoom {
  const { of, options, fulfil, dns, reach } = it;
  const { config, clock, log } = options;
  const known = sources(config.shape.sources.map(declared => declaredSource(options, declared)));

  const here = mailTools(dns);
  const tools = it.look ? { ...here, look: it.look } : here;
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  /** Not waited for by whoever brought it; what fails here is found again by the tick. */
  const alongside = (what: string, work: () => Promise<unknown>) => {
    if (closed) return;
    const running = work()
      .catch(error => log.warn(what, { error }))
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };

  const intake = createIntake({
    inbox: of.inbox,
    sources: known,
    desk: of.bookingDesk,
    books: of.finances,
    mail: takeMails(tools, of.inbox),
    lookUp: lookUps({ inbox: of.inbox, outside: reach, clock }),
    log,
    count: of.numbers.count,
    onRecorded: (booking: Booking) =>
      alongside('fulfilment could not be started', () => fulfil.fulfil(booking)),
    onNoted: (booking: BookingId) => fulfil.rebook(booking),
  });

  const explaining = { inbox: of.inbox, sources: known, tools, fleet: config.fleet, clock };
  const account = (delivery: Delivery) => explainDelivery(explaining, delivery);

  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  const order = readingOrder(async id => {
    if (!closed) await (it.handOver ?? intake.process)(id);
  });
  const door: IntakeDoor = {
    sources: known,
    inbox: of.inbox,
    clock,
    count: of.numbers.count,
    answering: order.answering,
    onReceived: id => alongside('a delivery could not be read', () => order.inTurn(id)),
  };

  return {
    door,
    routes: new Hono().route('/', webhookRoutes(door)).route('/', mailRoutes(door)),
    async read(id) {
      await intake.process(id);
      await settled();
    },
    settled,
    async processPending() {
      await intake.processPending();
      await settled();
    },
    byHand: async (id, body) => {
      const { text, delivery, isRepeat } = await intakeFile(
        { inbox: of.inbox, sources: known, intake, account },
        { source: id, body, by: 'command line' },
      );
      return {
        text,
        delivery: delivery.id,
        state: delivery.state,
        problems: delivery.problems,
        outcome: delivery.outcome,
        isRepeat,
      };
    },
    explain: (id, body) => explainFile(explaining, { source: id, body, by: 'command line' }),
    account,
    meant: delivery => meantByDelivery(explaining, delivery),
    rerun: intake.rerun,
    correct: intake.correct,
    handOver: intake.handOver,
    async close() {
      closed = true;
      await settled();
    },
  };
}

function declaredSource(
  { config, at: { house } }: RoomOptions,
  declared: RoomOptions['config']['shape']['sources'][number],
) {
  const { id, kind, times, listings, hours, party, holdUnsigned, api, mail } = declared;
  const given = (...slots: Parameters<typeof config.secret>[0][]) =>
    slots.map(slot => config.secret(slot)).filter(secret => secret !== null);
  return source({
    id,
    kind,
    times,
    listings,
    hours,
    party,
    mapping: declared.mapping ?? null,
    signature: declared.signature ?? null,
    holdUnsigned,
    address: declared.address ?? `${house}${paths.webhook(id)}`,
    api: api
      ? {
          key: config.secret(`${id} api key`) ?? '',
          secret: config.secret(`${id} api secret`) ?? '',
          account: api.account ?? '',
          base: (api.base ?? adapters[kind].api?.base ?? '').replace(/\/+$/, ''),
        }
      : null,
    secrets: given(`${id} webhook secret`, `${id} next webhook secret`),
    urlSecrets: given(`${id} url secret`),
    mail: mail
      ? {
          templates: mail.templates.flatMap(one => (typeof one === 'string' ? builtInTemplates(one) : [one])),
          trust: {
            domains: mail.domains,
            plusHashes: given(`${id} mail address`).map(secret => sha256(secret.toLowerCase())),
            trustedReceiver: mail.trustedReceiver ?? null,
          },
        }
      : null,
  });
}
