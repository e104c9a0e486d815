import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Imported } from '#main/moving/import-house.ts';
import type { Manifest } from '#main/moving/manifest.ts';
import { gangway, openPremises, type Premises } from '../spawned.ts';
import { example, outboxFiles } from '../world.ts';

/** The command line takes a house to another data folder; what the editions make of it is told in test/aws/stories. */
describe('a house at another machine', () => {
  let premises: Premises;
  const at = (name: string) => join(premises.folder, name);
  const run = <T>(data: string, ...args: string[]) =>
    gangway([...args, '--config', premises.config, '--data', at(data), '--json'], {
      cwd: premises.folder,
    }).then(({ code, out, err }) => ({ code, err, answer: out ? (JSON.parse(out) as T) : null }));

  beforeAll(async () => {
    premises = openPremises({ config: fleet => ({ ...fleet, server: { url: 'https://sailjada.com' } }) });
    const server = await premises.serve();
    expect((await run('data', 'export', '--to', at('too-early'))).err).toMatch(/Stop it first/);
    await server.http('/webhooks/boatsetter', premises.signed('msg_1', example('boatsetter-created')));
    await server.stop();
  });
  afterAll(() => premises.close());

  it('has every booking, and writes to nobody a second time', async () => {
    const { answer, code } = await run<Manifest>('data', 'export', '--to', at('export'));
    expect(code).toBe(0);
    expect(answer).toMatchObject({ edition: 'embedded', underWay: { letters: 0, runs: 0, deliveries: 0 } });
    const imported = await run<Imported>('other', 'import', at('export'));
    expect(imported.answer).toMatchObject({ resumed: false, held: 0, drift: 0 });
    const bookings = await run<Booking[]>('other', 'booking', 'list', '--when', 'all');
    expect(bookings.answer).toMatchObject([{ guest: { name: 'Carole Whitfield' }, revision: 1 }]);
    expect(outboxFiles(at('other/outbox'))).toEqual([]);
    const pages = JSON.parse(readFileSync(at('export/open/page.ndjson'), 'utf8')) as { slug: string };
    expect(pages.slug).toMatch(/^carole-jada-/);
  });

  it('is not made of an export without its books', async () => {
    await run('data', 'export', '--to', at('look'), '--without-money');
    const { code, err } = await run('third', 'import', at('look'));
    expect([code, err]).toEqual([1, expect.stringMatching(/without its books[\s\S]*--without-money/)]);
  });

  it('is refused where it was changed on the way', async () => {
    cpSync(at('export'), at('spoilt'), { recursive: true });
    rmSync(join(at('spoilt'), 'open/booking.ndjson'));
    expect((await run('third', 'import', at('spoilt'))).err).toMatch(/booking\.ndjson is missing/);
  });
});
