import { dynamoDeviceStore } from '#access/device-store.dynamodb.ts';
import { dynamoLinks } from '#access/links.dynamodb.ts';
import type { Links } from '#access/links.ts';
import { dynamoServiceKeyStore } from '#access/service-key-store.dynamodb.ts';
import { dynamoSessionStore } from '#access/session-store.dynamodb.ts';
import { dynamoAnnouncementStore } from '#announcements/announcement-store.dynamodb.ts';
import { dynamoBookingStore } from '#booking/booking-store.dynamodb.ts';
import { dynamoClaims } from '#booking/claims.dynamodb.ts';
import { dynamoSettlements } from '#booking/settlements.dynamodb.ts';
import { dynamoCalendarStore } from '#calendar/calendar-store.dynamodb.ts';
import { dynamoFeedStore } from '#calendar/feed-store.dynamodb.ts';
import { dynamoCrewStore } from '#crew/crew-store.dynamodb.ts';
import { dynamoAgenda } from '#durable/agenda.dynamodb.ts';
import { dynamoBeliefs } from '#fulfilment/beliefs.dynamodb.ts';
import { dynamoDrives } from '#fulfilment/drives.dynamodb.ts';
import { dynamoGuestWishes } from '#guest-page/guest-wishes.dynamodb.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { dynamoPageStore } from '#guest-page/page-store.dynamodb.ts';
import { dynamoFeedInStore } from '#intake/feeds-in/feed-in-store.dynamodb.ts';
import { dynamoHeldLetters } from '#mail/held-letters.dynamodb.ts';
import type { Mailer } from '#mail/mailer.ts';
import { dynamoPost } from '#mail/post.dynamodb.ts';
import { dynamoSuppressed } from '#mail/suppressed.dynamodb.ts';
import { withholdingMailer } from '#mail/withholding-mailer.ts';
import { dynamoPhotoRecords } from '#photos/photo-records.dynamodb.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import type { Table } from '#platform/table.ts';
import { notHere } from '../not-here.ts';
import type { OpenStores, SideStores } from '../rooms/stores.ts';
import type { Afterwards } from './afterwards.ts';
import type { Means } from './means.ts';

/** What stands outside the table; a function that has none of one is given `notHere`. */
export type Beside = { mailer: Mailer; host: PageHost; photoStore: PhotoStore };

/** One side of the fence in its part of the table. Letters go out before the invocation ends. */
export const sideStores = (
  table: Table,
  { clock, log, table: open }: Means,
  outgoing: Mailer,
  afterwards: Afterwards,
): SideStores => {
  const mailer = withholdingMailer(outgoing, dynamoSuppressed(open), clock);
  return {
    beliefs: dynamoBeliefs(table),
    drives: dynamoDrives(table, clock),
    post: parts => afterwards.delivering(dynamoPost({ table, mailer, clock, log, ...parts })),
    held: post => dynamoHeldLetters({ table, post, clock }),
  };
};

/** Everything in the open partitions of the table. Every write is durable, so nothing is kept twice. */
export function openStores(means: Means, beside: Beside, afterwards: Afterwards): OpenStores {
  const { table, clock, random } = means;
  const house = { clock, random };
  const suppressed = dynamoSuppressed(table);
  const told = {
    bookings: dynamoBookingStore(table, house),
    claims: dynamoClaims(table, clock),
    crew: dynamoCrewStore(table),
    calendar: dynamoCalendarStore(table, house),
    links: linksOf(means),
  };
  return {
    ...sideStores(table, means, beside.mailer, afterwards),
    ...told,
    suppressed,
    told,
    settlements: dynamoSettlements(table),
    feeds: dynamoFeedStore(table),
    feedsIn: dynamoFeedInStore(table),
    pages: dynamoPageStore(table),
    wishes: dynamoGuestWishes(table),
    agenda: dynamoAgenda(table, clock),
    photos: dynamoPhotoRecords(table),
    photoStore: beside.photoStore,
    host: beside.host,
    sessions: dynamoSessionStore(table),
    devices: dynamoDeviceStore(table),
    serviceKeys: dynamoServiceKeyStore(table),
    announcements: dynamoAnnouncementStore(table, house),
  };
}

/** Without their key no link is made or opened, rather than with an empty one. */
function linksOf({ table, clock, config }: Means): Links {
  const key = config.secret('link key');
  return key === null ? notHere('links') : dynamoLinks({ table, clock, key });
}
