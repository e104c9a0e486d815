import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepingServer } from '#mail/smtp-servers.testing.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World } from '../world.ts';

type Suppression = {
  address: string;
  why: string;
  state: string;
  said: string;
  decided: { by: string } | null;
};

const guest = 'carole.whitfield@example.org';

let world: World;
let server: Awaited<ReturnType<typeof keepingServer>>;
/** Addresses that the mail server knows nothing of. */
let unknown: Set<string>;

beforeEach(async () => {
  unknown = new Set();
  server = await keepingServer({
    onRcptTo: ({ address }, _session, done) =>
      done(
        unknown.has(address)
          ? Object.assign(new Error('5.1.1 no such user here'), { responseCode: 550 })
          : null,
      ),
  });
  world = await openWorld({
    config: config => ({
      ...config,
      mail: { kind: 'smtp', host: '127.0.0.1', port: server.port, tls: 'none' },
      inbound: { bounces: { address: 'bounces@queenofsandiego.example', folder: 'bounces' } },
    }),
  });
});
afterEach(async () => {
  await world.close();
  await server.close();
});

const book = async () => {
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  return world.booking();
};
const lettersTo = (address: string) => server.arrived.filter(({ to }) => to.includes(address));
const suppressed = (all = false) => world.operate<Suppression[]>('letters suppressed', { all });
const belief = async () => world.belief((await world.booking()).id, 'guest letter');

/** A report on the newest letter to the guest arrives in the folder, as a mail server writes it. */
async function report(kind: 'delivery-status' | 'feedback-report', fields: string, messageId?: string) {
  const bytes = lettersTo(guest).at(-1)?.bytes ?? Buffer.alloc(0);
  const id = messageId ?? (await PostalMime.parse(bytes)).messageId;
  const mail = [
    'From: MAILER-DAEMON@mx.example',
    'To: bounces@queenofsandiego.example',
    `Content-Type: multipart/report; report-type=${kind}; boundary="b"`,
    '',
    `--b\nContent-Type: message/${kind}\n\n${fields}\n`,
    `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${id}\n--b--`,
  ].join('\n');
  mkdirSync(join(world.folder, 'bounces', 'new'), { recursive: true });
  writeFileSync(join(world.folder, 'bounces', 'new', `${Date.now()}.${server.arrived.length}`), mail);
  await world.later(60_000);
}
const noSuchUser =
  'Reporting-MTA: dns; mx.example\n\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown';

describe('an address that bounces', () => {
  it('at the mail server’s first word is an alert on the desk, and gets no other letter until it is used again', async () => {
    unknown.add(guest);
    const { id } = await book();
    expect(await suppressed()).toMatchObject([{ address: guest, why: 'bounce', state: 'open' }]);
    await world.operate('booking move', { booking: id, start: '15:30' });
    await world.settle();
    expect((await belief()).state).toBe('stuck');
    expect((await belief()).error?.message).toMatch(/^Withheld: address bounced\. .*5\.1\.1 no such user/);

    const desk = await world.atDesk();
    expect((await desk.get(paths.desk)).body).toContain(`Letters do not reach ${guest}`);
    expect((await desk.get(paths.deskFailures)).body).toContain('Letters to it are withheld.');

    unknown.delete(guest);
    await desk.press(paths.deskFailures, paths.deskAddresses, { address: guest, as: 'allowed' });
    await world.settle();
    expect((await belief()).state).toBe('stated');
    expect(lettersTo(guest)).not.toEqual([]);
    expect(await suppressed()).toEqual([]);
    expect(await suppressed(true)).toMatchObject([{ state: 'allowed', decided: { by: 'owner-joan' } }]);
  });

  it('after the letter had left was never told: it stands on the board, and the right address is written to', async () => {
    const { id } = await book();
    expect(server.arrived.every(({ from }) => from === 'bounces@queenofsandiego.example')).toBe(true);
    expect((await belief()).state).toBe('stated');
    await report('delivery-status', noSuchUser);
    expect(await suppressed()).toMatchObject([{ address: guest, why: 'bounce' }]);
    expect(await belief()).toMatchObject({ state: 'stuck' });
    expect((await belief()).error?.message).toContain(
      'Withheld: address bounced. A mail server said: 550 5.1.1',
    );
    expect(lettersTo(guest)).toHaveLength(1);

    await world.operate('booking correct', { booking: id, email: 'carole@example.net' });
    await world.settle();
    expect(lettersTo('carole@example.net')).toHaveLength(1);
    const beliefs = (await world.beliefs(id)).filter(({ surface }) => surface === 'guest letter');
    expect(beliefs.find(({ recipient }) => recipient === 'carole@example.net')?.state).toBe('stated');
  });

  it('is left as it is on a person’s word, which can be taken back', async () => {
    await book();
    await report('delivery-status', noSuchUser);
    const desk = await world.atDesk();
    const press = (as: string) => desk.press(paths.deskFailures, paths.deskAddresses, { address: guest, as });
    const { headers } = await press('kept');
    expect((await desk.get(headers.location ?? '')).body).toContain(`${guest} stays as it is.`);
    expect((await desk.get(paths.desk)).body).not.toContain('Letters do not reach');
    await press('open');
    expect((await desk.get(paths.desk)).body).toContain('Letters do not reach');
  });

  it('is not made up by a report that names no letter of ours', async () => {
    await book();
    await report('delivery-status', noSuchUser, `<${'0'.repeat(32)}@queenofsandiego.example>`);
    expect(await suppressed()).toEqual([]);
    expect((await belief()).state).toBe('stated');
  });
});

describe('a reader who complains', () => {
  it('gets no reminders and no thanks, and is told when the trip moves', async () => {
    const { id } = await book();
    await report('feedback-report', 'Feedback-Type: abuse\nUser-Agent: Feedback/1.0\nVersion: 1');
    expect(await suppressed()).toMatchObject([{ address: guest, why: 'complaint' }]);
    await world.operate('booking move', { booking: id, start: '15:30' });
    await world.settle();
    expect(lettersTo(guest)).toHaveLength(2);
    world.clock.set('2027-05-29T23:40:00Z');
    await world.later(0);
    world.clock.set('2027-05-31T21:00:00Z');
    await world.later(0);
    expect(lettersTo(guest)).toHaveLength(2);
    expect((await (await world.atDesk()).get(paths.deskFailures)).body).toContain('reader complained');
  });
});

it('an address in trouble is forgotten with its guest', async () => {
  const { id } = await book();
  await report('delivery-status', noSuchUser);
  await world.operate('letters allow', { address: guest });
  await world.settle();
  world.clock.set('2027-06-05T12:00:00Z');
  await world.later(0);
  await world.operate('booking forget', { booking: id });
  expect(await suppressed(true)).toEqual([]);
});
