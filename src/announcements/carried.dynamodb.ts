import { type CarriedByTable, carriedItems } from '#platform/carried.ts';
import { keep } from '#platform/indexed.ts';
import type { Announcement, Sending } from './announcement.ts';
import {
  announcementAt,
  endpointAt,
  keyAt,
  lastOf,
  ofBooking,
  offAt,
  sendingAt,
  sendingEntries,
} from './announcement-store.dynamodb.ts';
import type { Disabled } from './announcement-store.ts';
import type { CarriedAnnouncement } from './carried.ts';

export const tableAnnouncements: CarriedByTable<CarriedAnnouncement> = {
  word: 'ANNOUNCEMENT',
  async of(table, { pk, sk, value }) {
    if (sk !== announcementAt('').sk) return null;
    const sendings = await table.list<Sending>({ pk, prefix: 'TO#' });
    return {
      announcement: value as Announcement,
      to: sendings.map(({ value: { announcement: _, ...sending } }) => sending),
    };
  },
  async put(table, { announcement, to }) {
    const { id, key, booking, revision } = announcement;
    await table.unit(async unit => {
      for (const { endpoint } of to) unit.put(endpointAt(endpoint), endpoint);
      unit.put(keyAt(key), id);
      unit.put(announcementAt(id), announcement);
      if (booking !== null) {
        unit.put(ofBooking(booking, id), announcement);
        const last = await unit.get<number>(lastOf(booking));
        if (revision !== null && revision > (last ?? 0)) unit.put(lastOf(booking), revision);
      }
      for (const sending of to)
        await keep<Sending>(
          unit,
          sendingAt(id, sending.endpoint),
          { announcement, ...sending },
          sendingEntries,
        );
    });
  },
};

export const tableDisabled = carriedItems<Disabled>({
  word: 'ENDPOINTS',
  at: ({ endpoint }) => offAt(endpoint),
});
