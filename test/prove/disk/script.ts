import { writeSync } from 'node:fs';
import { surfaceNames } from '#booking/surface.ts';
import { beliefsOf, bookingsOf, type House, knock, message } from '../house.ts';

/** A message of a marketplace: its id and its bytes. */
export type Message = readonly [id: string, body: string];

/** One trip as a marketplace tells it: booked, moved, called off. */
const trip = (id: string, day: number): readonly Message[] => {
  const hours = (from: number) => ({
    start: `2027-05-${day}T${from}:30`,
    end: `2027-05-${day}T${from + 3}:30`,
  });
  return [
    [`msg_${id}_booked`, message({ id, version: 1, ...hours(16) })],
    [`msg_${id}_moved`, message({ id, version: 2, kind: 'changed', ...hours(15), party: 3 })],
    [`msg_${id}_off`, message({ id, version: 3, kind: 'cancelled', ...hours(16) })],
  ];
};

export const script: readonly Message[] = trip('trip', 30);

/** Some trips, one after the other. */
export const trips = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, n) => trip(`trip${n}`, 30 - n)).flat();

/**
 * Plays it as it goes in life: the marketplace repeats a message until it is acknowledged, and everything that follows
 * is done before the next. `acknowledged` is called in the moment a 2xx is there.
 */
export async function play(
  house: House,
  acknowledged: (id: string) => void = () => {},
  messages: readonly Message[] = script,
): Promise<void> {
  for (const [id, body] of messages) {
    for (let tries = 0; (await knock(house, id, body)) !== 202; tries++) {
      if (tries > 5) throw new Error(`${id} is not taken`);
      await pass(house, 5_000);
    }
    acknowledged(id);
    await untilSettled(house);
    // The quiet moment in which a page gets its compressed copy, before the next message takes both of them down.
    await pass(house, 60_000);
  }
}

/** Lets time pass until every surface of every booking says what it should. */
export async function untilSettled(house: House): Promise<void> {
  for (let rounds = 0; rounds < 20; rounds++) {
    await house.app.settle();
    const open = await unsettled(house);
    if (open.length === 0 && (await bookingsOf(house)).length > 0) return;
    await pass(house, rounds < 5 ? 10_000 : 600_000);
  }
}

/** The fleet of the stories has no calendar server. */
const spoken = surfaceNames.filter(name => name !== 'calendar server');

/** What does not say yet what it should, in words. */
export async function unsettled(house: House): Promise<readonly string[]> {
  const open: string[] = [];
  for (const { id, revision, status } of await bookingsOf(house)) {
    const beliefs = await beliefsOf(house, id);
    // A run that was cut off between two waves has stated all it has begun with, and not begun with the rest.
    const silent = spoken.filter(name => !beliefs.some(({ surface }) => surface === name));
    if (status !== 'cancelled' || beliefs.length === 0)
      open.push(...silent.map(surface => `${surface} says nothing yet`));
    for (const { surface, state, desiredRevision, error } of beliefs) {
      const isDone = status === 'cancelled' ? 'withdrawn' : 'stated';
      if (state === 'withdrawn' || (state === isDone && desiredRevision === revision)) continue;
      open.push(
        `${surface} is ${state} at revision ${desiredRevision} of ${revision} ${error?.message ?? ''}`,
      );
    }
  }
  return open;
}

export async function pass({ app, clock }: House, ms: number): Promise<void> {
  clock.advance(ms);
  await app.tick();
  await app.settle();
}

/** Says something on standard output in one system call, at once. */
export const say = (line: string) => void writeSync(1, `${line}\n`);
