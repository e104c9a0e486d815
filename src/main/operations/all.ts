import * as z from 'zod';
import { addBooking } from '#booking/add-booking.ts';
import type { BookingId } from '#booking/booking.ts';
import { cancelBooking } from '#booking/cancel-booking.ts';
import { correctBooking } from '#booking/correct-booking.ts';
import { moveBooking } from '#booking/move-booking.ts';
import { restoreBooking } from '#booking/restore-booking.ts';
import { bookingMeant, type Done } from '#booking/speak-for-desk.ts';
import { partsSeen } from '#booking/split-booking.ts';
import { ledgerText, monthText } from '#finances/money-text.ts';
import { moneyShown, monthCsv, monthStatement } from '#finances/reports.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import { pageComposer } from '#guest-page/compose-page.ts';
import { previewPage } from '#guest-page/page.tsx';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import { Refusal } from '#lib/refusal.ts';
import { dayOf, inZone } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { feedInOperations } from '../rooms/feeds-in.ts';
import type { IntakeRoom } from '../rooms/intake.ts';
import { mailTroubles } from '../rooms/mail-troubles.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { PhotoRoom } from '../rooms/photos.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { rosterChanged } from '../rooms/roster-changed.ts';
import type { Manifest } from './backup.ts';
import { crewOperations, rosterHands } from './crew.ts';
import { feedOperations } from './feed.ts';
import { forgetByHand } from './forget-by-hand.ts';
import { heldLetterOperations } from './held-letters.ts';
import { holdOperations } from './hold.ts';
import { intakeOperations } from './intake.ts';
import { mailTroubleOperations } from './mail-trouble.ts';
import { mergeByHand } from './merge-by-hand.ts';
import { bookingIdShape, type Operations, operation, text } from './operations.ts';
import { photoOperations } from './photo.ts';
import { reconcileOperation } from './reconcile.ts';
import { routeIn } from './route-in.ts';
import { splitByHand } from './split-by-hand.ts';
import { webhookOperations } from './webhook.ts';
import { writeOver } from './write-over.ts';

export type OperationParts = {
  of: Rooms;
  options: RoomOptions;
  fulfil: Fulfilling;
  photos: PhotoRoom;
  /** Waits until everything that is due has been done. */
  settle: () => Promise<void>;
  intake: IntakeRoom;
  feeds: FeedsIn;
  /** Copies everything into a new folder, while it runs. */
  backUp: (folder: string) => Promise<Manifest>;
};

const onBooking = z.object({ booking: bookingIdShape });
const optional = text.optional();

