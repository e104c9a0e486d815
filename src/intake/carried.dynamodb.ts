import { type CarriedByTable, rest } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { CarriedDelivery } from './carried.ts';
import { dynamoFeedInStore } from './feeds-in/feed-in-store.dynamodb.ts';
import type { FeedState } from './feeds-in/feed-in-store.ts';
import {
  bodyOf,
  type DeliveryRow,
  deliveryAt,
  deliveryEntries,
  messagePlaces,
  putBody,
} from './inbox.dynamodb.ts';

export const tableDeliveries: CarriedByTable<CarriedDelivery> = {
  word: 'DELIVERY',
  async of(table, { sk, value }) {
    if (sk !== deliveryAt('').sk) return null;
    const row = value as DeliveryRow;
    const { called, first } = messagePlaces(row.delivery);
    const digests = await table.list<string>({ pk: called });
    const digest = digests.find(each => each.value === row.delivery.id && each.sk !== first.sk)?.sk ?? '';
    const body = (await bodyOf(table, row)).toString('base64');
    return { delivery: row.delivery, dueAt: row.dueAt, digest, body };
  },
  put: (table, { delivery, dueAt, digest, body }) =>
    table.unit(async unit => {
      const { called, first } = messagePlaces(delivery);
      const parts = putBody(unit, delivery.id, Buffer.from(body, 'base64'));
      if (delivery.conflictsWith === null) unit.put(first, delivery.id);
      unit.put({ pk: called, sk: digest }, delivery.id);
      const row: DeliveryRow = { delivery, dueAt, parts };
      await keep(unit, deliveryAt(delivery.id), row, deliveryEntries);
    }),
};

export const tableFeedsIn: CarriedByTable<FeedState> = {
  word: 'FEED-IN',
  of: async (table, { pk, sk }) => (sk === '-' ? dynamoFeedInStore(table).find(rest(pk, 1)) : null),
  put: (table, state) => dynamoFeedInStore(table).put(state),
};
