import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { type Egress, egress, lookingFor } from '#platform/egress.ts';
import { type Log, silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import type { Letter } from './letter.ts';
import { aLetter } from './letters.testing.ts';
import type { Mailer } from './mailer.ts';
import { openLetter } from './opened-letter.postal-mime.ts';
import { sqlitePost } from './post.sqlite.ts';
import type { Post } from './post.ts';
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

type Parts = { mailer: Mailer; egress: Egress; clock: SettableClock; log: Log; onChange: OnLetterChange };

/** Opens an office; with the `place` and clock of another, the same office after a restart of the program. */
export type MakeOffice<O extends Office = Office> = (
  mailer: (clock: SettableClock) => Mailer,
  given?: { place?: string; clock?: SettableClock; onChange?: OnLetterChange; canaries?: string[] },
) => O;
export type Office = {
  post: Post;
  clock: SettableClock;
  changes: string[];
  pass: (minutes: number) => Promise<void>;
  place: string;
};

/** How offices are opened where `open` keeps what was posted. */
export function officesIn<Opened extends { post: Post; place: string }>(
  open: (place: string | undefined, parts: Parts) => Opened,
) {
  return (...[mailer, given = {}]: Parameters<MakeOffice>) => {
    const clock = given.clock ?? settableClock('2027-05-01T08:00:00Z');
    const changes: string[] = [];
    const note: OnLetterChange = (...change) => void changes.push(change.filter(Boolean).join(': '));
    const opened = open(given.place, {
      mailer: using(mailer(clock)),
      egress: egress({ leaks: lookingFor(() => given.canaries ?? []), onRefused: () => {} }),
      clock,
      log: silentLog,
      onChange: given.onChange ?? note,
    });
    const post = using(opened.post);
    const pass = async (minutes: number) => {
      clock.advance(minutes * minute);
      await post.deliverDue();
    };
    return { ...opened, post, clock, changes, pass };
  };
}

/** A post office in a file of its own. */
export const office = officesIn((place = join(temporaryFolder('mail'), 'post.db'), parts) => {
  const db = using(openSqlite(place));
  return { post: sqlitePost({ db, ...parts }), place, db };
});

export const named = (n: number | string, parts: Partial<Letter> = {}) =>
  aLetter({ id: `letter/${n}`, subject: `Letter ${n}`, ...parts });

export const subjects = async (arrived: readonly Pick<Arrived, 'bytes'>[]) =>
  (await Promise.all(arrived.map(one => openLetter(one.bytes)))).map(one => one.subject).sort();
