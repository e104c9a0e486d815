import * as accessTable from '#access/carried.dynamodb.ts';
import * as access from '#access/carried.sqlite.ts';
import * as announcementsTable from '#announcements/carried.dynamodb.ts';
import * as announcements from '#announcements/carried.sqlite.ts';
import { announcementOrder } from '#announcements/carried.ts';
import * as bookingTable from '#booking/carried.dynamodb.ts';
import * as booking from '#booking/carried.sqlite.ts';
import * as calendarTable from '#calendar/carried.dynamodb.ts';
import * as calendar from '#calendar/carried.sqlite.ts';
import * as crewTable from '#crew/carried.dynamodb.ts';
import * as crew from '#crew/carried.sqlite.ts';
import * as durableTable from '#durable/carried.dynamodb.ts';
import * as durable from '#durable/carried.sqlite.ts';
import * as financesTable from '#finances/carried.dynamodb.ts';
import * as finances from '#finances/carried.sqlite.ts';
import * as fulfilmentTable from '#fulfilment/carried.dynamodb.ts';
import * as fulfilment from '#fulfilment/carried.sqlite.ts';
import * as pageTable from '#guest-page/carried.dynamodb.ts';
import * as page from '#guest-page/carried.sqlite.ts';
import * as intakeTable from '#intake/carried.dynamodb.ts';
import * as intake from '#intake/carried.sqlite.ts';
import * as mailTable from '#mail/carried.dynamodb.ts';
import * as mail from '#mail/carried.sqlite.ts';
import { letterOrder } from '#mail/carried.ts';
import * as photosTable from '#photos/carried.dynamodb.ts';
import * as photos from '#photos/carried.sqlite.ts';
import type { CarriedBySqlite, CarriedByTable } from '#platform/carried.ts';

/** On which side of the money fence something lies. */
export type Side = 'open' | 'money';

/** One kind of record of an export: a part of its own, and where it lies in each edition. */
export type Kind = {
  readonly name: string;
  readonly side: Side;
  /** Names a record among its kind, and puts them in order. */
  readonly keyOf: (record: never) => string;
  readonly sqlite: CarriedBySqlite<object>;
  readonly table: CarriedByTable<object>;
  /** Where it lies in a table, if not on its own side: announcements hold ids, which functions of crew may write. */
  readonly inTable: Side;
  /** A house that was only just set up may have some of these: it read a calendar, somebody signed in. */
  readonly mayBeThere: boolean;
};

const earlyKinds = ['link', 'service-key', 'device', 'feed-in'];

function kind<R extends object>(
  side: Side,
  name: string,
  keyOf: (record: R) => string,
  sqlite: CarriedBySqlite<R>,
  table: CarriedByTable<R>,
  inTable: Side = side,
): Kind {
  return { name, side, keyOf, sqlite, table, inTable, mayBeThere: earlyKinds.includes(name) };
}

const several = (...parts: readonly string[]) => JSON.stringify(parts);

/**
 * Everything a house keeps, in the order in which it is put in place: what calls for work comes when all it needs is
 * there. Sessions are left out: people sign in once more. So is what lasts for minutes: turns, and the rests of the post.
 */
export const kinds: readonly Kind[] = [
  kind(
    'open',
    'link',
    it => several(it.purpose, it.subject, it.holder),
    access.carriedLinks,
    accessTable.tableLinks,
  ),
  kind('open', 'service-key', it => it.id, access.carriedKeys, accessTable.tableKeys),
  kind(
    'open',
    'device',
    it => several(it.door, it.person, it.hash),
    access.carriedDevices,
    accessTable.tableDevices,
  ),
  kind('open', 'suppressed', it => it.address, mail.carriedSuppressions, mailTable.tableSuppressions),
  kind('open', 'feed-in', it => it.feed, intake.carriedFeedsIn, intakeTable.tableFeedsIn),
  kind('open', 'settlement', it => it.conflict, booking.carriedSettlements, bookingTable.tableSettlements),
  kind('open', 'claim', it => several(it.what, it.holder), booking.carriedClaims, bookingTable.tableClaims),
  kind('open', 'page', it => it.booking, page.carriedPages, pageTable.tablePages),
  kind('open', 'wishes', it => it.booking, page.carriedWishes, pageTable.tableWishes),
  kind('open', 'calendar-entry', it => it.entry.id, calendar.carriedEntries, calendarTable.tableEntries),
  kind(
    'open',
    'feed-entry',
    it => several(it.kind, it.subject, it.entry.booking),
    calendar.carriedFeedEntries,
    calendarTable.tableFeedEntries,
  ),
  kind(
    'open',
    'belief',
    it => several(it.booking, it.surface, it.recipient),
    fulfilment.carriedBeliefs,
    fulfilmentTable.tableBeliefs,
  ),
  kind('open', 'letter', letterOrder, mail.carriedLetters, mailTable.tableLetters),
  kind('money', 'note', it => it.booking, finances.carriedNotes, financesTable.tableNotes),
  kind(
    'money',
    'amount',
    it => several(it.booking, it.decimal, it.payee),
    finances.carriedAmounts,
    financesTable.tableAmounts,
  ),
  kind('money', 'ledger', it => it.ledger.booking, finances.carriedLedgers, financesTable.tableLedgers),
  kind('money', 'said', it => it.booking, finances.carriedSaid, financesTable.tableSaid),
  kind(
    'money',
    'belief',
    it => several(it.booking, it.surface, it.recipient),
    fulfilment.carriedBeliefs,
    fulfilmentTable.tableBeliefs,
  ),
  kind('money', 'letter', letterOrder, mail.carriedLetters, mailTable.tableLetters),
  kind(
    'money',
    'endpoint-off',
    it => it.endpoint,
    announcements.carriedDisabled,
    announcementsTable.tableDisabled,
    'open',
  ),
  kind(
    'money',
    'announcement',
    announcementOrder,
    announcements.carriedAnnouncements,
    announcementsTable.tableAnnouncements,
    'open',
  ),
  kind('open', 'photo', it => it.id, photos.carriedPhotos, photosTable.tablePhotos),
  kind('open', 'crew-event', it => it.event.id, crew.carriedEvents, crewTable.tableEvents),
  kind('open', 'crew-request', it => it.key, crew.carriedRequests, crewTable.tableRequests),
  kind('open', 'booking', it => it.id, booking.carriedBookings, bookingTable.tableBookings),
  kind(
    'open',
    'booking-name',
    it => several(it.source, it.externalId),
    booking.carriedNames,
    bookingTable.tableNames,
  ),
  kind('money', 'delivery', it => it.delivery.id, intake.carriedDeliveries, intakeTable.tableDeliveries),
  kind('open', 'drive', it => it.booking, fulfilment.carriedDrives, fulfilmentTable.tableDrives),
  kind('money', 'drive', it => it.booking, fulfilment.carriedDrives, fulfilmentTable.tableDrives),
  kind('open', 'due', it => several(it.subject, it.kind), durable.carriedDues, durableTable.tableDues),
];

/** The name of a kind's part in an export. */
export const partOf = ({ side, name }: Kind): string => `${side}/${name}.ndjson`;