/** What the command line can have done. Whoever may read the data folder may do all of it. */
export function operations(parts: OperationParts): Operations {
  const { of, options, fulfil, photos, settle, intake } = parts;
  const { config, clock, at } = options;
  const { fleet, shape } = config;
  const { bookingDesk: desk } = of;

  const found = (id: string) => bookingMeant(desk, id as BookingId);
  const done = async (result: Promise<Done>) => {
    const outcome = await result;
    if (outcome.booking) await fulfil.fulfil(outcome.booking);
    for (const id of outcome.absorbed) await fulfil.fulfil(await found(id));
    return { kind: outcome.kind, booking: outcome.booking };
  };
  const board = async (id: string) => {
    const booking = await found(id);
    const surfaces = [...(await of.open.beliefs.of(booking.id)), ...(await of.owner.beliefs.of(booking.id))];
    const settled = surfaces.every(({ state }) => state === 'stated' || state === 'withdrawn');
    return { booking: booking.id, revision: booking.revision, settled, surfaces };
  };

  const mustKnow = (person: string) => {
    if (fleet.person(person)) return;
    throw new Refusal(
      'person-unknown',
      `There is no person ${person}.`,
      `People: ${fleet.people.map(({ id }) => id).join(', ')}.`,
    );
  };

  return {
    'booking list': operation(
      z.object({
        when: z.enum(['upcoming', 'past', 'cancelled', 'all']).default('upcoming'),
        vessel: optional,
        text: optional,
        limit: z.int().min(1).max(1000).default(50),
      }),
      async ({ when, vessel, text: words, limit }) => {
        const now = new Date(clock.now()).toISOString();
        const rows = await of.bookings.list({
          ...(when === 'upcoming' ? { from: now } : when === 'past' ? { to: now } : {}),
          ...(when === 'cancelled' ? { status: 'cancelled' as const } : {}),
          ...(vessel ? { vessel } : {}),
          ...(words ? { text: words } : {}),
          limit,
        });
        return when === 'upcoming' ? rows.filter(({ status }) => status !== 'cancelled') : rows;
      },
    ),
    'booking show': operation(onBooking, ({ booking }) => found(booking)),
    'booking add': operation(
      z.object({
        vessel: text,
        start: text,
        end: text,
        guest: text,
        party: z.int(),
        email: optional,
        phone: optional,
        tentative: z.boolean().default(false),
        despite: optional,
      }),
      ({ vessel, start, end, guest, party, email, phone, tentative, despite }, by) => {
        const hours = /^(\d{1,2}(?:\.\d+)?)h$/.exec(end)?.[1];
        const entered = {
          vessel,
          start,
          end: hours ? { hours: Number(hours) } : end,
          guestName: guest,
          guestEmail: email ?? null,
          guestPhone: phone ?? null,
          partySize: party,
          status: tentative ? ('tentative' as const) : ('confirmed' as const),
        };
        return done(addBooking(desk, entered, { by, ...(despite ? { despite } : {}) }));
      },
    ),
    'booking move': operation(
      onBooking.extend({ start: optional, end: optional, vessel: optional, despite: optional }),
      ({ booking, start, end, vessel, despite }, by) =>
        done(
          moveBooking(
            desk,
            booking as BookingId,
            { ...(start ? { start } : {}), ...(end ? { end } : {}), ...(vessel ? { vessel } : {}) },
            { by, ...(despite ? { despite } : {}) },
          ),
        ),
    ),
    'booking correct': operation(
      onBooking.extend({ guest: optional, email: optional, phone: optional, party: z.int().optional() }),
      ({ booking, guest, email, phone, party }, by) => {
        const correction = {
          ...(guest ? { guestName: guest } : {}),
          ...(email ? { guestEmail: email } : {}),
          ...(phone ? { guestPhone: phone } : {}),
          ...(party === undefined ? {} : { partySize: party }),
        };
        return done(correctBooking(desk, booking as BookingId, correction, { by }));
      },
    ),
    'booking merge': operation(onBooking.extend({ other: bookingIdShape }), ({ booking, other }, by) =>
      done(mergeByHand(of, intake, booking as BookingId, other as BookingId, { by })),
    ),
    'booking split': operation(
      onBooking.extend({ name: text.optional(), why: z.string().max(300).default('') }),
      async ({ booking, name, why }, by) => {
        const { id } = await found(booking);
        if (name === undefined) return { parts: await partsSeen(of, id) };
        const [source = '', ...rest] = name.split(':');
        const chosen = { source, externalId: rest.join(':') };
        return splitByHand(of, intake, fulfil, id, chosen, { by, why });
      },
    ),
    'booking cancel': operation(onBooking, ({ booking }, by) =>
      done(cancelBooking(desk, booking as BookingId, { by })),
    ),
    'booking restore': operation(onBooking, ({ booking }, by) =>
      done(restoreBooking(desk, booking as BookingId, { by })),
    ),
    'booking forget': operation(onBooking, ({ booking }) => forgetByHand(of, fulfil, booking as BookingId)),
    beliefs: operation(onBooking, ({ booking }) => board(booking)),
    settle: operation(onBooking, async ({ booking }) => {
      await settle();
      return board(booking);
    }),
    retry: operation(onBooking.extend({ overwrite: z.boolean().default(false) }), async (input, by) => {
      const { id } = await found(input.booking);
      await (input.overwrite ? writeOver(of, fulfil)(id, by) : fulfil.again(id));
      return { retried: id };
    }),
    backup: operation(z.object({ folder: z.string().min(1).max(4096) }), ({ folder }) =>
      parts.backUp(folder),
    ),
    ...heldLetterOperations([of.open.held, of.owner.held]),
    ...mailTroubleOperations(mailTroubles(of, options, fulfil)),
    reconcile: reconcileOperation({ fleet, pages: of.pages, host: of.host, fulfil, settle }),
    ...intakeOperations(intake, settle),
    'money show': operation(onBooking, async ({ booking }) => {
      const { id } = await found(booking);
      return {
        ...(await moneyShown(of.finances, id, shape.money.currency)),
        text: ledgerText(await of.finances.ledger(id)),
      };
    }),
    'money report': operation(
      z.object({
        month: z
          .string()
          .regex(/^\d{4}-\d{2}$/, 'a month such as 2027-05')
          .optional(),
      }),
      async ({ month }) => {
        const which = month ?? dayOf(inZone(clock.now(), fleet.house.zone)).slice(0, 7);
        const statement = await monthStatement(of.finances, which, shape.money.currency);
        return { month: which, csv: monthCsv(statement), text: monthText(statement) };
      },
    ),
    route: operation(z.object({ brand: text, path: text }), async ({ brand, path }) =>
      routeIn(fleet, brand, path),
    ),
    'page preview': operation(onBooking, async ({ booking }) => ({
      html: previewPage(await pageComposer(of.pageParts).view(await found(booking))),
    })),
    'key create': operation(
      z.object({ label: text, scopes: z.array(z.enum(['events', 'calendar', 'operations'])).min(1) }),
      async ({ label, scopes }) => {
        const { key, serviceKey } = await of.keys.create(label, scopes);
        return { ...serviceKey, key };
      },
    ),
    'key list': operation(z.object({}), () => of.keys.list()),
    'key revoke': operation(z.object({ id: text }), async ({ id }) => {
      await of.keys.revoke(id);
      return { revoked: id };
    }),
    'key sign-in': operation(z.object({ person: text }), async ({ person }) => {
      mustKnow(person);
      const { token, expiresAt } = await of.people.signInLink(person);
      return { url: at.of(paths.deskSignIn(token)), expiresAt };
    }),
    'key sign-out': operation(z.object({ person: text }), async ({ person }) => {
      mustKnow(person);
      await of.people.revokeAll(person);
      await of.payees.revokeAll(person);
      return { person };
    }),
    ...feedOperations(of, options),
    ...feedInOperations(parts.feeds),
    ...crewOperations(of, rosterHands(of, options, rosterChanged(of, fulfil)), settle),
    ...webhookOperations(of),
    ...holdOperations(of),
    ...photoOperations(of, photos.decisions, settle),
  };
}
