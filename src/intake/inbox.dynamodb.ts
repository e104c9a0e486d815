import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import { along, keep, listSpread, shardOf } from '#platform/indexed.ts';
import { type Stretch, type Table, type Unit, within } from '#platform/table.ts';
import {
  type Arrival,
  type Delivery,
  type DeliveryFilter,
  type DeliveryId,
  type Inbox,
  waits,
} from './inbox.ts';
import {
  conflictProblem,
  conflictRefused,
  erasedAlready,
  recordedAlready,
  unknownDelivery,
} from './inbox-refusals.ts';

/** What is kept of a delivery: when it is due is said once, beside it. */
type Kept = Omit<Delivery, 'nextTryAt'>;
/** A delivery as it is stored, and in how many parts its body lies. */
export type DeliveryRow = { readonly delivery: Kept; readonly dueAt: string | null; readonly parts: number };

const shown = ({ delivery, dueAt }: DeliveryRow): Delivery => ({ ...delivery, nextTryAt: dueAt });

/**
 * The inbox in the partitions of money: messages are as they came in, amounts and free text included. A body lies in
 * parts beside its delivery, because one item holds at most 400 KB.
 */
export function dynamoInbox(whole: Table, house: { clock: Clock; random: Random }): Inbox {
  const table = within(whole, 'MONEY');
  const now = () => isoInstant(house.clock.now());
  const change = (id: string, edit: (row: DeliveryRow) => DeliveryRow | null) =>
    table.unit(async unit => {
      const row = await unit.get<DeliveryRow>(deliveryAt(id));
      const after = row && edit(row);
      if (after) await keep(unit, deliveryAt(id), after, deliveryEntries);
      return after ?? row;
    });
  const settle = (id: string, settled: Partial<Kept>) =>
    change(id, row => ({ ...row, dueAt: null, delivery: { ...row.delivery, ...settled } }));
  const decide = async (id: string, edit: (row: DeliveryRow) => DeliveryRow) => {
    const row = await change(id, edit);
    if (!row) throw unknownDelivery(id);
    return shown(row);
  };
  const again = (id: string, by: string, what: 'rerun' | 'correct', also: Partial<Kept>) =>
    decide(id, row => {
      if (row.delivery.erasedAt !== null) throw erasedAlready();
      const decision = { by, what, reason: null, at: now() } as const;
      const delivery: Kept = { ...row.delivery, ...also, state: 'pending', tries: 0, decision };
      return { ...row, dueAt: now(), delivery };
    });
  const erase = (id: string, also: Partial<Kept> = {}) =>
    table.unit(async unit => {
      const row = await unit.get<DeliveryRow>(deliveryAt(id));
      if (!row || row.delivery.erasedAt !== null) return false;
      const delivery: Kept = {
        ...row.delivery,
        headers: {},
        problems: [],
        decision: null,
        correction: null,
        erasedAt: now(),
        ...also,
      };
      const dueAt = delivery.state === 'pending' ? row.dueAt : null;
      for (let part = 0; part < row.parts; part++) unit.remove(partAt(id, part));
      await keep(unit, deliveryAt(id), { delivery, dueAt, parts: 0 }, deliveryEntries);
      return true;
    });
  const listed = async (stretch: Stretch) =>
    (await table.list<DeliveryRow>(stretch)).map(({ value }) => shown(value));

  return {
    async receive(arrival) {
      const digest = sha256(arrival.body);
      const { kind, delivery } = await table.unit(unit => receiveIn(unit, arrival, { ...house, digest }));
      if (kind === 'conflict') throw conflictRefused(delivery);
      return { kind, delivery };
    },
    async find(id) {
      const row = await table.get<DeliveryRow>(deliveryAt(id));
      return row && shown(row);
    },
    async body(id) {
      const row = await table.get<DeliveryRow>(deliveryAt(id));
      return row && bodyOf(table, row);
    },
    async pending(limit) {
      const due = await listSpread<DeliveryRow>(table, { pk: 'INBOX-DUE', to: `${now()}#\u{10ffff}`, limit });
      return due.map(({ value }) => shown(value));
    },
    async held(limit) {
      const held = await listSpread<DeliveryRow>(table, { pk: 'INBOX-HELD', limit });
      return held.map(({ value }) => shown(value));
    },
    async list(filter) {
      const limit = filter.limit ?? 100;
      if (filter.booking !== undefined) {
        const all = await listed({ pk: `INBOX-OF#${filter.booking}`, descending: true });
        return all.filter(delivery => fits(delivery, filter)).slice(0, limit);
      }
      const found: Delivery[] = [];
      const spread = (stretch: Stretch) => listSpread<DeliveryRow>(table, stretch);
      for await (const { value } of along(spread, { pk: indexFor(filter), descending: true })) {
        if (found.length === limit) break;
        if (fits(shown(value), filter)) found.push(shown(value));
      }
      return found;
    },
    async markDone(id, outcome, how) {
      await settle(id, { state: 'recorded', problems: [], outcome });
      if (how?.erase) await erase(id);
    },
    async erase(booking) {
      for (const { id } of await listed({ pk: `INBOX-OF#${booking}` })) {
        for (const other of await listed({ pk: `INBOX-AGAINST#${id}` })) {
          await erase(other.id, other.state === 'conflict' ? { state: 'discarded' } : {});
        }
        await erase(id);
      }
    },
    async eraseUnclaimed(before) {
      const found = await listSpread<DeliveryRow>(table, { pk: 'INBOX-UNCLAIMED', to: before });
      const erased = found
        .map(({ value }) => value.delivery)
        .filter(({ receivedAt }) => receivedAt < before)
        .map(({ id, state }) => erase(id, state === 'recorded' ? {} : { state: 'discarded' }));
      return (await Promise.all(erased)).filter(wasErased => wasErased).length;
    },
    async quarantine(id, problems) {
      await settle(id, { state: 'quarantined', problems, outcome: null });
    },
    async failed(id, problem, patience) {
      const pauses = patience ?? waits;
      const row = await change(id, ({ delivery, ...row }) => {
        const tries = delivery.tries + 1;
        if (tries > pauses.length) {
          const poisoned = { state: 'poisoned', problems: [problem], outcome: null } as const;
          return { ...row, dueAt: null, delivery: { ...delivery, ...poisoned, tries } };
        }
        const dueAt = isoInstant(house.clock.now() + (pauses[tries - 1] ?? 0) * 1000);
        if (delivery.state !== 'pending') return { ...row, dueAt: null, delivery: { ...delivery, tries } };
        return { ...row, dueAt, delivery: { ...delivery, tries, problems: patience ? [problem] : [] } };
      });
      return row && shown(row);
    },
    async vouch(id, vouched) {
      await change(id, row => ({ ...row, delivery: { ...row.delivery, vouched } }));
    },
    async rebook(from, to) {
      for (const { id } of await listed({ pk: `INBOX-OF#${from}` })) {
        await change(id, ({ delivery, ...row }) => {
          const { outcome } = delivery;
          return { ...row, delivery: { ...delivery, outcome: outcome && { ...outcome, booking: to } } };
        });
      }
    },
    rerun: (id, by) => again(id, by, 'rerun', {}),
    correct: (id, correction, by) => again(id, by, 'correct', { correction }),
    async discard(id, by, reason) {
      await decide(id, row => {
        if (row.delivery.state === 'recorded') throw recordedAlready();
        const decision = { by, what: 'discard', reason, at: now() } as const;
        return { ...row, dueAt: null, delivery: { ...row.delivery, state: 'discarded', decision } };
      });
    },
  };
}

