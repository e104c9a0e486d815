import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { billTable, priceTable } from '#main/cost/cost-text.ts';
import { estimate } from '#main/cost/estimate.ts';
import { prices } from '#main/cost/prices.ts';
import { gangway } from '../spawned.ts';

const page = readFileSync('docs/operating/aws.md', 'utf8');

describe('docs/operating/aws.md', () => {
  it('has the bill as gangway cost gives it', () => {
    expect(page).toContain(billTable([100, 1000, 100_000]));
  });

  it('has the price table as it is', () => {
    expect(page).toContain(priceTable());
  });

  it('says what six invalidations a booking would cost', () => {
    const { free, usd } = prices.invalidation;
    expect(page).toContain(`$${(600_000 * usd - free * usd).toLocaleString('en-US')} higher`);
  });

  it('says which part is the largest', () => {
    for (const bookings of [1000, 100_000]) {
      const [most] = [...estimate(bookings).services].sort((a, b) => b.share - a.share);
      expect(most?.service).toBe('S3, photos kept');
    }
  });

  it.each(['docs/operating/aws.md', 'README.md', 'deploy/aws/README.md'])(
    '%s says plainly that it was never deployed',
    file => {
      expect(readFileSync(file, 'utf8')).toMatch(/[Ss]ynthesised and tested against stand-ins, not deployed/);
    },
  );

  it('puts every secret that init made into SSM as it is, by the very commands of step 5', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gangway-secrets-'));
    const answers = { name: 'Otter', host: 'otter.example', vessel: 'Otter', zone: 'UTC', owner: 'Nell' };
    const given = Object.entries({ ...answers, email: 'nell@otter.example' });
    await gangway(['init', ...given.flatMap(([name, value]) => [`--${name}`, value])], { cwd: folder });
    appendFileSync(join(folder, 'gangway.env'), "# one more\nA_DASH_FIRST='-b c'\n");
    const made = parseEnv(readFileSync(join(folder, 'gangway.env'), 'utf8'));
    // Stands in for the AWS CLI: notes a name and a value.
    writeFileSync(join(folder, 'aws'), '#!/bin/sh\nprintf "%s %s\\n" "$7" "$8" >>asked\n', { mode: 0o755 });
    const [, commands = ''] = /\*\*5\. [\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? [];
    execFileSync('sh', ['-euc', commands], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    const asked = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n').sort();
    rmSync(folder, { recursive: true });
    expect(asked).toHaveLength(6);
    expect(asked).toEqual(
      Object.entries(made)
        .map(([name, value]) => `/gangway/${name} --value=${value}`)
        .sort(),
    );
  });
});
