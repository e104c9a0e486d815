import type { PageHost, StoredPage } from '#guest-page/page-host.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Letter } from '#mail/letter.ts';
import type { Handed, Mailer } from '#mail/mailer.ts';
import { type App, composeEmbedded } from '#main/embedded/embedded.ts';
import type { Outgoing } from '#platform/egress.ts';
import { pinoLog } from '#platform/log.pino.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import { type Disk, disk } from '../sim/disk.ts';
import type { Fate, Life } from '../sim/life.ts';
import { quiet } from '../sim/turns.ts';
import { fencedFleet } from './fleet.ts';
import type { Side, Trouble } from './money.ts';
import { beginning, type Pair } from './plot.ts';

export type Disks = { readonly open: Disk; readonly money: Disk; readonly engine: Disk };

/** The files that one process uses for all its stories, one after the other. */
export const disks = (): Disks => ({ open: disk('open'), money: disk('money'), engine: disk('engine') });

/** Bytes that somebody got, and who: in the order in which they got them. */
export type Got = { readonly who: string; readonly bytes: string };

export type World = ReturnType<typeof openWorld>;

/** Tables that only the books write to; when these fail or are slow, finance does. */
const books = /\b(finance_notes|ledgers|ledger_history|money_letters|finance_amounts)\b/;

export const isOwners = ({ audience }: Letter) => audience === 'owner' || audience === 'payee';

/** The real composition on files, mail and pages in memory, one side of a pair. Processes die as the plot says. */
export function openWorld(pair: Pair, side: Side, on: Disks) {
  for (const each of Object.values(on)) each.wipe();
  const clock = settableClock(beginning);
  const random = seededRandom('one side of a pair');
  const got: Got[] = [];
  const letters: { letter: Letter; at: number }[] = [];
  const pages = new Map<string, StoredPage>();
  const alarms: string[] = [];
  const seen = { commit: 0, publish: 0, send: 0 };
  const crashes = [...pair.crashes];
  let trouble = side.trouble;
  let activity = 0;
  let crashed = 0;
  let life!: Life;
  let died: Promise<void> = Promise.resolve();
  let app!: App;

  const keep = (who: string, bytes: string) => void got.push({ who, bytes });
  const fateAt = (edge: keyof typeof seen): Fate => {
    activity++;
    const nth = seen[edge]++;
    const at = crashes.findIndex(crash => crash.edge === edge && crash.nth === nth);
    if (at < 0) return 'go';
    crashed++;
    const [crash] = crashes.splice(at, 1);
    return crash?.when === 'before' ? 'crash before' : 'crash after';
  };

  const begin = () => {
    let isOver = false;
    let over = () => {};
    died = new Promise<void>(resolve => {
      over = resolve;
    });
    const mine: Life = {
      isOver: () => isOver,
      stirs: () => void activity++,
      writes: () => {},
      // Only what happens on the open side: that must come in the same order on both sides of the pair.
      boundary: (edge, what) => (edge === 'commit' && what === 'open' ? fateAt('commit') : 'go'),
      end() {
        isOver = true;
        over();
      },
    };
    return mine;
  };

  const mailerOf = (mine: Life): Mailer => ({
    exactlyOnce: false,
    close: async () => {},
    send: letter =>
      new Promise<Handed>(resolve => {
        if (mine.isOver()) return;
        activity++;
        if (isOwners(letter)) return ownersMail(trouble, resolve, clock);
        const fate = fateAt('send');
        if (fate === 'crash before') return mine.end(fate);
        letters.push({ letter, at: clock.now() });
        if (fate !== 'go') return mine.end(fate);
        resolve({ kind: 'sent' });
      }),
  });

  const hostOf = (mine: Life): PageHost => {
    const change = <T>(effect: () => T) =>
      new Promise<T>(resolve => {
        if (mine.isOver()) return;
        const fate = fateAt('publish');
        if (fate === 'crash before') return mine.end(fate);
        const done = effect();
        if (fate !== 'go') return mine.end(fate);
        resolve(done);
      });
    return {
      publish: (brand, slug, html) =>
        change(() => {
          const bytes = Buffer.from(html, 'utf8');
          const etag = sha256(bytes);
          pages.set(`${brand.id}/${slug}`, { html: bytes, brotli: bytes, etag });
          keep('public: a page is put up', `${clock.now()} ${brand.id}/${slug} ${html}`);
          return { etag };
        }),
      read: async (brand, slug) => pages.get(`${brand.id}/${slug}`) ?? null,
      slugs: async brand =>
        [...pages.keys()]
          .filter(key => key.startsWith(`${brand.id}/`))
          .map(key => key.slice(brand.id.length + 1)),
      remove: (brand, slug) =>
        change(() => {
          keep('public: a page is taken down', `${clock.now()} ${brand.id}/${slug}`);
          pages.delete(`${brand.id}/${slug}`);
        }),
    };
  };

  const log = pinoLog({
    stream: {
      write(line: string) {
        const { time, ...entry } = JSON.parse(line) as Record<string, unknown>;
        if (entry.what === 'an amount was held back at the egress') alarms.push(String(entry.code));
        keep('log', JSON.stringify(entry));
      },
    },
  });

  const start = async () => {
    for (let tries = 0; ; tries++) {
      if (tries > 20) throw new Error('the program does not come up');
      life = begin();
      const mine = life;
      const up = (async () => {
        app = await composeEmbedded({
          config: fencedFleet,
          data: { file: name => name },
          log,
          clock: aliveWith(mine, clock, () => void activity++),
          random,
          mailer: mailerOf(mine),
          files: {
            open: on.open.heldBy(mine),
            money: troubled(on.money.heldBy(mine), () => trouble, clock),
            engine: on.engine.heldBy(mine),
            outbox: '',
            pages: '',
            photos: '',
            close: () => {},
          },
          host: hostOf(mine),
          tap: ({ audience, channel, body }: Outgoing) => {
            if (audience !== 'owner' && audience !== 'payee')
              keep(
                `${audience}: ${channel}`,
                typeof body === 'string' ? body : Buffer.from(body).toString('latin1'),
              );
          },
        });
        await app.resume();
        return 'up' as const;
      })();
      if ((await Promise.race([up, died.then(() => 'dead' as const)])) === 'up') return;
    }
  };

  /** Asks the program; whoever asks a process that dies does not learn what became of it. */
  const ask = async <T>(work: () => T | Promise<T>): Promise<T | 'died'> =>
    Promise.race([Promise.resolve().then(work), died.then(() => 'died' as const)]);

  const rest = () => quiet(() => activity);
  const world = {
    clock,
    on,
    got,
    letters,
    pages,
    /** Each time the last gate held an amount back. */
    alarms,
    keep,
    ask,
    app: () => app,
    crashed: () => crashed,
    /** The books and the owner's mail work again. */
    mend() {
      trouble = 'none';
    },
    start,
    /** Whoever died is started again, and everything that can happen now does. */
    async settle() {
      for (;;) {
        await rest();
        if (!life.isOver()) return;
        await start();
        void app.tick().catch(() => {});
      }
    },
    /** Time passes; each alarm on the way has its effect before the next one rings. */
    async pass(ms: number) {
      const until = clock.now() + ms;
      for (let due = clock.nextDue(); due !== null && due < until; due = clock.nextDue()) {
        clock.advance(Math.max(0, due - clock.now()));
        await world.settle();
      }
      clock.advance(until - clock.now());
      void app.tick().catch(() => {});
      await world.settle();
    },
  };
  return world;
}

