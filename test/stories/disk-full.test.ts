import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import { openPremises, type Premises, type Server } from '../spawned.ts';
import { type Answer, example } from '../world.ts';

/** A small disk of its own; null where this user may not mount one. */
function smallDisk(sizeMb: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=0700`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

const disk = smallDisk(6);
if (!disk) console.log('Left out: the disk that fills up (no right to mount a small one here).');

describe.runIf(disk !== null)('a disk that fills up', () => {
  let premises: Premises;
  let server: Server;
  const acknowledged: string[] = [];
  let refused: Answer;
  const data = join(disk ?? '', 'data');
  const ballast = join(disk ?? '', 'ballast');

  const booking = (n: number) => {
    const day = new Date(Date.UTC(2030, 0, 1 + n)).toISOString().slice(0, 10);
    return example('boatsetter-created', {
      id: `trip-${n}`,
      start: `${day}T16:30`,
      end: `${day}T19:30`,
      guest: { name: `Guest Number${n}`, email: `guest${n}@example.org`, phone: null },
    });
  };
  const deliver = async (n: number): Promise<Answer> => {
    const answer = await server.http('/webhooks/boatsetter', premises.signed(`msg_${n}`, booking(n)));
    if (answer.status === 202) acknowledged.push(`trip-${n}`);
    return answer;
  };
  const list = () => server.operate<Booking[]>('booking list', { when: 'all', limit: 1000 });

  /** Writes until nothing more fits: what somebody else on the machine might do. */
  const fill = () => {
    const file = openSync(ballast, 'a');
    for (const size of [65_536, 4_096, 512]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size, 1));
      } catch {
        // Full for pieces of this size.
      }
    }
    closeSync(file);
  };

  beforeAll(async () => {
    premises = openPremises({ data });
    server = await premises.serve();
    expect((await deliver(0)).status).toBe(202);
    // Acknowledged is kept, not yet read.
    while ((await list()).length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    await server.operate('settle', { booking: (await list())[0]?.id });
    fill();
    expect(statfsSync(disk ?? '').bavail).toBe(0);
    let answer: Answer;
    let n = 1;
    // The log of the database may still hold a few.
    do {
      if (n > 500) throw new Error('the disk does not fill up');
      answer = await deliver(n++);
    } while (answer.status === 202);
    refused = answer;
  }, 60_000);
  afterAll(async () => {
    await premises?.close();
    if (disk) {
      execFileSync('umount', [disk]);
      rmSync(disk, { recursive: true });
    }
  });

  it('is answered as such, with a word on what to do, and never as received', () => {
    expect(refused.status).toBe(507);
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.json<{ code: string }>().code).toBe('disk-full');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('keeps nobody from reading', async () => {
    const [first] = await list();
    expect(first?.names[0]?.externalId).toBe('trip-0');
    const { surfaces } = await server.operate<{ surfaces: Belief[] }>('beliefs', { booking: first?.id });
    const url = new URL(surfaces.find(({ surface }) => surface === 'guest page')?.url ?? '');
    expect((await server.http(url.href)).status).toBe(200);
    const headers = { 'x-service-key': premises.keys.serviceKey };
    expect((await server.http('/api/events', { headers })).status).toBe(200);
    expect((await server.http('/healthz')).status).toBe(200);
  });

  it('goes on as soon as there is room, and loses nothing it said it had', async () => {
    rmSync(ballast);
    const answer = await deliver(900);
    expect(answer.status).toBe(202);
    await server.operate('settle', { booking: (await list())[0]?.id });
    // What had failed meanwhile is tried again within minutes by itself; a person need not wait for that.
    for (const { id } of await list()) await server.operate('retry', { booking: id });
    await server.operate('settle', { booking: (await list())[0]?.id });
    const bookings = await list();
    expect(bookings.flatMap(({ names }) => names.map(name => name.externalId)).sort()).toEqual(
      [...acknowledged].sort(),
    );
    for (const { id } of bookings) {
      const { surfaces } = await server.operate<{ surfaces: Belief[] }>('beliefs', { booking: id });
      expect(surfaces.filter(({ state }) => state !== 'stated')).toEqual([]);
    }
    const letters = await premises.letters();
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length);
    for (const { guest } of bookings) {
      expect(letters.filter(({ to }) => to?.[0]?.address === guest.email)).toHaveLength(1);
    }
  });

  it('leaves files behind that are sound at the next start', async () => {
    const before = await list();
    expect((await server.stop()).code).toBe(0);
    for (const name of ['gangway.db', 'money.db', 'engine.db']) {
      const database = new DatabaseSync(join(data, name), { readOnly: true });
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      database.close();
    }
    server = await premises.serve();
    expect(await list()).toEqual(before);
  });
});
