import { expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import type { Delivery } from './inbox.ts';
import { payload, testIntake } from './intake.fixture.ts';
import { inHand, intakeFile, looksLikeMail } from './intake-file.ts';
import { sampleMail } from './mail/mail.fixture.ts';
import { mailIntake } from './mail/mail-intake.fixture.ts';

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

it('a mail fed by hand is kept as one, where its source takes mails', async () => {
  const { room, inbox, intake } = mailIntake();
  const feed = (source: string) =>
    intakeFile(
      { inbox, intake, sources: room.sources, account: async () => null },
      { source, by: 'ana', body: sampleMail('boatsetter-new') },
    );
  expect((await feed('boatsetter')).delivery).toMatchObject({
    via: 'by-hand',
    state: 'recorded',
    headers: { 'content-type': 'message/rfc822' },
  });
  const office = feeding();
  await expect(office.feed(sampleMail('boatsetter-new').toString())).rejects.toMatchObject({
    code: 'mail-not-taken',
  });
});

it('what is fed for a source that is not configured is not kept', async () => {
  const { feed, inbox } = feeding();
  await expect(feed(trip(), 'nobody')).rejects.toMatchObject({ code: 'source-unknown' });
  expect(await inbox.list({})).toEqual([]);
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

/** What is said of a delivery of which reading made this. */
const saying = async (became: Partial<Delivery>) => {
  const { room, inbox, intake } = testIntake();
  const process = async (id: Delivery['id']) => {
    const { delivery } = await inbox.receive({
      source: 'office',
      messageId: 'other',
      via: 'by-hand',
      headers: {},
      body: Buffer.from('{}'),
    });
    return { ...delivery, id, ...became };
  };
  const { text, delivery } = await intakeFile(
    { inbox, intake: { ...intake, process }, sources: room.sources, account: async () => null },
    { source: 'office', by: 'ana', body: Buffer.from('{}') },
  );
  return text.replace(delivery.id, 'it');
};
const outcome = (kind: string, more = {}) =>
  ({ state: 'recorded', outcome: { kind, booking: null, revision: null, ...more } }) as Partial<Delivery>;

it.each<[string, Partial<Delivery>]>([
  ['Kept; it is no news of a booking.', outcome('nothing')],
  ['A notice. What the marketplace answered made no booking: see the quarantine.', outcome('asked')],
  [
    'A notice; the marketplace was asked: bkg_1, revision 2.',
    outcome('asked', { booking: 'bkg_1', revision: 2 }),
  ],
  ['A booking was cancelled: bkg_1, revision 3.', outcome('cancelled', { booking: 'bkg_1', revision: 3 })],
  ['Noted in the books of a booking: a booking not yet heard of.', outcome('noted')],
  ['Kept as it, but reading it failed; it will be tried again by itself.', { state: 'pending' }],
  [
    'Kept as it, but reading it failed; it will be tried again by itself.\n  The disk is full.',
    {
      state: 'pending',
      problems: [{ field: 'message', code: 'x', reason: 'The disk is full.', cure: 'Make room.' }],
    },
  ],
  ['Held back as it; nothing was published.', { state: 'recorded', outcome: null }],
])('says in a sentence: %s', async (text, became) => {
  expect(await saying(became)).toBe(text);
});

it.each([
  ['Received: from here', true],
  ['From ann@example.org Mon Apr 12\nReturn-Path: <>', true],
  ['X-Note:\tby hand', true],
  ['a: b', true],
  ['{"From": 1}', false],
  ['From: ', true],
  ['From the desk', false],
  ['From x\n{"a": 1}', false],
  ['1st: no header', false],
  ['-x: no header', false],
  ['no header: at all', false],
  ['name:value', false],
  ['<a>b: c</a>', false],
  ['name=a: b', false],
  ['', false],
])('%j looks like a mail: %s', (text, isMail) => {
  expect(looksLikeMail(Buffer.from(text))).toBe(isMail);
});

it('a message in hand is a delivery that nothing has been done with yet', () => {
  const fed = { source: 'office', by: 'ana', body: Buffer.from('{}') };
  const at = '2027-04-12T18:00:00.000Z';
  expect(inHand(fed, at)).toMatchObject({
    id: 'dlv_inhand',
    source: 'office',
    via: 'by-hand',
    headers: {},
    receivedAt: at,
    state: 'pending',
    problems: [],
    outcome: null,
  });
  expect(inHand({ ...fed, body: Buffer.from('From: a') }, at).headers).toEqual({
    'content-type': 'message/rfc822',
  });
});
