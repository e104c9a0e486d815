import { expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { payload, testIntake } from './intake.fixture.ts';
import { intakeFile } from './intake-file.ts';

const feeding = () => {
  const { room, inbox, intake, bookings } = testIntake();
  const feed = (body: unknown, source = 'office') =>
    intakeFile(
      { inbox, intake, sources: room.sources, account: async () => null },
      { source, by: 'ana', body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
    );
  return { feed, inbox, bookings };
};
const trip = (rest = {}) => payload({ vessel: 'heron', ...rest }, { occurred_at: undefined });

it('a message fed by hand becomes a booking and says so', async () => {
  const { feed, bookings } = feeding();
  const { text, delivery } = await feed(trip());
  const booking = await bookings.byName('office', 'xhqgmdh');
  expect(text).toBe(`A new booking: ${booking?.id}, revision 1.`);
  expect(delivery).toMatchObject({ via: 'by-hand', state: 'recorded' });
});

it('fed twice it is the same message', async () => {
  const { feed, bookings } = feeding();
  await feed(trip());
  expect((await feed(trip())).text).toMatch(/^A new booking: .* This message had come in before\.$/);
  expect(await bookings.count()).toBe(1);
});

it('held back, it says why and what to do; fed again, it is read again', async () => {
  const { feed, inbox } = feeding();
  const first = await feed(trip({ party_size: 7 }));
  expect(first.text).toMatch(
    /^Held back as dlv_\w+; nothing was published\.\n {2}partySize \(party-over-limit\): .*\n {4}Agree on/,
  );
  const second = await feed(trip({ party_size: 7 }));
  expect(second.delivery).toMatchObject({ id: first.delivery.id, decision: { by: 'ana', what: 'rerun' } });
  expect(await inbox.list({})).toHaveLength(1);
});

it.each([
  ['source-unknown', trip(), 'nobody'],
  ['json-malformed', '{', 'office'],
  ['body-too-large', ' '.repeat(300_000), 'office'],
])('what is %s is refused and not kept', async (code, body, source) => {
  const { feed, inbox } = feeding();
  const error: unknown = await feed(body, source).catch((thrown: unknown) => thrown);
  expect(error instanceof Refusal && error.code).toBe(code);
  expect(await inbox.list({})).toEqual([]);
});
