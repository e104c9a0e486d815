import { describe, expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import type { Delivery } from '#intake/inbox.ts';
import { type DeclaredSource, source } from '#intake/sources.ts';

/** Fields of a booking as somebody would tell them who has read the message, and `problems` or `nothing` where it is none. */
export type Reading = Record<string, unknown>;

/** What a message of a marketplace says, without any of it being recorded. `boat` is the heron there. */
export function readingOf(declared: Omit<DeclaredSource, 'id'>) {
  const known = source({ id: 'market', listings: { boat: 'heron' }, ...declared });
  const room = { settings: known.settings, fleet: testFleet };
  const read = (sent: unknown, via: Delivery['via']): Reading => {
    const delivery = {
      id: 'dlv_1',
      source: 'market',
      messageId: 'm1',
      conflictsWith: null,
      receivedAt: '2027-04-12T18:00:00.000Z',
      via,
    } as unknown as Delivery;
    const came = known.read(delivery, Buffer.from(JSON.stringify(sent)), room);
    if ('nothing' in came) return { nothing: true };
    if ('problems' in came) return { problems: came.problems.map(({ field, code }) => `${field} ${code}`) };
    if ('about' in came) return came;
    const { fields, externalId, kind, at, version, replaces } = came.message;
    const { start, end, ...rest } = fields;
    const { gross, currency, note } = came.finance ?? {};
    const told = { externalId, kind, at, version, replaces, ...rest, start: start?.local, end: end?.local };
    return present({ ...told, gross, currency, note });
  };
  return {
    webhook: (sent: unknown) => read(sent, 'signed'),
    answer: (...answers: readonly unknown[]) => read({ notice: {}, answers }, 'asked'),
    answerTo: (notice: unknown, ...answers: readonly unknown[]) => read({ notice, answers }, 'asked'),
    settings: known.settings,
    api: known.api,
  };
}

const present = (reading: Reading): Reading =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined && value !== null));

/** The trip that the messages of these tests are about, as it is read out of each of them. */
export const trip: Reading = {
  vessel: 'heron',
  status: 'confirmed',
  start: '2027-05-30T16:30',
  end: '2027-05-30T19:30',
  guestName: 'Carole Whitfield',
  guestEmail: 'carole@example.org',
  guestPhone: '+1 619 555 0142',
  partySize: 4,
};

export const [startAt, endAt] = ['2027-05-30T16:30:00-07:00', '2027-05-30T19:30:00-07:00'];

/** The message with something else at a path, or nothing where that is undefined. */
function withAt(message: unknown, path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(message);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const inner = keys.reduce<unknown>((found, key) => Reflect.get(found as object, key), copy);
  if (value === undefined) Reflect.deleteProperty(inner as object, last);
  else Reflect.set(inner as object, last, value);
  return copy;
}

export const [at, receivedAt] = ['2027-04-12T17:00:00.000Z', '2027-04-12T18:00:00.000Z'];
export const money = { gross: '840.75', currency: 'USD' };
export const many = { question: 'How many?', byListing: {}, isQuantity: false };

type Case = readonly [what: string, changes: Readonly<Record<string, unknown>>, expected: Reading];

/** Each message whole, and then with something of it elsewhere or missing: what is read of it then. */
export function reads(
  marketplace: string,
  read: (sent: unknown) => Reading,
  message: unknown,
  whole: Reading,
  cases: readonly Case[],
) {
  describe(marketplace, () => {
    it('says everything', () => {
      expect(read(message)).toEqual(present(whole));
    });
    it.each(cases)('%s', (_, changes, expected) => {
      const sent = Object.entries(changes).reduce(
        (made, [path, value]) => withAt(made, path, value),
        message,
      );
      const given = 'problems' in expected || 'nothing' in expected ? expected : { ...whole, ...expected };
      expect(read(sent)).toEqual(present(given));
    });
  });
}

/** What is left of a booking that is off: its name. */
export const off = (id: string, more: Reading = {}): Reading => ({
  externalId: id,
  kind: 'cancelled',
  at: receivedAt,
  ...more,
});

/** A message of which nothing is left but this, as an older form of a webhook may have it. */
export const only = (
  marketplace: string,
  read: (sent: unknown) => Reading,
  cases: readonly [unknown, Reading][],
) =>
  it.each(cases)(`${marketplace}: %j`, (sent, expected) => {
    expect(read(sent)).toEqual(expected);
  });
