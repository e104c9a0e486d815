import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { aLetter } from './letters.testing.ts';
import { mailerContract } from './mailer.contract.ts';
import { outboxMailer, outboxName, privateFolder } from './mailer.outbox.ts';

const clock = settableClock('2027-05-01T08:00:00Z');

mailerContract('outbox folder', async () => {
  const folder = join(temporaryFolder('mail'), 'outbox');
  const mailer = outboxMailer({ folder, clock });
  return {
    mailer,
    arrived: async () =>
      existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
            .filter(name => name.endsWith('.eml'))
            .map(name => readFileSync(join(folder, name)))
        : [],
    close: () => mailer.close(),
  };
});

it('keeps letters to owner and payee apart, readable by their owner only', async () => {
  const folder = temporaryFolder('mail');
  const mailer = outboxMailer({ folder, clock });
  for (const audience of ['guest', 'crew', 'owner', 'payee'] as const)
    await mailer.send(aLetter({ id: audience, audience }));
  expect(readdirSync(folder).sort()).toEqual([
    `${outboxName('crew')}.eml`,
    `${outboxName('guest')}.eml`,
    privateFolder,
  ]);
  const inside = join(folder, privateFolder);
  expect(readdirSync(inside).sort()).toEqual([`${outboxName('owner')}.eml`, `${outboxName('payee')}.eml`]);
  expect(statSync(inside).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(inside)) expect(statSync(join(inside, name)).mode & 0o777).toBe(0o600);
});

it('finishes what a crash left half written, and never touches what is whole', async () => {
  const folder = temporaryFolder('mail');
  const letter = aLetter();
  writeFileSync(join(folder, `.${outboxName(letter.id)}.part`), 'From: half a let');
  await outboxMailer({ folder, clock }).send(letter);
  const [name, ...more] = readdirSync(folder);
  expect([name, more]).toEqual([`${outboxName(letter.id)}.eml`, []]);
  const written = readFileSync(join(folder, name as string));

  const later = settableClock('2027-05-01T09:00:00Z');
  await outboxMailer({ folder, clock: later }).send(letter);
  expect(readFileSync(join(folder, name as string))).toEqual(written);
});

it('gives every id a file name of its own that any disk can hold', () => {
  const ids = [
    'a/b',
    'a b',
    'A/b',
    '../../etc/passwd',
    'CON',
    'ü',
    `${'long'.repeat(100)}1`,
    `${'long'.repeat(100)}2`,
  ];
  const names = ids.map(outboxName);
  expect(new Set(names).size).toBe(ids.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{16,96}$/);
});

it('says that letters wait when the folder cannot be written, and goes on when it can', async () => {
  const folder = join(temporaryFolder('mail'), 'outbox');
  writeFileSync(folder, 'a file where the folder should be');
  const mailer = outboxMailer({ folder, clock });
  expect(await mailer.send(aLetter())).toMatchObject({
    kind: 'later',
    blocks: 'all',
    reason: expect.stringContaining('could not be written'),
  });
  rmSync(folder);
  expect(await mailer.send(aLetter())).toEqual({ kind: 'sent' });
});
