import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import { addressSecret } from '#intake/mail/mail.fixture.ts';
import { gangwayProgram } from '#main/program.ts';
import { type Ended, gangway, openPremises, type Premises, type Server, startGangway } from '../spawned.ts';
import { example } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

type Board = { booking: Booking; revision: number; settled: boolean; surfaces: Belief[]; kind: string };

/** A command and all below it, by the words one types. */
const allBelow = (command: Command, words: string[] = []): [string, Command][] =>
  command.commands.flatMap(sub => {
    const path = [...words, sub.name()];
    return [[path.join(' '), sub] as [string, Command], ...allBelow(sub, path)];
  });
const noStack = ({ out, err }: Ended) => expect(out + err).not.toMatch(/\n\s+at .*:\d+:\d+/);

describe('gangway', () => {
  it('explains itself and every command, to whoever asks', async () => {
    const commands = allBelow(gangwayProgram('0.0.0'));
    const names = commands.map(([name]) => name);
    for (const name of [
      'serve',
      'init',
      'demo',
      'intake',
      'booking move',
      'beliefs',
      'money report',
      'route',
      'key create',
      'doctor',
    ]) {
      expect(names).toContain(name);
    }
    for (const [name, command] of commands) {
      expect([name, command.description().length > 10]).toEqual([name, true]);
      for (const option of command.options) {
        expect([name, option.long, option.description === '']).toEqual([name, option.long, false]);
      }
      const answersPrograms = command.commands.length === 0 && name !== 'serve';
      if (answersPrograms)
        expect([name, command.options.some(({ long }) => long === '--json')]).toEqual([name, true]);
    }
    for (const words of [[], ['booking'], ['booking', 'move']]) {
      const { code, out, err } = await gangway([...words, '--help']);
      expect([words, code, err]).toEqual([words, 0, '']);
      expect(out).toContain(`Usage: ${['gangway', ...words].join(' ')}`);
    }
    const version = await gangway(['--version']);
    expect([version.code, version.out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  const usage: [string, string[], RegExp][] = [
    ['a command that is nearly one', ['bookng', 'list'], /Did you mean booking\?/],
    ['a subcommand that is nearly one', ['booking', 'lst'], /Did you mean list\?/],
    ['an option that is nearly one', ['serve', '--prt', '8787'], /Did you mean --port\?/],
    [
      'a command that leaves out what it needs',
      ['booking', 'add', '--vessel', 'jada'],
      /required option '--start/,
    ],
    ['a command without its booking', ['booking', 'show'], /missing required argument 'booking'/],
    ['a port that is none', ['serve', '--port', 'eighty'], /--port.*0 to 65535/],
    ['a command too many', ['beliefs', 'bkg_0000000000000000', 'bkg_0000000000000001'], /too many arguments/],
  ];
  for (const [what, args, said] of usage) {
    it(`ends with 2 for ${what}, and says what to write`, async () => {
      const ended = await gangway(args);
      expect([ended.code, ended.out]).toEqual([2, '']);
      expect(ended.err).toMatch(said);
      noStack(ended);
    });
  }
});

describe('a new operator', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-new-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const answers = [
    ...['--name', "O'Hara Charters", '--host', 'ohara.example.com', '--vessel', 'Sea Otter'],
    ...['--zone', 'America/Los_Angeles', '--owner', 'Nell O’Hara', '--email', 'nell@ohara.example.com'],
  ];
  const here = (...args: string[]) => gangway(args, { cwd: folder });

  it('is asked for nothing by a script, but told what to give', async () => {
    const ended = await here('init', '--name', 'O’Hara Charters');
    expect([ended.code, ended.err]).toEqual([
      1,
      expect.stringContaining('Give --host --vessel --zone --owner --email'),
    ]);
    const wrong = await here('init', ...answers, '--zone', 'Mars/Olympus');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('IANA zone')]);
    expect(existsSync(join(folder, 'gangway.config.ts'))).toBe(false);
  });

  it('has a configuration and keys after init, shown once, and nothing is written over them', async () => {
    const ended = await here('init', ...answers, '--json');
    expect([ended.code, ended.err]).toEqual([0, '']);
    const made = JSON.parse(ended.out) as Record<'config' | 'keys' | 'serviceKey' | 'dashboardToken', string>;
    expect(statSync(made.keys).mode & 0o777).toBe(0o600);
    const files = readFileSync(made.config, 'utf8') + readFileSync(made.keys, 'utf8');
    expect(files).not.toContain(made.serviceKey);
    expect(files).not.toContain(made.dashboardToken);
    const again = await here('init', ...answers);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already')]);
    expect(readFileSync(made.config, 'utf8') + readFileSync(made.keys, 'utf8')).toBe(files);
  });

  it('hears from doctor that all is well, and what is worth a thought', async () => {
    const ended = await here('doctor', '--json');
    const found = JSON.parse(ended.out) as { what: string; state: string; cure?: string }[];
    const states = Object.fromEntries(found.map(({ what, state }) => [what, state]));
    expect(states).toMatchObject({ Node: 'ok', configuration: 'ok', 'data folder': 'ok', mail: 'warning' });
    for (const { state, cure } of found) if (state !== 'ok') expect(cure).toBeTruthy();
    // What is wrong with this machine (a small disk, a port in use) may fail it; what init wrote may not.
    expect(
      found.filter(({ what, state }) => state === 'failing' && !['disk', 'port'].includes(what)),
    ).toEqual([]);
  });

  it('serves with what init wrote, enters a booking, and ends politely', async () => {
    const started = startGangway(['serve', '--port', '0'], { cwd: folder });
    const out = await started.says(/^Desk sign-in for Nell O’Hara: .+\n/m);
    expect(out).toContain("Gangway serves O'Hara Charters at http://localhost:");
    // No terminal listens here: it says how to get a link, and keeps the secret itself out of a journal.
    expect(out).not.toContain('/desk/sign-in');
    const how = /gangway (key sign-in \S+)$/m.exec(out)?.[1] ?? '';
    const link = await here(...how.split(' '), '--json');
    expect([link.code, link.err]).toEqual([0, '']);
    expect(JSON.parse(link.out)).toMatchObject({ url: expect.stringContaining('/desk/sign-in#') });
    const added = await here(
      'booking',
      'add',
      ...['--vessel', 'sea-otter', '--start', '2031-05-30T16:30', '--end', '3h'],
      ...['--guest', 'Carol Ng', '--party', '4', '--json'],
    );
    expect([added.code, added.err]).toEqual([0, '']);
    expect(JSON.parse(added.out)).toMatchObject({ kind: 'created', settled: true });
    started.process.kill('SIGTERM');
    const ended = await started.ended;
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('Stopping: finishing what is under way.');
  });

  it('is told by doctor what is wrong, each with its cure', async () => {
    writeFileSync(
      join(folder, 'wrong.config.ts'),
      readFileSync(join(folder, 'gangway.config.ts'), 'utf8').replace(
        "zone: 'America/Los_Angeles'",
        "zone: 'Mars/Olympus'",
      ),
    );
    const ended = await here('doctor', '--config', 'wrong.config.ts');
    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/✗ configuration, house\.zone/);
    expect(ended.err).toContain('checks failed');
    noStack(ended);
  });
});

