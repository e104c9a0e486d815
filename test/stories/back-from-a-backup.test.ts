import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { systemClock } from '#lib/clock.ts';
import { loadConfig } from '#main/config/config.ts';
import { type Restored, restoreBackup } from '#main/embedded/restore.ts';
import type { Held } from '#main/operations/held-letters.ts';
import type { Reconciled } from '#main/operations/reconcile.ts';
import { gangway, openPremises, type Premises, type Server } from '../spawned.ts';
import { example, outboxFiles } from '../world.ts';

/** The machine is lost. There is last night's backup, and the configuration with its keys. */
describe('back from a backup', () => {
  let premises: Premises;
  let server: Server;
  let booking: Booking;
  let page: string;
  let backup: string;
  let sentBefore: string[];
  const at = (name: string) => join(premises.folder, name);
  const run = <T>(data: string, ...args: string[]) =>
    gangway([...args, '--config', premises.config, '--data', at(data), '--json'], {
      cwd: premises.folder,
    }).then(({ code, out, err }) => ({ code, err, answer: out ? (JSON.parse(out) as T) : null }));
  const letters = (data: string) =>
    outboxFiles(at(`${data}/outbox`))
      .map(file => file.split('/').at(-1))
      .sort();
  const pageIn = (data: string) => {
    const files = readdirSync(at(`${data}/pages`), { recursive: true, encoding: 'utf8' });
    return readFileSync(join(at(`${data}/pages`), files.find(name => name.endsWith('.html')) ?? ''), 'utf8');
  };
  const deliver = async (id: string, body: unknown, revision: number) => {
    expect((await server.http('/webhooks/boatsetter', premises.signed(id, body))).status).toBe(202);
    // Acknowledged is kept, not yet read: what it says of the booking is there a moment later.
    for (let found: Booking | undefined; found?.revision !== revision; ) {
      [found] = await server.operate<Booking[]>('booking list', { when: 'all' });
      if (found?.revision === revision) booking = found;
      else await new Promise(resolve => setTimeout(resolve, 20));
    }
    await server.operate('settle', { booking: booking.id });
  };

  beforeAll(async () => {
    premises = openPremises({ config: fleet => ({ ...fleet, server: { url: 'https://sailjada.com' } }) });
    backup = at('backups/last-night');
    server = await premises.serve();
    await deliver('msg_1', example('boatsetter-created'), 1);
    page = pageIn('data');
  });
  afterAll(() => premises.close());

  it('is taken while the server runs, readable by its owner only, and read back', async () => {
    sentBefore = letters('data') as string[];
    const { code, answer } = await run<{ takenAt: string; files: number }>('data', 'backup', backup);
    expect(code).toBe(0);
    expect(answer?.files).toBe(3 + sentBefore.length);
    for (const name of ['gangway.db', 'money.db', 'engine.db', 'manifest.json'])
      expect(statSync(join(backup, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(backup).sort()).toEqual([
      'engine.db',
      'gangway.db',
      'manifest.json',
      'money.db',
      'outbox',
      'photos',
    ]);
  });

  it('is never taken over another, nor restored over anything, nor under a running server', async () => {
    expect((await run('data', 'backup', backup)).err).toMatch(/has something in it/);
    expect((await run('data', 'restore', backup)).err).toMatch(/has something in it/);
    expect((await server.http('/healthz')).status).toBe(200);
  });

  it('brings back what was known then, makes the pages again, and writes to nobody a second time', async () => {
    // The trip moves after the backup: the letters about that are not known to what is restored.
    await deliver('msg_2', example('boatsetter-changed'), 2);
    await server.stop();
    rmSync(at('data'), { recursive: true });

    const { code, answer } = await run<Restored>('data', 'restore', backup);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ bookings: 1, held: 0, stuck: 0, drift: [] });
    expect(pageIn('data')).toBe(page);
    expect(letters('data')).toEqual(sentBefore);

    server = await premises.serve();
    const [found] = await server.operate<Booking[]>('booking list', { when: 'all' });
    expect(found).toMatchObject({ id: booking.id, revision: 1, start: { local: '2027-05-30T16:30' } });
    expect(letters('data')).toEqual(sentBefore);
    expect(await server.operate<Reconciled>('reconcile')).toMatchObject({ bookings: 1, drift: [] });

    // The marketplace says again what came in since.
    await deliver('msg_2', example('boatsetter-changed'), 2);
    expect(booking).toMatchObject({ id: found?.id, revision: 2, start: { local: '2027-05-30T15:30' } });
    expect(letters('data').length).toBeGreaterThan(sentBefore.length);
    await server.stop();
  });

  it('holds what was on its way out, until a person says whether its readers have it', async () => {
    const config = await loadConfig(premises.config);
    const waiting = { ...config, shape: { ...config.shape, mail: downMail } };
    const { takeDataFolder } = await import('#main/embedded/data-folder.ts');
    const { composeEmbedded } = await import('#main/embedded/embedded.ts');
    const { silentLog } = await import('#platform/log.ts');
    const data = takeDataFolder(at('down'));
    const app = await composeEmbedded({ config: waiting, data, log: silentLog });
    await app.operate('intake', {
      source: 'manual',
      body: Buffer.from(JSON.stringify(example('boatsetter-created'))).toString('base64'),
    });
    await app.operate('backup', { folder: at('backups/down') });
    await app.close();
    data.release();

    const restored = await restoreBackup({
      config,
      from: at('backups/down'),
      to: at('up'),
      clock: systemClock,
    });
    expect(restored).toMatchObject({ bookings: 1, stuck: 0, drift: [] });
    expect(restored.held).toBeGreaterThan(4);

    const { answer: held } = await run<Held>('up', 'post', 'held');
    expect(held?.count).toBe(restored.held);
    expect(letters('up')).toEqual([]);
    const [first, ...rest] = held?.letters ?? [];
    expect((await run('up', 'post', 'release', first?.id ?? '')).answer).toEqual({
      released: 1,
      countedAsSent: 0,
      left: rest.length,
    });
    expect(letters('up')).toHaveLength(1);
    expect((await run('up', 'post', 'release', '--all', '--sent')).answer).toEqual({
      released: 0,
      countedAsSent: rest.length,
      left: 0,
    });
    expect(letters('up')).toHaveLength(1);
    const [{ id } = { id: '' }] =
      (await run<Booking[]>('up', 'booking', 'list', '--when', 'all')).answer ?? [];
    expect((await run('up', 'beliefs', id)).answer).toMatchObject({ settled: true });
  });

  it('is refused when a byte of it is another, a file is missing, or it did not end', async () => {
    const config = await loadConfig(premises.config);
    const refused = async (change: (folder: string) => void) => {
      const from = at('backups/spoilt');
      rmSync(from, { recursive: true, force: true });
      cpSync(backup, from, { recursive: true });
      change(from);
      const outcome = restoreBackup({ config, from, to: at('nowhere'), clock: systemClock });
      const code = await outcome.then(
        () => 'restored',
        (error: { code: string }) => error.code,
      );
      expect(existsSync(at('nowhere'))).toBe(false);
      return code;
    };
    const flip = (file: string) => {
      const bytes = readFileSync(file);
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    };
    expect(await refused(from => flip(join(from, 'money.db')))).toBe('backup-damaged');
    expect(await refused(from => rmSync(join(from, 'engine.db')))).toBe('backup-damaged');
    expect(await refused(from => rmSync(join(from, 'manifest.json')))).toBe('backup-incomplete');
    expect(await refused(from => writeFileSync(join(from, 'manifest.json'), '{"format":1'))).toBe(
      'backup-incomplete',
    );
    expect(
      await refused(from => {
        const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8'));
        manifest.files[0].name = '../data/gangway.db';
        writeFileSync(join(from, 'manifest.json'), JSON.stringify(manifest));
      }),
    ).toBe('backup-incomplete');
  });

  it('leaves a folder on which nothing starts, when the restore itself is cut short', async () => {
    const config = await loadConfig(premises.config);
    const cut = restoreBackup({
      config: { ...config, fleet: null as never },
      from: backup,
      to: at('cut'),
      clock: systemClock,
    });
    await expect(cut).rejects.toThrow();
    const { code, err } = await run('cut', 'booking', 'list');
    expect(code).toBe(1);
    expect(err).toMatch(/did not end[\s\S]*run gangway restore again/);
  });
});

/** A mail server that is not there. */
const downMail = {
  kind: 'smtp' as const,
  host: '127.0.0.1',
  port: 9,
  tls: 'none' as const,
  connections: 1,
};
