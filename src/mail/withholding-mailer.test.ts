import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { saysNoSuchMailbox, troubleOf } from './bounce.ts';
import type { Letter } from './letter.ts';
import { aLetter } from './letters.testing.ts';
import type { Handed, Mailer } from './mailer.ts';
import { sqliteSuppressed } from './suppressed.sqlite.ts';
import { withholdingMailer } from './withholding-mailer.ts';

function office(answer: Handed = { kind: 'sent' }) {
  const clock = settableClock('2027-05-01T10:00:00Z');
  const suppressed = sqliteSuppressed(openSqlite(':memory:'));
  const handed: Letter[] = [];
  const world: Mailer = {
    exactlyOnce: false,
    async send(letter) {
      handed.push(letter);
      return answer;
    },
    async close() {},
  };
  return { suppressed, handed, mailer: withholdingMailer(world, suppressed, clock) };
}

const unsubscribe = 'https://queenofsandiego.example/g/x/letters';
const heard = {
  address: 'carole@example.org',
  at: '2027-05-01T09:00:00.000Z',
  said: '550 5.1.1 no such user.',
};

it('hands over nothing to a mailbox that does not exist, until a person has it used again', async () => {
  const { suppressed, handed, mailer } = office();
  await suppressed.add({ ...heard, why: 'bounce' });
  expect(await mailer.send(aLetter())).toEqual({
    kind: 'returned',
    reason:
      'Withheld: address bounced. 550 5.1.1 no such user. Correct the address, or have it used again under Failures.',
  });
  expect(handed).toEqual([]);
  await suppressed.decide(heard.address, 'allowed', { by: 'joan', at: heard.at });
  expect(await mailer.send(aLetter())).toEqual({ kind: 'sent' });
});

it('writes to who complained only what they have to know', async () => {
  const { suppressed, mailer } = office();
  await suppressed.add({ ...heard, why: 'complaint' });
  expect(await mailer.send(aLetter())).toEqual({ kind: 'sent' });
  expect(await mailer.send(aLetter({ unsubscribe }))).toMatchObject({ kind: 'returned' });
});

it('goes on writing to whom one letter came back from for a reason of its own', async () => {
  const { suppressed, mailer } = office();
  await suppressed.add({ ...heard, why: 'returned' });
  expect(await mailer.send(aLetter({ unsubscribe }))).toEqual({ kind: 'sent' });
});

it('notes a mailbox that the mail server knows nothing of, and no other refusal', async () => {
  const refused = office({
    kind: 'returned',
    reason: 'refused: 550 5.1.1 no such user',
    noSuchMailbox: true,
  });
  await refused.mailer.send(aLetter());
  expect(await refused.suppressed.find(heard.address)).toMatchObject({ why: 'bounce', state: 'open' });
  const other = office({ kind: 'returned', reason: 'too large' });
  await other.mailer.send(aLetter());
  expect(await other.suppressed.find(heard.address)).toBeNull();
});

it.each([
  ['550 5.1.1 <carole@example.org>: Recipient address rejected: User unknown', true],
  ['550 No such user here', true],
  ['553 mailbox does not exist', true],
  ['550 5.7.1 Relaying denied', false],
  ['550 5.7.1 unknown client, blocked', false],
  ['550 relay not permitted', false],
  ['552 5.2.2 mailbox full', false],
  ['554 rejected as spam', false],
])('reads %s as a mailbox that does not exist: %s', (reply, is) => {
  expect(saysNoSuchMailbox(reply)).toBe(is);
});

it('tells a bounce from a letter that came back, and both from a delay', () => {
  expect(['5.1.1', '5.2.1', '5.2.2', '5.7.26', '4.4.1', '2.0.0', ''].map(troubleOf)).toEqual([
    'bounce',
    'bounce',
    'returned',
    'returned',
    null,
    null,
    null,
  ]);
});
