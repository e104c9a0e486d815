import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { dynamoTable } from '#platform/table.dynamodb.ts';
import { through, within } from '#platform/table.ts';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { type FaultyClient, faultKinds, faultyClient, hurriedClock, turns } from './faulty-client.ts';
import { memoryDynamo } from './memory-dynamo.ts';
import { agenda, beliefs, letters } from './told-work.ts';
import {
  announcements,
  bookings,
  books,
  claims,
  deliveries,
  pages,
  type Work,
  type WorkParts,
} from './work.ts';

/** A mistake in the table or beside it that the histories must notice. */
export type TableMistake = {
  readonly name: string;
  readonly client?: (client: DynamoDBDocumentClient) => DynamoDBDocumentClient;
  readonly at?: <P extends { readonly pk: string }>(place: P) => P;
};

/** Operations that meet a fault in one history, and of how many one does. */
const faultyInHistory = 1000;
const rate = 0.3;
const actors = 12;
/** A retry that never ends would be a violation of its own; no history comes near to this. */
const mostOperations = 60 * faultyInHistory;

/** F: the table throttles, loses answers, does things twice and cancels what meets. */
export const faultyTable = inSlices({
  name: 'faulty-table',
  promise:
    'On a table that throttles, times out after the write, repeats and cancels: nothing that was acknowledged is lost or there twice, nothing is another brand’s.',
  unit: 'histories of a thousand faulty operations',
  gate: 200,
  full: 1_000,
  chunk: 5,
  slice: (from, to) => tellHistories(from, to),
});

export async function tellHistories(from: number, to: number, mistake?: TableMistake): Promise<Proven> {
  const figures: Record<string, number> = { operations: 0, 'faulty operations': 0 };
  for (const kind of faultKinds) figures[kind] = 0;
  const violations: Violation[] = [];
  for (let seed = from; seed < to; seed++) {
    const { wrong, faulty } = await tellHistory(seed, mistake);
    figures.operations = (figures.operations ?? 0) + faulty.operations;
    for (const kind of faultKinds) {
      figures[kind] = (figures[kind] ?? 0) + faulty.met[kind];
      figures['faulty operations'] = (figures['faulty operations'] ?? 0) + faulty.met[kind];
    }
    if (wrong.length > 0) violations.push({ seed, what: wrong[0] ?? '', history: wrong.slice(1, 10) });
  }
  return { done: to - from, figures, violations };
}

async function tellHistory(
  seed: number,
  mistake?: TableMistake,
): Promise<{ wrong: readonly string[]; faulty: FaultyClient }> {
  const dice = diceOf(seed);
  const clock = hurriedClock('2027-04-01T12:00:00Z');
  const dynamo = memoryDynamo({
    now: clock.now,
    shortPage: () => (dice.chance(0.2) ? dice.between(1, 5) : null),
  });
  const faulty = faultyClient(dynamo, dice, rate);
  const client = mistake?.client?.(faulty.client) ?? faulty.client;
  const bare = dynamoTable({ client, name: 'gangway', clock, random: seededRandom(`table ${seed}`) });
  const table = mistake?.at ? through(bare, mistake.at) : bare;
  const room = (name: string): WorkParts => ({ table: within(table, name), clock, seed });
  const house = { clock, random: seededRandom(`twin ${seed}`) };
  const twin = sqliteBookingStore(openSqlite(':memory:'), house);
  const works: readonly Work[] = [
    deliveries(room('A')),
    pages(room('B')),
    claims(room('C')),
    announcements(room('D')),
    books(room('E')),
    bookings(room('F'), twin),
    beliefs(room('G')),
    agenda(room('H')),
    letters(room('I')),
  ];

  const met = () => faultKinds.reduce((sum, kind) => sum + faulty.met[kind], 0);
  const act = async () => {
    while (met() < faultyInHistory) {
      if (faulty.operations > mostOperations) throw new Error('nothing gets through any more');
      await dice.pick(works).step(dice);
      await turns(1);
    }
  };
  try {
    await Promise.all(Array.from({ length: actors }, act));
    faulty.heal();
    const wrong: string[] = [];
    for (const work of works) wrong.push(...(await work.look()));
    return { wrong, faulty };
  } catch (error) {
    return { wrong: [`a step broke: ${error instanceof Error ? error.message : String(error)}`], faulty };
  }
}