for (const where of ['a running server', 'a data folder at rest'] as const) {
  describe(`an operator at the command line, on ${where}`, () => {
    let premises: Premises;
    let server: Server | null = null;
    let id: string;
    beforeAll(async () => {
      premises = openPremises({ config: withMails(), keys: { BOATSETTER_MAIL_ADDRESS: addressSecret } });
      if (where === 'a running server') server = await premises.serve();
    });
    afterAll(() => premises.close());

    const run = (...args: string[]) => premises.gangway(args);
    const answered = async <T>(...args: string[]): Promise<T> => {
      const ended = await run(...args, '--json');
      expect([args.join(' '), ended.code, ended.err]).toEqual([args.join(' '), 0, '']);
      return JSON.parse(ended.out) as T;
    };

    it('feeds a message by hand, from a file or by a pipe, and hears what it became', async () => {
      const file = join(premises.folder, 'created.json');
      writeFileSync(file, JSON.stringify(example('boatsetter-created')));
      const fed = await run('intake', file, '--source', 'boatsetter');
      expect([fed.code, fed.err]).toEqual([0, '']);
      expect(fed.out).toMatch(/bkg_[0-9a-z]{16}/);
      id = /bkg_[0-9a-z]{16}/.exec(fed.out)?.[0] ?? '';

      const seventh = JSON.stringify(example('boatsetter-created', { id: 'too-many', party_size: 7 }));
      const piped = await premises.gangway(['intake', '-', '--source', 'boatsetter', '--json'], {
        input: seventh,
      });
      expect(JSON.parse(piped.out)).toMatchObject({
        state: 'quarantined',
        problems: [{ field: 'partySize', code: 'party-over-limit' }],
      });
      const torn = await run('intake', join(premises.folder, 'nowhere.json'), '--source', 'boatsetter');
      expect([torn.code, torn.err]).toEqual([1, expect.stringContaining('cannot be read (ENOENT)')]);
      const stranger = await run('intake', file, '--source', 'nobody');
      expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining('nobody')]);
      noStack(stranger);
    });

    it('hears how a mail would be read, from the program as it is built', async () => {
      const told = await run(
        'intake',
        resolve('examples/mail/synthetic-boatsetter-new.eml'),
        '--source',
        'boatsetter',
        '--explain',
      );
      expect([told.code, told.err]).toEqual([0, '']);
      expect(told.out).toMatch(/text part: 10 of 10 rows understood\nHTML part: 10 of 10 rows understood/);
    });

    it('lists and shows bookings, moves one and cancels one, and sees every surface follow', async () => {
      const list = await answered<Booking[]>('booking', 'list');
      expect(list.map(booking => booking.id)).toEqual([id]);
      expect((await run('booking', 'list')).out).toMatch(/Carole Whitfield/);
      expect(await answered<Booking>('booking', 'show', id)).toMatchObject({ id, revision: 1 });

      const moved = await answered<Board>('booking', 'move', id, '--start', '15:30');
      expect(moved).toMatchObject({
        kind: expect.any(String),
        settled: true,
        booking: { start: { local: '2027-05-30T15:30' } },
      });
      expect(
        moved.surfaces.filter(({ state, statedRevision }) => state !== 'stated' || statedRevision !== 2),
      ).toEqual([]);
      const words = await run('beliefs', id);
      expect(words.out).toMatch(/surface +recipient +desired +stated +state/);
      expect(words.out).toContain('guest page');

      const added = await answered<Board>(
        ...['booking', 'add', '--vessel', 'jada', '--start', '2031-06-01T10:00', '--end', '2031-06-01T12:00'],
        ...['--guest', 'Nell Harper', '--party', '2', '--email', 'nell@example.org'],
      );
      expect(added).toMatchObject({
        settled: true,
        booking: { guest: { name: 'Nell Harper' }, partySize: 2 },
      });
      const off = await answered<Board>('booking', 'cancel', added.booking.id);
      expect(off.surfaces.every(({ state }) => state === 'withdrawn')).toBe(true);
      expect(
        (await answered<Booking[]>('booking', 'list', '--when', 'cancelled')).map(booking => booking.id),
      ).toEqual([added.booking.id]);
    });

    it('is refused with a reason and a cure where something cannot be', async () => {
      for (const [args, said] of [
        [['booking', 'show', 'bkg_0000000000000000'], /There is no booking bkg_0000000000000000/],
        [['booking', 'show', 'xhqgmdh'], /a booking id such as bkg_/],
        [['booking', 'move', id, '--start', '2020-01-01'], /over already/],
        [
          [
            'booking',
            'add',
            '--vessel',
            'heron',
            '--start',
            '2031-06-01T10:00',
            '--end',
            '3h',
            '--guest',
            'A',
            '--party',
            '2',
          ],
          /no vessel “heron”/,
        ],
        [
          [
            'booking',
            'add',
            '--vessel',
            'jada',
            '--start',
            '2031-06-01T10:00',
            '--end',
            '3h',
            '--guest',
            'A',
            '--party',
            'many',
          ],
          /party/,
        ],
        [['money', 'report', '--month', 'May'], /a month such as 2027-05/],
        [['key', 'revoke', 'key_0000000000000000'], /no key with this id/],
        [['key', 'sign-in', 'nobody'], /no person nobody/],
        [['route', 'nobrand', '/g/x'], /no brand nobrand/],
      ] as [string[], RegExp][]) {
        const [first] = args;
        // A route is a question to the configuration alone.
        const ended =
          first === 'route' ? await gangway([...args, '--config', premises.config]) : await run(...args);
        expect([args.join(' '), ended.code, ended.out]).toEqual([args.join(' '), 1, '']);
        expect(ended.err).toMatch(said);
        expect(ended.err.trim().split('\n').length).toBeGreaterThanOrEqual(2);
        noStack(ended);
      }
    });

    it('reads the books of a booking and of a month', async () => {
      const { ledger } = await answered<{ ledger: { net: string } }>('money', 'show', id);
      expect(ledger.net).toBe('289.41');
      expect((await run('money', 'show', id)).out).toMatch(/151\.34[\s\S]*289\.41/);
      const csv = await run('money', 'report', '--month', '2027-05', '--csv');
      expect(csv.code).toBe(0);
      expect(csv.out.split('\n').length).toBeGreaterThan(2);
      expect(csv.out).toContain('289.41');
      expect(csv.out.endsWith('\n\n')).toBe(false);
    });

    it('makes a key that is shown once, sees it listed without it, and ends it', async () => {
      const made = await answered<{ id: string; key: string }>('key', 'create', '--label', 'crew sync');
      const list = await run('key', 'list', '--json');
      expect(list.out).toContain(made.id);
      expect(list.out).not.toContain(made.key);
      if (server) {
        const ask = () => server?.http('/api/events', { headers: { 'x-service-key': made.key } });
        expect((await ask())?.status).toBe(200);
        await answered('key', 'revoke', made.id);
        expect((await ask())?.status).toBe(401);
      } else {
        await answered('key', 'revoke', made.id);
      }
      expect((await answered<{ url: string }>('key', 'sign-in', 'owner-joan')).url).toContain(
        '/desk/sign-in#',
      );
    });

    it('sees how an address of a guest page is routed', async () => {
      const slug = 'carole-jada-AAAAAAAAAAAAAAAAAAAAAA';
      const ended = await gangway(['route', 'sailjada', `/g/${slug}`, '--json', '--config', premises.config]);
      expect(JSON.parse(ended.out)).toMatchObject({
        page: {
          objectKey: `guests/${slug}/index.html`,
          invalidate: [`/g/${slug}`, `/guests/${slug}/index.html`],
        },
        edge: { uri: `/guests/${slug}/index.html` },
      });
    });

    it('leaves nothing under way behind', async () => {
      if (server) expect((await server.stop()).code).toBe(0);
      const next = await premises.serve();
      expect((await next.http('/metrics')).body).toMatch(/gangway_surfaces_troubled 0\n/);
      expect((await next.stop()).code).toBe(0);
    });
  });
}