/** Where a delivery lies. */
export const deliveryAt = (id: string) => ({ pk: `DELIVERY#${id}`, sk: '-' });
const partAt = (id: string, part: number) => ({
  pk: `DELIVERY#${id}`,
  sk: `PART#${String(part).padStart(4, '0')}`,
});

const heldStates: readonly Delivery['state'][] = ['quarantined', 'poisoned', 'conflict'];

/** By what a delivery is found. */
export function deliveryEntries({ delivery, dueAt }: DeliveryRow) {
  const { id, source, state, receivedAt, outcome, conflictsWith, erasedAt } = delivery;
  const booking = outcome?.booking ?? null;
  const shard = shardOf(id);
  const byTime = `${receivedAt}#${id}`;
  const where = [
    ['INBOX', byTime],
    [`INBOX-FROM#${source}`, byTime],
    [`INBOX-IN#${state}`, byTime],
    ...(dueAt === null ? [] : [['INBOX-DUE', `${dueAt}#${id}`] as const]),
    ...(heldStates.includes(state) ? [['INBOX-HELD', byTime] as const] : []),
    ...(booking === null && erasedAt === null ? [['INBOX-UNCLAIMED', byTime] as const] : []),
  ] as const;
  return [
    ...where.map(([pk, sk]) => ({ pk: `${pk}#${shard}`, sk })),
    ...(booking === null ? [] : [{ pk: `INBOX-OF#${booking}`, sk: byTime }]),
    ...(conflictsWith === null ? [] : [{ pk: `INBOX-AGAINST#${conflictsWith}`, sk: id }]),
  ];
}

