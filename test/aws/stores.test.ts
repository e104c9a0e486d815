import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceStoreContract } from '#access/device-store.contract.ts';
import { dynamoDeviceStore } from '#access/device-store.dynamodb.ts';
import { linksContract } from '#access/links.contract.ts';
import { dynamoLinks } from '#access/links.dynamodb.ts';
import { serviceKeyStoreContract } from '#access/service-key-store.contract.ts';
import { dynamoServiceKeyStore } from '#access/service-key-store.dynamodb.ts';
import { sessionStoreContract } from '#access/session-store.contract.ts';
import { dynamoSessionStore } from '#access/session-store.dynamodb.ts';
import { announcementStoreContract } from '#announcements/announcement-store.contract.ts';
import { dynamoAnnouncementStore } from '#announcements/announcement-store.dynamodb.ts';
import { bookingStoreContract } from '#booking/booking-store.contract.ts';
import { dynamoBookingStore } from '#booking/booking-store.dynamodb.ts';
import { claimsContract } from '#booking/claims.contract.ts';
import { dynamoClaims } from '#booking/claims.dynamodb.ts';
import { settlementsContract } from '#booking/settlements.contract.ts';
import { dynamoSettlements } from '#booking/settlements.dynamodb.ts';
import { calendarStoreContract } from '#calendar/calendar-store.contract.ts';
import { dynamoCalendarStore } from '#calendar/calendar-store.dynamodb.ts';
import { feedStoreContract } from '#calendar/feed-store.contract.ts';
import { dynamoFeedStore } from '#calendar/feed-store.dynamodb.ts';
import { crewStoreContract } from '#crew/crew-store.contract.ts';
import { dynamoCrewStore } from '#crew/crew-store.dynamodb.ts';
import { agendaContract } from '#durable/agenda.contract.ts';
import { dynamoAgenda } from '#durable/agenda.dynamodb.ts';
import { testBooking } from '#finances/books.fixture.ts';
import { canariesContract } from '#finances/canaries.contract.ts';
import { dynamoMoneyCanaries } from '#finances/canaries.dynamodb.ts';
import { financeStoreContract } from '#finances/finance-store.contract.ts';
import { dynamoFinanceStore } from '#finances/finance-store.dynamodb.ts';
import { beliefsContract } from '#fulfilment/beliefs.contract.ts';
import { dynamoBeliefs } from '#fulfilment/beliefs.dynamodb.ts';
import { drivesContract } from '#fulfilment/drives.contract.ts';
import { dynamoDrives } from '#fulfilment/drives.dynamodb.ts';
import { guestWishesContract } from '#guest-page/guest-wishes.contract.ts';
import { dynamoGuestWishes } from '#guest-page/guest-wishes.dynamodb.ts';
import { pageStoreContract } from '#guest-page/page-store.contract.ts';
import { dynamoPageStore } from '#guest-page/page-store.dynamodb.ts';
import { feedInStoreContract } from '#intake/feeds-in/feed-in-store.contract.ts';
import { dynamoFeedInStore } from '#intake/feeds-in/feed-in-store.dynamodb.ts';
import { inboxContract } from '#intake/inbox.contract.ts';
import { dynamoInbox } from '#intake/inbox.dynamodb.ts';
import { settableClock, systemClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { heldLettersContract } from '#mail/held-letters.contract.ts';
import { dynamoHeldLetters, holdDynamoLetters } from '#mail/held-letters.dynamodb.ts';
import { entries, type LetterRow, rowAt } from '#mail/letter-rows.dynamodb.ts';
import { postContract } from '#mail/post.contract.ts';
import { dynamoPost } from '#mail/post.dynamodb.ts';
import { officesIn } from '#mail/post.testing.ts';
import { suppressedContract } from '#mail/suppressed.contract.ts';
import { dynamoSuppressed } from '#mail/suppressed.dynamodb.ts';
import { kinds, partOf } from '#main/moving/kinds.ts';
import { tableArriving } from '#main/moving/table-house.dynamodb.ts';
import { notHere } from '#main/not-here.ts';
import { photoRecordsContract } from '#photos/photo-records.contract.ts';
import { dynamoPhotoRecords } from '#photos/photo-records.dynamodb.ts';
import { keep, listSpread } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import { turnsContract } from '#platform/turns.contract.ts';
import { dynamoTurns } from '#platform/turns.dynamodb.ts';
import { type DynamoStandIn, openDynamo } from '../stand-ins/dynamodb.ts';
import { lines, openPassage, putIntoTable, recordsByTable } from './moved.ts';

/** Every store of the AWS edition meets the contract of its embedded twin, over HTTP, on Amazon's DynamoDB Local. */
describe('the stores on DynamoDB', () => {
  let dynamo: DynamoStandIn;
  beforeAll(async () => {
    dynamo = await openDynamo();
  }, 60_000);
  afterAll(() => dynamo?.stop());
  const key = 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e';

  describe('sessions', () => sessionStoreContract(() => dynamoSessionStore(dynamo.fresh())));
  describe('devices', () => deviceStoreContract(() => dynamoDeviceStore(dynamo.fresh())));
  describe('service keys', () => serviceKeyStoreContract(() => dynamoServiceKeyStore(dynamo.fresh())));
  describe('links', () =>
    linksContract(clock => dynamoLinks({ table: dynamo.fresh(), clock, key }), { many: 50 }));
  describe('settlements', () => settlementsContract(() => dynamoSettlements(dynamo.fresh())));
  describe('feeds', () => feedStoreContract(() => dynamoFeedStore(dynamo.fresh())));
  describe('agenda', () => agendaContract(clock => dynamoAgenda(dynamo.fresh(), clock)));
  describe('drives', () => drivesContract(clock => dynamoDrives(dynamo.fresh(), clock)));
  describe('board', () => beliefsContract(() => dynamoBeliefs(dynamo.fresh())));
  describe('suppressed addresses', () => suppressedContract(() => dynamoSuppressed(dynamo.fresh())));
  describe('wishes', () => guestWishesContract(() => dynamoGuestWishes(dynamo.fresh())));
  describe('pages', () => pageStoreContract(() => dynamoPageStore(dynamo.fresh())));
  describe('bookings', () =>
    bookingStoreContract(house => dynamoBookingStore(dynamo.fresh(), house), { orders: 15 }));
  describe('claims', () =>
    claimsContract(
      () => {
        const clock = settableClock('2027-05-01T10:00:00Z');
        return { claims: dynamoClaims(dynamo.fresh(), clock), clock };
      },
      { many: 50 },
    ));
  describe('calendar', () =>
    calendarStoreContract(() =>
      dynamoCalendarStore(dynamo.fresh(), {
        clock: settableClock('2027-05-01T12:00:00Z'),
        random: seededRandom('calendar'),
      }),
    ));
  describe('crew events', () => crewStoreContract(() => dynamoCrewStore(dynamo.fresh())));
  describe('calendars of marketplaces', () => feedInStoreContract(() => dynamoFeedInStore(dynamo.fresh())));
  describe('inbox', () => inboxContract(house => dynamoInbox(dynamo.fresh(), house)));
  describe('books', () => financeStoreContract(() => dynamoFinanceStore(dynamo.fresh())));

  describe('canaries', () =>
    canariesContract(publicWords => {
      const table = dynamo.fresh();
      const bookingOf = async (id: string) => (id === 'evt_1' ? testBooking().id : null);
      const canaries = dynamoMoneyCanaries({ table, bookingOf, ...(publicWords ? { publicWords } : {}) });
      return { store: dynamoFinanceStore(table), canaries };
    }));
  describe('announcements', () =>
    announcementStoreContract(house => dynamoAnnouncementStore(dynamo.fresh(), house)));

  photoRecordsContract('DynamoDB', () => dynamoPhotoRecords(dynamo.fresh()));
  describe('post', () => {
    const tables = new Map<string, Table>();
    const office = officesIn((place = `post ${tables.size}`, parts) => {
      const table = tables.get(place) ?? dynamo.fresh();
      tables.set(place, table);
      return { post: dynamoPost({ table, ...parts }), place, table };
    });
    postContract(office);
    heldLettersContract({
      office,
      hold: ({ table }, since) => holdDynamoLetters(table, since),
      held: dynamoHeldLetters,
      leaveOnWire: ({ table }) => leaveOnWire(table),
    });
  });

  describe('turns', () =>
    turnsContract(() => {
      const table = dynamo.fresh();
      const random = seededRandom('turns');
      const open = (clock = systemClock) => dynamoTurns({ table, clock, random });
      return {
        open,
        async leaveBehind(key) {
          const longAgo = settableClock(systemClock.now() - 151_000);
          const begun = Promise.withResolvers<void>();
          void open(longAgo)(key, () => new Promise<never>(() => begun.resolve()));
          await begun.promise;
        },
      };
    }));

  it('are taken to the embedded edition and back with all they hold, record by record', async () => {
    const house = { clock: settableClock('2027-05-01T10:00:00Z'), random: seededRandom('off') };
    await dynamoAnnouncementStore(dynamo.fresh(), house).disable('books', 'answered 410');
    const passage = openPassage();
    const written = [...(await recordsByTable(dynamo)).values()].filter(records => records.size > 0);
    const moved: { home: string; expected: string[] }[] = [];
    for (const records of written) {
      const inBetween = await passage.through(records);
      expect(lines(inBetween)).toEqual(lines(records));
      const home = dynamo.freshName();
      await putIntoTable(home.table, inBetween);
      moved.push({ home: home.name, expected: lines(records) });
    }
    passage.close();
    const found = await recordsByTable(dynamo);
    for (const { home, expected } of moved) expect(lines(found.get(home) ?? new Map())).toEqual(expected);
    const seen = new Set(written.flatMap(records => [...records.keys()].map(({ table }) => table)));
    expect(kinds.filter(({ table }) => !seen.has(table)).map(partOf)).toEqual([]);
  }, 60_000);

  it('know which export is being put into them until that has ended', async () => {
    const { client, name } = dynamo;
    const into = tableArriving({
      client,
      name,
      table: dynamo.fresh(),
      pictures: notHere('pictures'),
      catchUp: async () => ({ held: 0, drift: 0 }),
    });
    expect(await into.begin('one')).toBe('fresh');
    expect(await into.begin('one')).toBe('begun');
    await into.isPut('one');
    expect(await into.begin('one')).toBe('put');
    await expect(into.begin('another')).rejects.toMatchObject({ code: 'import-other-unfinished' });
    await into.end();
    expect(await into.begin('another')).toBe('fresh');
  });

  it('use the partitions that docs/reference/dynamodb.md lists, and it lists no other', () => {
    const page = readFileSync(new URL('../../docs/reference/dynamodb.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| `([A-Z#-]+)` /gm)].map(([, word]) => word);
    expect(listed.toSorted()).toEqual([...dynamo.partitions].sort());
  });
});

/** As a function leaves the post when it dies while it hands over all that waits. */
async function leaveOnWire(table: Table): Promise<void> {
  for (const { value } of await listSpread<LetterRow>(table, { pk: 'LETTERS-IN#waiting' })) {
    const { posted } = value;
    const onWireUntil = posted.nextAt;
    await table.unit(unit => keep<LetterRow>(unit, rowAt(posted.id), { ...value, onWireUntil }, entries));
  }
}