describe('gangway demo', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-demo-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const demo = (...args: string[]) =>
    gangway(['demo', '--data', join(folder, 'data'), ...args], { cwd: folder });

  it('prints one JSON object and nothing else when it is asked to, and does so again', async () => {
    for (const _run of [1, 2]) {
      const { code, out, err } = await demo('--exit', '--json');
      expect([code, err]).toEqual([0, '']);
      const report = JSON.parse(out) as {
        booking: Booking;
        revision: number;
        surfaces: Belief[];
        urls: Record<string, string>;
        ledger: { net: string };
      };
      expect(Object.keys(report).sort()).toEqual(['booking', 'ledger', 'revision', 'surfaces', 'urls']);
      expect(report.revision).toBe(1);
      expect(report.surfaces).toHaveLength(14);
      expect(report.surfaces.filter(({ state }) => state !== 'stated')).toEqual([]);
      expect(report.urls).toMatchObject({
        'guest page': expect.stringContaining('/g/'),
        'crew page': expect.stringContaining('/c#'),
        desk: expect.any(String),
        mailbox: expect.any(String),
        'calendar feed': expect.stringContaining('.ics'),
      });
      expect(report.ledger.net).toBe('289.41');
    }
  });

  it('tells in lines what happens when nobody watches, and where to look', async () => {
    const { code, out, err } = await demo('--exit');
    expect([code, err]).toEqual([0, '']);
    for (const said of ['crew event', 'guest page', 'calendar', 'ledger', 'mailbox'])
      expect(out).toContain(said);
    // Nothing that only a terminal understands.
    expect([...out].filter(char => char < ' ' && char !== '\n')).toEqual([]);
  });

  it('stays up, and ends with a sentence by Ctrl-C, at the end or in the middle', async () => {
    for (const moment of ['Ctrl-C ends the demo.', 'Starting Gangway']) {
      const started = startGangway(['demo', '--port', '0', '--data', join(folder, 'data')], { cwd: folder });
      await started.says(moment);
      started.process.kill('SIGINT');
      const ended = await started.ended;
      expect([moment, ended.code, ended.signal, ended.err]).toEqual([moment, 0, null, '']);
      expect(ended.out).toContain('Stopping: finishing what is under way.');
    }
  });

  it('can be moved along from another terminal, without a word about where it is', async () => {
    const started = startGangway(['demo', '--port', '0'], { cwd: folder });
    const id = /bkg_[0-9a-z]{16}/.exec(await started.says('Ctrl-C ends the demo.'))?.[0] ?? '';
    const moved = await gangway(['booking', 'move', id, '--start', '15:30', '--json'], { cwd: folder });
    expect([moved.code, moved.err]).toEqual([0, '']);
    expect(JSON.parse(moved.out)).toMatchObject({ settled: true, booking: { revision: 2 } });
    started.process.kill('SIGINT');
    expect((await started.ended).code).toBe(0);
  });

  it('says so when the port is taken or the folder cannot be written', async () => {
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const there = await demo('--port', String(port));
    expect([there.code, there.err]).toEqual([
      1,
      expect.stringContaining(`Port ${port} is taken by another program.`),
    ]);
    await new Promise(resolve => taken.close(resolve));
    writeFileSync(join(folder, 'a file'), '');
    const nowhere = await gangway(['demo', '--exit', '--data', join(folder, 'a file', 'data')], {
      cwd: folder,
    });
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringMatching(/cannot be (written|emptied)/)]);
    noStack(nowhere);
  });
});
