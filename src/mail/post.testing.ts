import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { egress } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { Letter } from './letter.ts';
import { aLetter, freshFolder } from './letters.testing.ts';
import type { Mailer } from './mailer.ts';
import { openLetter } from './opened-letter.postal-mime.ts';
import { sqlitePost } from './post.sqlite.ts';
import type { Arrived } from './smtp-servers.testing.ts';
import type { OnLetterChange } from './tell-changes.ts';

export const minute = 60_000;

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Closes it after the test, the last opened first. */
export const using = <T extends { close(): Promise<void> | void }>(one: T): T => {
  open.unshift(one);
  return one;
};

/** A post office in a folder of its own; with the `file` of another, the same office after a restart of the program. */
export function office(
  mailer: (clock: SettableClock) => Mailer,
  given: { file?: string; clock?: SettableClock; onChange?: OnLetterChange; canaries?: string[] } = {},
) {
  const clock = given.clock ?? settableClock('2027-05-01T08:00:00Z');
  const file = given.file ?? join(freshFolder(), 'post.db');
  const changes: string[] = [];
  const note: OnLetterChange = (...change) => void changes.push(change.filter(Boolean).join(': '));
  const db = using(openSqlite(file));
  const post = using(
    sqlitePost({
      db,
      mailer: using(mailer(clock)),
      egress: egress({ canaries: () => given.canaries ?? [], onRefused: () => {} }),
      clock,
      log: silentLog,
      onChange: given.onChange ?? note,
    }),
  );
  const pass = async (minutes: number) => {
    clock.advance(minutes * minute);
    await post.deliverDue();
  };
  return { post, db, clock, changes, pass, file };
}

export const named = (n: number | string, parts: Partial<Letter> = {}) =>
  aLetter({ id: `letter/${n}`, subject: `Letter ${n}`, ...parts });

export const subjects = async (arrived: readonly Pick<Arrived, 'bytes'>[]) =>
  (await Promise.all(arrived.map(one => openLetter(one.bytes)))).map(one => one.subject).sort();
