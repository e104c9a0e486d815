import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { checkConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';
import jada from '../../examples/jada/gangway.config.ts';
import { openPremises, type Premises } from '../spawned.ts';

/** The example's fleet with every secret that a configuration can name. */
const guarded = {
  ...structuredClone(jada),
  sources: [
    {
      id: 'boatsetter',
      kind: 'boatsetter',
      times: 'local',
      secret: { env: 'BOATSETTER_WEBHOOK_SECRET' },
      nextSecret: { env: 'BOATSETTER_NEXT_SECRET' },
      urlSecret: { env: 'BOATSETTER_URL_SECRET' },
    },
    { id: 'manual', kind: 'manual', times: 'local', secret: { env: 'MANUAL_WEBHOOK_SECRET' } },
  ],
  mail: { kind: 'smtp', host: 'mail.example.com', user: 'gangway', password: { env: 'SMTP_PASSWORD' } },
};
const { environment: sound } = newKeys([
  { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
  { id: 'boatsetter', variable: 'BOATSETTER_NEXT_SECRET' },
  { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
]);
const environment: Record<string, string> = {
  ...sound,
  BOATSETTER_URL_SECRET: newKeys([]).environment.GANGWAY_LINK_KEY ?? '',
  SMTP_PASSWORD: 'Vq7-tide-Ruby-41',
};
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const whsec = (bytes: Buffer | string) => `whsec_${Buffer.from(bytes).toString('base64')}`;

type Kind = 'webhook' | 'key' | 'hash' | 'password';
const secrets: Record<string, Kind> = {
  BOATSETTER_WEBHOOK_SECRET: 'webhook',
  BOATSETTER_NEXT_SECRET: 'webhook',
  MANUAL_WEBHOOK_SECRET: 'webhook',
  BOATSETTER_URL_SECRET: 'key',
  GANGWAY_LINK_KEY: 'key',
  SERVICE_KEY_HASH: 'hash',
  DASHBOARD_TOKEN_HASH: 'hash',
  SMTP_PASSWORD: 'password',
};
/** Another secret of the same kind, to hold a value twice. */
const twin: Record<string, string> = {
  BOATSETTER_WEBHOOK_SECRET: 'MANUAL_WEBHOOK_SECRET',
  BOATSETTER_NEXT_SECRET: 'BOATSETTER_WEBHOOK_SECRET',
  MANUAL_WEBHOOK_SECRET: 'BOATSETTER_NEXT_SECRET',
  BOATSETTER_URL_SECRET: 'GANGWAY_LINK_KEY',
  GANGWAY_LINK_KEY: 'BOATSETTER_URL_SECRET',
  SERVICE_KEY_HASH: 'DASHBOARD_TOKEN_HASH',
  DASHBOARD_TOKEN_HASH: 'SERVICE_KEY_HASH',
};

const faults: Record<string, (name: string, kind: Kind) => string | undefined> = {
  unset: () => undefined,
  empty: () => '',
  blank: () => '   ',
  short: (_name, kind) =>
    ({ webhook: whsec('sixteen bytes ok'), key: 'k7Qw9zRt', hash: 'deadbeef', password: ' ' })[kind],
  'a placeholder': (_name, kind) =>
    ({
      webhook: whsec('changeme-changeme-changeme-changeme'),
      key: 'changeme-changeme-changeme-changeme',
      hash: hash('changeme'),
      password: '',
    })[kind],
  'the hash of nothing': (_name, kind) =>
    ({
      webhook: whsec(Buffer.from(hash(''), 'hex')),
      key: hash(''),
      hash: hash(''),
      password: '',
    })[kind],
  'the same as another': (name, kind) => (kind === 'password' ? ' \t' : environment[twin[name] ?? '']),
};

describe('a secret that guards nothing', () => {
  const problemsWith = (given: Record<string, string | undefined>) => {
    try {
      checkConfig(guarded, '/nowhere/gangway.config.ts', given);
      return null;
    } catch (error) {
      return error instanceof Refusal ? error : null;
    }
  };

  it('is not among sound ones', () => {
    expect(problemsWith(environment)).toBeNull();
  });

  for (const [what, spoil] of Object.entries(faults)) {
    it(`${what} keeps the program from starting, whichever it is, and is named with its cure and without its value`, () => {
      for (const [name, kind] of Object.entries(secrets)) {
        const value = spoil(name, kind);
        const refusal = problemsWith({ ...environment, [name]: value });
        expect([name, refusal?.code]).toEqual([name, 'config-invalid']);
        const problems = (refusal?.data.problems ?? []) as { path: string; message: string; cure: string }[];
        expect([name, problems.map(problem => problem.path)]).toEqual([
          name,
          // Of two that are the same either is a problem: the later one in the configuration is named.
          what === 'the same as another' && kind !== 'password' ? [expect.any(String)] : [name],
        ]);
        expect(refusal?.message).toContain(name);
        expect(problems.every(({ cure }) => cure.length > 10)).toBe(true);
        if (value && value.trim().length > 8) expect(refusal?.message).not.toContain(value);
      }
    });
  }

  it('in company is reported with all the others, beside what else is wrong', () => {
    const none = Object.fromEntries(Object.keys(secrets).map(name => [name, undefined]));
    const refusal = problemsWith(none);
    expect(refusal?.data.problems).toHaveLength(Object.keys(secrets).length);
    for (const name of Object.keys(secrets)) expect(refusal?.message).toContain(name);
  });
});

describe('gangway serve', () => {
  let premises: Premises;
  let taken: TcpServer;
  let port: number;
  beforeAll(async () => {
    premises = openPremises();
    // Something listens on the port already: a start that came as far as the port would say so.
    taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    port = (taken.address() as { port: number }).port;
  });
  afterAll(async () => {
    await new Promise(resolve => taken.close(resolve));
    await premises.close();
  });

  const serve = (env: Record<string, string> = {}, ...more: string[]) =>
    premises.gangway(['serve', '--port', String(port), ...more], { env });

  const bad: [string, string, string][] = [
    ['an empty webhook secret', 'BOATSETTER_WEBHOOK_SECRET', ''],
    ['a placeholder for a link key', 'GANGWAY_LINK_KEY', 'changeme-changeme-changeme-changeme'],
    ['the hash of nothing for a service key', 'SERVICE_KEY_HASH', hash('')],
    [
      'a key in the clear where its hash belongs',
      'DASHBOARD_TOKEN_HASH',
      'gwd_u2Jk8QxVt5LmRz1Cw9Hn4YpBs7Fd3Ga6Ee0Ii',
    ],
  ];
  for (const [what, name, value] of bad) {
    it(`ends with 1 for ${what}, before it opens the port or touches the data`, async () => {
      const { code, out, err } = await serve({ [name]: value });
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(name);
      expect(err).toContain('Nothing was started.');
      expect(err).not.toContain('Port');
      if (value) expect(err).not.toContain(value);
      expect(readdirSync(premises.data)).toEqual([]);
    });
  }

  it('says in one go all that is wrong with a configuration', async () => {
    const broken = {
      ...jada,
      house: { ...jada.house, zone: 'Mars/Olympus' },
      vessels: jada.vessels.map(vessel => ({ ...vessel, capacity: 0, brand: 'Queen!' })),
      colour: 'blue',
    };
    writeFileSync(join(premises.folder, 'broken.config.ts'), `export default ${JSON.stringify(broken)};`);
    const shape = await serve({}, '--config', join(premises.folder, 'broken.config.ts'));
    expect(shape.code).toBe(1);
    for (const path of ['house.zone', 'vessels.0.capacity', 'vessels.0.brand', 'colour'])
      expect(shape.err).toContain(path);

    const crossed = {
      ...jada,
      vessels: jada.vessels.map(vessel => ({ ...vessel, brand: 'nobodys' })),
      people: (jada.people ?? [])
        .filter(({ id }) => id !== 'kim')
        .map(person => ({ ...person, roles: ['crew'] })),
    };
    writeFileSync(join(premises.folder, 'crossed.config.ts'), `export default ${JSON.stringify(crossed)};`);
    const cross = await serve(
      { MANUAL_WEBHOOK_SECRET: 'short' },
      '--config',
      join(premises.folder, 'crossed.config.ts'),
    );
    expect(cross.code).toBe(1);
    for (const said of [
      /no brand nobodys/,
      /no person kim/,
      /role owner/,
      /captain-ana is not a captain/,
      /MANUAL_WEBHOOK_SECRET/,
    ])
      expect(cross.err).toMatch(said);
  });

  it('tells a configuration that is not there, cannot be read, or says nothing', async () => {
    const missing = await serve({}, '--config', join(premises.folder, 'elsewhere.ts'));
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('gangway init')]);
    for (const [name, text] of [
      ['torn.config.ts', 'export default {'],
      ['loose.config.ts', "import it from 'no-such-package'; export default it;"],
      ['empty.config.ts', 'export const config = {};'],
    ] as const) {
      writeFileSync(join(premises.folder, name), text);
      const { code, err } = await serve({}, '--config', join(premises.folder, name));
      expect([name, code]).toEqual([name, 1]);
      expect(err).toContain(name);
      expect(err).not.toMatch(/\n\s+at /);
    }
  });

  it('does not read a key file that others can read', async () => {
    const file = join(premises.folder, 'gangway.env');
    chmodSync(file, 0o644);
    const { code, err } = await serve();
    chmodSync(file, 0o600);
    expect([code, err]).toEqual([1, expect.stringContaining(`chmod 600 ${file}`)]);
  });

  it('says who has the port, and leaves the data folder free', async () => {
    const { code, err } = await serve();
    expect([code, err]).toEqual([1, expect.stringContaining(`Port ${port} is taken by another program.`)]);
    expect(err).toContain('--port');
    const server = await premises.serve();
    expect((await server.stop()).code).toBe(0);
  });

  it('says that it cannot write where it should', async () => {
    writeFileSync(join(premises.folder, 'a file'), '');
    const { code, err } = await premises.gangway([
      'serve',
      '--port',
      '0',
      '--data',
      join(premises.folder, 'a file', 'data'),
    ]);
    expect([code, err]).toEqual([1, expect.stringContaining('cannot be written (ENOTDIR)')]);
    expect(err).toContain('--data');
  });

  it('leaves a data folder to the process that has it, as long as that lives, even stopped in its tracks', async () => {
    const server = await premises.serve();
    const refused = async () => {
      const { code, err } = await premises.gangway(['serve', '--port', '0']);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(`(process ${server.started.process.pid}, ${server.house})`),
      ]);
    };
    await refused();
    server.started.process.kill('SIGSTOP');
    await refused();
    server.started.process.kill('SIGCONT');
    expect((await server.http('/healthz')).status).toBe(200);
    await server.kill();
    const next = await premises.serve();
    expect((await next.stop()).code).toBe(0);
  });

  it('does not touch what a newer program has written', async () => {
    const server = await premises.serve();
    await server.stop();
    const file = join(premises.data, 'gangway.db');
    const database = new DatabaseSync(file);
    database.exec(
      "INSERT INTO schema_steps (room, step) VALUES ('bookings', 900), ('booking', 901), ('beliefs', 900), ('beliefs', 901)",
    );
    database.close();
    const before = hash(readFileSync(file, 'latin1'));
    const { code, err } = await premises.gangway(['serve', '--port', '0']);
    expect([code, err]).toEqual([1, expect.stringContaining('was written by a newer Gangway')]);
    expect(err).not.toMatch(/\n\s+at /);
    expect(hash(readFileSync(file, 'latin1'))).toBe(before);
  });

  it('says that a file of its data is no database, instead of starting over', async () => {
    const other = openPremises();
    const server = await other.serve();
    await server.stop();
    writeFileSync(
      join(other.data, 'money.db'),
      'something else was written over this file, a few hundred bytes of it'.repeat(80),
    );
    const { code, err } = await other.gangway(['serve', '--port', '0']);
    expect(code).toBe(1);
    expect(err).toContain(join(other.data, 'money.db'));
    expect(err).toMatch(/backup/);
    expect(err).not.toMatch(/\n\s+at /);
    expect(existsSync(join(other.data, 'server.json'))).toBe(false);
    await other.close();
  });
});
