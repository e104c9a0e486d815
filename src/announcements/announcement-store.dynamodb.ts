import { type Clock, isoInstant } from '#lib/clock.ts';
import { newId, type Random } from '#lib/random.ts';
import { along, keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Place, Stretch, Table } from '#platform/table.ts';
import type { Announcement, Sending } from './announcement.ts';
import type { AnnouncementStore, Disabled } from './announcement-store.ts';

/**
 * Announcements in a table: ids and words of the house, so that whoever speaks to crew may note that somebody answered.
 * What is due lies by endpoint, so that one that is disabled, with weeks of sendings behind it, is not looked through to
 * find the others'.
 */
export function dynamoAnnouncementStore(
  table: Table,
  house: { clock: Clock; random: Random },
): AnnouncementStore {
  const now = () => isoInstant(house.clock.now());

  /** Known before anything is due there; seldom new, so that announcements do not meet at it. */
  const know = async (endpoint: string) => {
    if ((await table.get(endpointAt(endpoint))) === null)
      await table.unit(async unit => unit.put(endpointAt(endpoint), endpoint));
  };
  const disabled = async () =>
    (await table.list<Disabled>({ pk: 'ENDPOINTS', prefix: 'OFF#' })).map(({ value }) => value);
  const enabled = async () => {
    const [all, off] = await Promise.all([
      table.list<string>({ pk: 'ENDPOINTS', prefix: 'KNOWN#' }),
      disabled(),
    ]);
    return all.map(({ value }) => value).filter(id => !off.some(({ endpoint }) => endpoint === id));
  };
  const dueAt = async (bounds: Pick<Stretch, 'to' | 'limit'>) => {
    const of = (endpoint: string) => table.list<Sending>({ pk: `SENDINGS-DUE#${endpoint}`, ...bounds });
    const found = (await Promise.all((await enabled()).map(of))).flat();
    return found.sort((a, b) => (a.sk < b.sk ? -1 : 1)).map(({ value }) => value);
  };
  const change = (id: string, endpoint: string, edit: (before: Sending) => Sending) =>
    table.unit(async unit => {
      const before = await unit.get<Sending>(sendingAt(id, endpoint));
      if (before) await keep(unit, sendingAt(id, endpoint), edit(before), sendingEntries);
      return before !== null;
    });
  const find = async (id: string) =>
    (await table.list<Sending>({ pk: `ANNOUNCEMENT#${id}`, prefix: 'TO#' })).map(({ value }) => value);

  return {
    async announce(what, to) {
      for (const { endpoint } of to) await know(endpoint);
      return table.unit(async unit => {
        if ((await unit.get(keyAt(what.key))) !== null) return false;
        const announcement: Announcement = { ...what, id: newId(house.random, 'ann') };
        unit.put(keyAt(what.key), announcement.id);
        unit.put(announcementAt(announcement.id), announcement);
        if (what.booking !== null) {
          unit.put(ofBooking(what.booking, announcement.id), announcement);
          const last = await unit.get<number>(lastOf(what.booking));
          if (what.revision !== null && what.revision > (last ?? 0))
            unit.put(lastOf(what.booking), what.revision);
        }
        for (const { endpoint, dueAt } of to)
          await keep(
            unit,
            sendingAt(announcement.id, endpoint),
            {
              announcement,
              endpoint,
              state: 'pending',
              attempts: 0,
              nextAt: dueAt,
              status: null,
              reason: null,
              triedAt: null,
            },
            sendingEntries,
          );
        return true;
      });
    },
    announced: booking => table.get<number>(lastOf(booking)),
    due: async limit => (await dueAt({ to: `${now()}#\u{10ffff}`, limit })).slice(0, limit),
    nextDue: async () => (await dueAt({ limit: 1 }))[0]?.nextAt ?? null,
    async tried(id, endpoint, how) {
      const settled =
        how.kind === 'delivered'
          ? ({ state: 'delivered', nextAt: null, reason: null } as const)
          : ({
              state: how.nextAt === null ? 'failed' : 'pending',
              nextAt: how.nextAt,
              reason: how.reason,
            } as const);
      await change(id, endpoint, before => ({
        ...before,
        ...settled,
        attempts: before.attempts + 1,
        status: how.status,
        triedAt: now(),
      }));
    },
    async list({ endpoint, state, limit }) {
      const pk = state ? `SENDINGS-IN#${state}` : endpoint ? `SENDINGS-TO#${endpoint}` : 'SENDINGS';
      const spread = (stretch: Stretch) => listSpread<Sending>(table, stretch);
      const found: Sending[] = [];
      for await (const { value } of along(spread, { pk, descending: true })) {
        if (found.length === limit) break;
        if (endpoint === undefined || value.endpoint === endpoint) found.push(value);
      }
      return found;
    },
    find,
    replay: (id, endpoint) =>
      change(id, endpoint, before => ({ ...before, state: 'pending', attempts: 0, nextAt: now() })),
    async disable(endpoint, reason) {
      await table.unit(async unit => {
        if ((await unit.get(offAt(endpoint))) === null)
          unit.put(offAt(endpoint), { endpoint, at: now(), reason } satisfies Disabled);
      });
    },
    async enable(endpoint) {
      // What waits first: cut off in the middle, it is still disabled and may be enabled again.
      for (const { value } of await table.list<Sending>({ pk: `SENDINGS-DUE#${endpoint}` }))
        await change(value.announcement.id, endpoint, before =>
          before.state === 'pending' ? { ...before, attempts: 0, nextAt: now() } : before,
        );
      await table.unit(async unit => unit.remove(offAt(endpoint)));
    },
    disabled,
    async forget(booking) {
      for (const { value } of await table.list<Announcement>({ pk: `ANNOUNCED#${booking}`, prefix: 'OF#' })) {
        await table.unit(async unit => {
          for (const { endpoint } of await find(value.id))
            await keep<Sending>(unit, sendingAt(value.id, endpoint), null, sendingEntries);
          unit.remove(announcementAt(value.id));
          unit.remove(keyAt(value.key));
          unit.remove(ofBooking(booking, value.id));
        });
      }
      await table.unit(async unit => unit.remove(lastOf(booking)));
    },
  };
}

