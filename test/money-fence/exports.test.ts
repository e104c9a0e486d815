import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { embeddedLeaving } from '#main/moving/embedded-house.ts';
import { exportHouse } from '#main/moving/export-house.ts';
import { example, openWorld } from '../world.ts';

/** What may be known by who speaks to crew and guests is the same to the byte, whatever a trip costs. */
describe('the open parts of an export', () => {
  const exported = async (gross: string, note: string) => {
    const world = await openWorld({
      seed: 'two runs',
      config: fleet => ({ ...fleet, server: { url: 'https://sailjada.com' } }),
    });
    const folder = mkdtempSync(join(tmpdir(), 'gangway-two-runs-'));
    try {
      const booked = example('boatsetter-created', { note });
      await world.deliver({ ...booked, payout: { gross, currency: 'USD' } }, { id: 'msg_same' });
      await world.settle();
      cpSync(world.folder, join(folder, 'data'), { recursive: true });
      const data = { file: (name: string) => join(folder, 'data', name) };
      const from = embeddedLeaving({ config: world.config, data, clock: world.clock });
      const to = join(folder, 'export');
      await exportHouse({ from, folder: to, linkKey: 'same', clock: world.clock });
      from.close();
      const textOf = (side: string) =>
        readdirSync(join(to, side))
          .sort()
          .map(name => `${name}\n${readFileSync(join(to, side, name), 'utf8')}`)
          .join('\n');
      return { open: textOf('open'), money: textOf('money') };
    } finally {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('are the same to the byte for two houses that differ in money alone', async () => {
    const one = await exported('840.75', 'We paid $840.75 in full.');
    const other = await exported('1212.40', 'Was it $1,212.40 with the tip?');

    expect(one.open).toBe(other.open);
    expect(one.money).not.toBe(other.money);
  });
});