function ownersMail(trouble: Trouble, resolve: (handed: Handed) => void, clock: SettableClock): void {
  if (trouble === 'owner mail fails')
    resolve({ kind: 'later', reason: 'The owner cannot be reached.', blocks: 'letter' });
  else if (trouble === 'owner mail is slow') clock.after(40_000, () => resolve({ kind: 'sent' }));
  else resolve({ kind: 'sent' });
}

/** The money file as it is when the books fail or are slow, while everything else in it works. */
function troubled(file: Sqlite, now: () => Trouble, clock: SettableClock): Sqlite {
  const through =
    (write: Sqlite['write']): Sqlite['write'] =>
    async work => {
      const trouble = now();
      let isBooks = false;
      const value = await write(tx => {
        const watched: Transaction = {
          ...tx,
          run(sql, ...values) {
            if (books.test(sql)) isBooks = true;
            if (isBooks && trouble === 'books fail')
              throw new Unavailable('disk-full', 'The disk is full: nothing was stored.');
            return tx.run(sql, ...values);
          },
        };
        return work(watched);
      });
      if (isBooks && trouble === 'books are slow')
        await new Promise<void>(resolve => void clock.after(7_000, resolve));
      return value;
    };
  const held: Sqlite = {
    ...file,
    write: through(file.write),
    writeSoon: through(file.writeSoon),
    relaxed: () => ({ ...held, write: held.writeSoon }),
  };
  return held;
}

/** Where guest pages hang, and nothing fails. */
export function pagesInMemory(keep: (who: string, bytes: string) => void): PageHost {
  const pages = new Map<string, StoredPage>();
  return {
    async publish(brand, slug, html) {
      const bytes = Buffer.from(html, 'utf8');
      const etag = sha256(bytes);
      pages.set(`${brand.id}/${slug}`, { html: bytes, brotli: bytes, etag });
      keep('public: a page is put up', `${brand.id}/${slug} ${html}`);
      return { etag };
    },
    read: async (brand, slug) => pages.get(`${brand.id}/${slug}`) ?? null,
    slugs: async brand =>
      [...pages.keys()]
        .filter(key => key.startsWith(`${brand.id}/`))
        .map(key => key.slice(brand.id.length + 1)),
    async remove(brand, slug) {
      keep('public: a page is taken down', `${brand.id}/${slug}`);
      pages.delete(`${brand.id}/${slug}`);
    },
  };
}

/** The clock as one process has it: what a dead one still had set never rings. */
const aliveWith = (mine: Life, clock: SettableClock, stirs: () => void): SettableClock => ({
  ...clock,
  after: (ms, work) =>
    clock.after(ms, () => {
      stirs();
      if (!mine.isOver()) work();
    }),
});