/** Where an announcement lies, and what leads to it. */
export const announcementAt = (id: string): Place => ({ pk: `ANNOUNCEMENT#${id}`, sk: '-' });
export const sendingAt = (id: string, endpoint: string): Place => ({
  pk: `ANNOUNCEMENT#${id}`,
  sk: `TO#${endpoint}`,
});
export const keyAt = (key: string): Place => ({ pk: `ANNOUNCED-AS#${key}`, sk: '-' });
export const ofBooking = (booking: string, id: string): Place => ({
  pk: `ANNOUNCED#${booking}`,
  sk: `OF#${id}`,
});
export const lastOf = (booking: string): Place => ({ pk: `ANNOUNCED#${booking}`, sk: 'LAST' });
export const endpointAt = (endpoint: string): Place => ({ pk: 'ENDPOINTS', sk: `KNOWN#${endpoint}` });
export const offAt = (endpoint: string): Place => ({ pk: 'ENDPOINTS', sk: `OFF#${endpoint}` });

/** By what a sending is found. */
export function sendingEntries({ announcement, endpoint, state, nextAt }: Sending): readonly Place[] {
  const { id, at, revision } = announcement;
  const shard = shardOf(id);
  // Of one moment, what is told of a booking keeps the order of its revisions.
  const inOrder = `${at}#${String(revision ?? 0).padStart(8, '0')}#${id}#${endpoint}`;
  return [
    { pk: `SENDINGS#${shard}`, sk: inOrder },
    { pk: `SENDINGS-TO#${endpoint}#${shard}`, sk: inOrder },
    { pk: `SENDINGS-IN#${state}#${shard}`, sk: inOrder },
    ...(nextAt === null ? [] : [{ pk: `SENDINGS-DUE#${endpoint}`, sk: `${nextAt}#${inOrder}` }]),
  ];
}