const indexFor = ({ state, source }: DeliveryFilter) =>
  state !== undefined ? `INBOX-IN#${state}` : source !== undefined ? `INBOX-FROM#${source}` : 'INBOX';

const fits = ({ source, state, outcome }: Delivery, filter: DeliveryFilter) =>
  (filter.source === undefined || filter.source === source) &&
  (filter.state === undefined || filter.state === state) &&
  (filter.booking === undefined || filter.booking === outcome?.booking);

/** Bytes of a body in one item, which holds at most 400 kB. */
const partSize = 300_000;

/** Puts a body in its parts; returns how many. */
export function putBody(unit: Unit, id: string, body: Uint8Array): number {
  const parts = Math.ceil(body.length / partSize);
  for (let part = 0; part < parts; part++) {
    const bytes = body.subarray(part * partSize, (part + 1) * partSize);
    unit.put(partAt(id, part), null, { bytes });
  }
  return parts;
}

/** The body of a delivery, from its parts. */
export async function bodyOf(table: Table, { delivery, parts }: DeliveryRow): Promise<Buffer> {
  const places = Array.from({ length: parts }, (_, part) => partAt(delivery.id, part));
  const found = await Promise.all(places.map(place => table.bytes(place)));
  return Buffer.concat(found.map(part => part ?? new Uint8Array()));
}

/** Where it lies what came under a message's id: the first delivery, and beside it each under its digest. */
export function messagePlaces({ source, messageId }: Pick<Delivery, 'source' | 'messageId'>) {
  const called = `MESSAGE#${JSON.stringify([source, messageId])}`;
  return { called, first: { pk: called, sk: 'FIRST' } };
}

type Received = { kind: 'received' | 'duplicate' | 'conflict'; delivery: Delivery };

async function receiveIn(
  unit: Unit,
  arrival: Arrival,
  { clock, random, digest }: { clock: Clock; random: Random; digest: string },
): Promise<Received> {
  const { source, messageId, via, headers, vouched = null } = arrival;
  const known = async (id: DeliveryId) => {
    const row = await unit.get<DeliveryRow>(deliveryAt(id));
    if (!row) throw unknownDelivery(id);
    return shown(row);
  };
  const { called, first: firstAt } = messagePlaces({ source, messageId });
  const sameAt = { pk: called, sk: digest };
  const first = await unit.get<DeliveryId>(firstAt);
  const same = await unit.get<DeliveryId>(sameAt);
  if (same) return { kind: same === first ? 'duplicate' : 'conflict', delivery: await known(same) };

  const now = isoInstant(clock.now());
  const id = newId(random, 'dlv');
  const delivery: Kept = {
    id,
    source,
    messageId,
    via,
    headers,
    receivedAt: now,
    state: first ? 'conflict' : 'pending',
    problems: first ? [conflictProblem] : [],
    outcome: null,
    tries: 0,
    conflictsWith: first,
    decision: null,
    vouched,
    correction: null,
    erasedAt: null,
  };
  const parts = putBody(unit, id, arrival.body);
  if (!first) unit.put(firstAt, id);
  unit.put(sameAt, id);
  const row: DeliveryRow = { delivery, dueAt: first ? null : now, parts };
  await keep<DeliveryRow>(unit, deliveryAt(id), row, deliveryEntries);
  return { kind: first ? 'conflict' : 'received', delivery: shown(row) };
}
