import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Belief } from '#booking/surface.ts';
import { type Arrived, keepingServer } from '#mail/smtp-servers.testing.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World } from '../world.ts';

type MailServer = Awaited<ReturnType<typeof keepingServer>>;
const minute = 60_000;
const guest = 'carole.whitfield@example.org';

/** Runs the desk, without the books. */
const mate = {
  id: 'mate',
  firstName: 'Mo',
  name: 'Mo Ruiz',
  email: 'mo@sailjada.example',
  roles: ['operator' as const],
};

/** Captain, two crew, guest, owner; and the captain once more as somebody who is paid. */
const addressees = [
  'ana@crew.example',
  'ana@crew.example',
  guest,
  'joan@sailjada.example',
  'kim@crew.example',
  'luis@crew.example',
].sort();

describe('a mail server', () => {
  let world: World;
  let server: MailServer;
  let port: number;

  beforeEach(async () => {
    server = await keepingServer();
    port = server.port;
    world = await openWorld({
      config: config => ({
        ...config,
        people: [...config.people, mate],
        mail: { kind: 'smtp', host: '127.0.0.1', port, tls: 'none' },
      }),
    });
  });
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const book = async () => {
    expect((await world.deliver(example('boatsetter-created'))).status).toBe(202);
    await world.settle();
    return world.booking();
  };
  const letterBeliefs = async (): Promise<Belief[]> => {
    const { id } = await world.booking();
    return (await world.beliefs(id)).filter(belief => belief.surface.endsWith('letter'));
  };
  const recipients = () => server.arrived.flatMap(({ to }) => to).sort();
  const messageId = async ({ bytes }: Pick<Arrived, 'bytes'>) => (await PostalMime.parse(bytes)).messageId;
  const failures = async () => (await (await world.atDesk()).get(paths.deskFailures)).body;

  it('that takes letters gets one for everybody', async () => {
    await book();
    expect(recipients()).toEqual(addressees);
    expect((await letterBeliefs()).map(({ state }) => state)).toEqual(Array(6).fill('stated'));
    expect(await failures()).toContain('Everything is as it should be');
  });

  it('that is down holds up nothing but the letters, which wait in sight and go out once when it is back', async () => {
    const desk = await world.atDesk();
    const operatorsDesk = await world.atDesk('mate');
    await world.settle();
    await server.close();
    const { id } = await book();

    const beliefs = await world.beliefs(id);
    const others = beliefs.filter(belief => !belief.surface.endsWith('letter'));
    expect(others.map(({ state }) => state)).toEqual(Array(8).fill('stated'));
    expect((await world.http((await world.belief(id, 'guest page')).url ?? '')).status).toBe(200);
    const waiting = await letterBeliefs();
    expect(waiting.map(({ state, error }) => [state, error?.code])).toEqual(
      Array(6).fill(['pending', 'letter-waiting']),
    );
    expect(waiting[0]?.error?.message).toBe(
      `Nothing answers at the mail server 127.0.0.1:${port} (connection refused).`,
    );

    expect((await desk.get(paths.deskBooking(id))).body).toContain('connection refused');
    const page = (await desk.get(paths.deskFailures)).body;
    expect(page).toContain('connection refused');
    expect(page).toContain('4 letters');
    expect(page).toContain('2 letters');
    expect(page).toContain('Next try');
    const operators = (await operatorsDesk.get(paths.deskFailures)).body;
    expect(operators).toContain('4 letters');
    expect(operators).not.toContain('2 letters');

    await world.later(10 * minute);
    expect((await letterBeliefs()).every(({ state }) => state === 'pending')).toBe(true);

    server = await keepingServer({}, port);
    await world.later(60 * minute);
    expect(recipients()).toEqual(addressees);
    expect((await letterBeliefs()).map(({ state, error }) => [state, error])).toEqual(
      Array(6).fill(['stated', null]),
    );
    await world.restart();
    await world.later(24 * 60 * minute);
    expect(recipients()).toEqual(addressees);
    expect(await failures()).toContain('Everything is as it should be');
  });

  it('that was down across a restart loses no letter', async () => {
    await server.close();
    await book();
    await world.restart();
    server = await keepingServer({}, port);
    await world.later(60 * minute);
    expect(recipients()).toEqual(addressees);
  });

  it('that asks for patience, or breaks off before its answer, is given the same letter again under the same Message-ID', async () => {
    await server.close();
    const refused: Arrived[] = [];
    let turn = 0;
    server = await keepingServer(
      {
        onData(stream, session, done) {
          const chunks: Buffer[] = [];
          stream.on('data', chunk => chunks.push(chunk));
          stream.on('end', () => {
            refused.push({
              from: '',
              to: session.envelope.rcptTo.map(({ address }) => address),
              bytes: Buffer.concat(chunks),
            });
            if (turn++ % 2 === 0) return server.cut();
            done(Object.assign(new Error('come back later'), { responseCode: 451 }));
          });
        },
      },
      port,
    );
    await book();
    expect(server.arrived).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    await server.close();

    server = await keepingServer({}, port);
    await world.later(60 * minute);
    await world.later(60 * minute);
    expect(recipients()).toEqual(addressees);
    const arrived = new Set(await Promise.all(server.arrived.map(messageId)));
    for (const letter of refused) expect(arrived).toContain(await messageId(letter));
    expect(arrived.size).toBe(addressees.length);
  });

  it('that refuses a letter for good leaves it to a person, with its own words, and to be tried again', async () => {
    await server.close();
    const refusing = {
      onRcptTo: ({ address }: { address: string }, _session: unknown, done: (error?: Error) => void) =>
        done(
          address === guest
            ? Object.assign(new Error('no such mailbox here'), { responseCode: 550 })
            : undefined,
        ),
    };
    server = await keepingServer(refusing, port);
    const { id } = await book();

    expect(recipients()).toEqual(addressees.filter(address => address !== guest));
    const toGuest = await world.belief(id, 'guest letter');
    expect(toGuest).toMatchObject({ state: 'stuck', error: { code: 'letter-returned' } });
    expect(toGuest.error?.message).toContain('no such mailbox here');
    expect(await failures()).toContain('no such mailbox here');

    await world.later(24 * 60 * minute);
    expect((await world.belief(id, 'guest letter')).state).toBe('stuck');

    await server.close();
    server = await keepingServer({}, port);
    const desk = await world.atDesk();
    const letter = toGuest.awaiting ?? '';
    await desk.press(paths.deskFailures, paths.deskAddresses, { address: guest, as: 'allowed' });
    await desk.press(paths.deskFailures, paths.deskFailures, { kind: 'letter', id: letter });
    await world.settle();
    // And who signed in here, of whom that device was not seen before.
    expect(recipients()).toEqual([guest, 'joan@sailjada.example']);
    expect((await world.belief(id, 'guest letter')).state).toBe('stated');
  });

  it('that lets nobody in keeps every letter waiting until the settings are mended', async () => {
    await server.close();
    server = await keepingServer(
      {
        onMailFrom: (_address, _session, done) =>
          done(Object.assign(new Error('authentication required'), { responseCode: 530 })),
      },
      port,
    );
    await book();
    const beliefs = await letterBeliefs();
    expect(beliefs.map(({ state }) => state)).toEqual(Array(6).fill('pending'));
    expect(beliefs[0]?.error?.message).toContain('Check the mail settings');
    await server.close();
    server = await keepingServer({}, port);
    await world.later(60 * minute);
    expect(recipients()).toEqual(addressees);
  });
});
