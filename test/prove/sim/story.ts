import { formToken } from '#access/forms.ts';
import type { Booking } from '#booking/booking.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { type App, composeEmbedded } from '#main/embedded/embedded.ts';
import type { Log, LogFields } from '#platform/log.ts';
import { type Disk, disk } from './disk.ts';
import { serviceKey, simulated } from './fleet.ts';
import { type Action, beginning, type History, type Statement } from './history.ts';
import type { Life } from './life.ts';
import { mail } from './mail.ts';
import { signed } from './marketplace.ts';
import { planOf } from './plan.ts';
import { quiet, turn } from './turns.ts';
import { wall } from './wall.ts';

/** What somebody asked of the program, and whether they were told that it was done. */
export type Asked = {
  readonly action: Action;
  readonly answer: 'done' | 'refused' | 'unknown';
  readonly code?: string;
  readonly booking?: string;
  readonly at: number;
};

/** A story as it was told: everything that can be seen of the world at its end. */
export type Told = Awaited<ReturnType<typeof tell>>;

const house = 'https://sailjada.com';

export type Disks = { readonly open: Disk; readonly money: Disk; readonly engine: Disk };

/** The files that one process of the proof uses for all its stories, one after the other. */
export const disks = (): Disks => ({ open: disk('open'), money: disk('money'), engine: disk('engine') });

const minute = 60_000;

/**
 * Tells a story to the real composition: what marketplaces, the operator and crew do, with processes that die and a world
 * that fails as the plan says. In the end nothing fails any more, everybody who was not heard says it again, and time passes.
 */
export async function tell(history: History, on: Disks, options: { seed?: string; trace?: boolean } = {}) {
  for (const each of Object.values(on)) each.wipe();
  const clock = settableClock(beginning);
  const random = seededRandom(options.seed ?? 'story');
  const mailbox = mail();
  const pages = wall();
  const trace: string[] = [];
  const wrong: string[] = [];
  const asked: Asked[] = [];
  const acknowledged = new Set<string>();
  const plan = planOf(history.faults, clock.now);
  const { seen, fired } = plan;
  let activity = 0;
  let starts = 0;
  let life!: Life & { over: Promise<void>; clock: SettableClock };
  let app!: App;

  const doubt = (id: string) => mailbox.doubts.set(id, (mailbox.doubts.get(id) ?? 0) + 1);

  const note = (line: string) => {
    if (options.trace) trace.push(line);
  };

  const begin = () => {
    let isOver = false;
    let tellOver = () => {};
    const over = new Promise<void>(resolve => {
      tellOver = resolve;
    });
    const mine: typeof life = {
      over,
      isOver: () => isOver,
      stirs: () => void activity++,
      writes: (file, sql, values) => note(`${file} ${sql} ${JSON.stringify(values, plain)}`),
      boundary(edge, what) {
        activity++;
        const fate = plan.next(edge);
        note(`${edge} ${seen[edge]} ${what}: ${fate}`);
        return fate;
      },
      end(how) {
        isOver = true;
        if (how === 'power after') {
          for (const each of Object.values(on)) each.losePower(plan.much());
        }
        // Whatever was on the wire then may or may not have gone out.
        for (const each of [on.open, on.money]) {
          for (const { id } of each.reader.all<{ id: string }>('SELECT id FROM letters WHERE on_wire = 1'))
            doubt(id);
        }
        tellOver();
      },
      clock: {
        ...clock,
        after: (ms, work) =>
          clock.after(ms, () => {
            activity++;
            if (!isOver) work();
          }),
      },
    };
    return mine;
  };

  const patience = (work: () => void) => {
    clock.after(plan.much(), () => {
      activity++;
      work();
    });
  };

  const log: Log = {
    info: () => {},
    warn: (what, fields) => suspect(what, fields),
    error: (what, fields) => suspect(what, fields),
  };
  /** What goes wrong outside has its own errors; any other is a defect that somebody caught and logged. */
  const suspect = (what: string, fields?: LogFields) => {
    const error = fields?.error;
    note(`log ${what} ${error instanceof Error ? error.message : ''}`);
    if (!(error instanceof Error) || life.isOver()) return;
    if (error instanceof Refusal || error instanceof Unavailable) return;
    if (expectedErrors.some(text => error.message.includes(text))) return;
    wrong.push(`defect logged: ${what}: ${error.stack ?? error.message}`);
  };

  /** A process starts and goes over what the last one left. A full disk may end it at once, as it would a real one. */
  const start = async () => {
    for (let tries = 0; ; tries++) {
      if (tries > 300) throw new Error('the program does not come up');
      starts++;
      life = begin();
      const mine = life;
      const dead = mine.over.then(() => 'dead' as const);
      const up = (async () => {
        app = await composeEmbedded({
          config: simulated,
          data: { file: name => name },
          log,
          clock: mine.clock,
          random,
          mailer: mailbox.heldBy(mine, patience, clock.now),
          files: {
            open: on.open.heldBy(mine),
            money: on.money.heldBy(mine),
            engine: on.engine.heldBy(mine),
            outbox: '',
            pages: '',
            photos: '',
            close: () => {},
          },
          host: pages.heldBy(mine, patience),
        });
        await app.resume();
        return 'up' as const;
      })();
      const how = await Promise.race([up, dead]).catch((error: unknown) => {
        if (!(error instanceof Unavailable)) throw error;
        return 'could not' as const;
      });
      note(`start: ${how}`);
      if (how === 'up') {
        ticks();
        return;
      }
      mine.end('crash before');
      if (how === 'could not') clock.advance(10_000);
    }
  };

  let ticking: Promise<void> | null = null;
  let tickOf: Life | null = null;
  const ticks = () => {
    if (ticking && tickOf === life) return;
    tickOf = life;
    const mine: Promise<void> = app
      .tick()
      .catch(error => suspect('the sweep broke', { error }))
      .finally(() => {
        if (ticking === mine) ticking = null;
      });
    ticking = mine;
  };

  /** Whoever asks a process that dies does not learn what became of it. */
  const ask = async <T>(work: () => T | Promise<T>): Promise<T | 'unknown'> => {
    const mine = life;
    let isAnswered = false;
    const answer = Promise.race([
      Promise.resolve().then(work),
      mine.over.then(() => 'unknown' as const),
    ]).finally(() => {
      isAnswered = true;
    });
    answer.catch(() => {});
    for (let n = 0; ; n++) {
      await Promise.race([answer.catch(() => {}), quiet(() => activity)]);
      if (isAnswered) return mine.isOver() ? 'unknown' : answer;
      // It waits for time to pass: for a deadline, or for something slow.
      if (n > 400) throw new Error('an answer never comes');
      await pass(5_000);
    }
  };

  const request = (path: string, init: RequestInit) => ask(() => app.fetch(new Request(house + path, init)));

  const deliver = async (statement: Statement) => {
    clock.advance(1);
    const { text, headers } = signed(statement, clock.now());
    const answer = await request(`/webhooks/${statement.source}`, { method: 'POST', headers, body: text });
    const status = answer === 'unknown' ? 'no answer' : answer.status;
    note(`answer to ${statement.key}: ${status}`);
    if (status === 202) acknowledged.add(statement.key);
    else if (status !== 'no answer' && status !== 503 && status !== 507)
      wrong.push(`a good message was answered with ${status}`);
  };

  const listed = () =>
    on.open.reader
      .all<{ body: string }>(
        'SELECT body FROM bookings WHERE revision > 0 AND absorbedBy IS NULL ORDER BY id',
      )
      .map(row => JSON.parse(row.body) as Booking);

  const nthBooking = (nth: number): Booking | null => {
    const all = listed();
    return all[nth % Math.max(1, all.length)] ?? null;
  };

  const operate = async (action: Action, name: string, input: Record<string, unknown>) => {
    const at = clock.now();
    const booking = typeof input.booking === 'string' ? { booking: input.booking } : {};
    try {
      const answer = await ask(() => app.operate(name, input));
      const made = (answer as { booking?: { id: string } } | null)?.booking?.id;
      asked.push({
        action,
        answer: answer === 'unknown' ? 'unknown' : 'done',
        at,
        ...booking,
        ...(made ? { booking: made } : {}),
      });
    } catch (error) {
      if (error instanceof Refusal)
        asked.push({ action, answer: 'refused', code: error.code, at, ...booking });
      else if (error instanceof Unavailable) asked.push({ action, answer: 'unknown', at, ...booking });
      else wrong.push(`defect: ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  };

  /** Somebody of the crew opens the link of the newest letter and presses a button. */
  const answerAsCrew = async (action: Action & { do: 'answer' }) => {
    const letters = mailbox.arrived.filter(({ letter }) => letter.audience === 'crew' && linkIn(letter.text));
    const { letter } = letters[letters.length - 1 - (action.nth % Math.max(1, letters.length))] ?? {};
    const token = letter && linkIn(letter.text);
    if (!letter || !token) return;
    const at = clock.now();
    const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
    const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
    const door = await request('/c/session', { method: 'POST', headers: own, body: form({ link: token }) });
    if (door === 'unknown' || door.status !== 303) return;
    const cookie = (door.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const session = cookie.slice(cookie.indexOf('=') + 1).split('.')[0] ?? '';
    const event = (door.headers.get('location') ?? '').split('/').at(-1) ?? '';
    const answer = await request(`/c/events/${event}/answer`, {
      method: 'POST',
      headers: { ...own, cookie },
      body: form({ formToken: formToken({ id: session }), answer: action.answer }),
    });
    const status = answer === 'unknown' ? 'unknown' : answer.status === 303 ? 'done' : 'refused';
    asked.push({ action, answer: status, at, booking: `${event} ${letter.to.address}` });
  };

  const chooseCrew = async (action: Action & { do: 'crew' }) => {
    const booking = nthBooking(action.nth);
    const event =
      booking &&
      on.open.reader.get<{ id: string }>('SELECT id FROM crew_events WHERE booking = ?', booking.id);
    if (!event) return;
    const at = clock.now();
    const answer = await request(`/api/events/${event.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-service-key': serviceKey },
      body: JSON.stringify({ crew: action.people.map(id => ({ id })) }),
    });
    const status =
      answer === 'unknown' || answer.status >= 500 ? 'unknown' : answer.status === 200 ? 'done' : 'refused';
    asked.push({
      action,
      answer: status,
      at,
      booking: booking.id,
      ...(answer === 'unknown' ? {} : { code: String(answer.status) }),
    });
  };

  /** Time passes; each alarm on the way has its effect before the next one rings. */
  const pass = async (ms: number) => {
    const until = clock.now() + ms;
    for (let due = clock.nextDue(); due !== null && due < until; due = clock.nextDue()) {
      clock.advance(Math.max(0, due - clock.now()));
      await quiet(() => activity);
    }
    clock.advance(until - clock.now());
    if (!life.isOver()) ticks();
    await quiet(() => activity);
  };

  const doIt = async (action: Action): Promise<void> => {
    switch (action.do) {
      case 'deliver':
        return deliver(action.statement);
      case 'move':
      case 'correct':
      case 'cancel':
      case 'restore':
      case 'retry': {
        const booking = nthBooking(action.nth)?.id;
        if (!booking) return;
        if (action.do === 'move') return operate(action, 'booking move', { booking, start: action.to });
        if (action.do === 'correct')
          return operate(action, 'booking correct', { booking, guest: action.guest });
        if (action.do === 'retry') return operate(action, 'retry', { booking });
        return operate(action, `booking ${action.do}`, { booking });
      }
      case 'add': {
        const { vessel, start, end, guest, email, party, status } = action.trip;
        return operate(action, 'booking add', {
          vessel,
          start,
          end,
          guest,
          party,
          tentative: status === 'tentative',
          ...(email ? { email } : {}),
        });
      }
      case 'answer':
        return answerAsCrew(action);
      case 'crew':
        return chooseCrew(action);
      case 'wait': {
        for (let left = action.ms, step = minute; left > 0; left -= step, step *= 4) {
          await pass(Math.min(left, step));
          if (life.isOver()) await start();
        }
        return;
      }
      case 'jump':
        // Every alarm that was passed over rings at once.
        clock.set(clock.now() + action.ms);
        return;
      case 'restart':
        if ((await ask(() => app.close())) !== 'unknown') life.end('crash before');
        return;
    }
  };

  const rest = async ({ rest: how }: Pick<Action, 'rest'>) => {
    if (how === 'quiet') return quiet(() => activity);
    for (let n = 0; n < how && !life.isOver(); n++) await turn();
  };

  /**
   * What the plan placed further on than this story goes: three things go wrong in every story, so the rest happens
   * while the last message is sent once more.
   */
  const sendAgain = async () => {
    const last = history.actions.findLast(action => action.do === 'deliver');
    for (const fault of plan.left()) {
      if (last?.do !== 'deliver') return;
      plan.bring(fault);
      await deliver(last.statement);
      await rest({ rest: 'quiet' });
      if (life.isOver()) await start();
    }
    plan.bring(null);
  };

  const waits = () => {
    const count = (from: Disk, sql: string) =>
      Number(from.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n);
    return (
      count(on.open, "drives WHERE state IN ('driving', 'waiting')") +
      count(on.money, "drives WHERE state IN ('driving', 'waiting')") +
      count(on.open, "letters WHERE state = 'waiting'") +
      count(on.money, "letters WHERE state = 'waiting'") +
      count(on.open, 'letters WHERE change > told') +
      count(on.money, 'letters WHERE change > told') +
      count(on.open, 'crew_events WHERE to_tell = 1') +
      count(on.money, "deliveries WHERE state = 'pending'") +
      count(on.open, 'bookings WHERE revision > fulfilledRevision')
    );
  };

  const given = () =>
    [on.open, on.money].flatMap(each =>
      each.reader
        .all<{ booking: string }>("SELECT booking FROM drives WHERE state = 'stuck'")
        .map(row => row.booking),
    );

  /** Nothing fails any more: whoever was not heard says it again, and a person presses retry where the board says so. */
  const settle = async () => {
    plan.heal();
    if (life.isOver()) await start();
    for (const pause of [
      minute,
      minute,
      6 * minute,
      16 * minute,
      61 * minute,
      61 * minute,
      61 * minute,
      61 * minute,
    ]) {
      for (const action of history.actions) {
        if (action.do === 'deliver' && !acknowledged.has(action.statement.key))
          await deliver(action.statement);
      }
      await pass(pause);
      for (const booking of new Set(given()))
        await operate({ do: 'retry', nth: 0, rest: 'quiet' }, 'retry', { booking });
      await quiet(() => activity);
      if (waits() === 0) return;
    }
    wrong.push(`not settled after four hours: ${waits()} things still wait`);
  };

  const onUnhandled = (error: unknown) =>
    void wrong.push(`unhandled rejection: ${error instanceof Error ? error.stack : String(error)}`);
  process.on('unhandledRejection', onUnhandled);
  try {
    await start();
    for (const action of history.actions) {
      note(`${new Date(clock.now()).toISOString()} ${JSON.stringify(action)}`);
      await doIt(action);
      if (!life.isOver()) await rest(action);
      if (life.isOver()) await start();
    }
    for (;;) {
      await quiet(() => activity);
      if (!life.isOver()) break;
      await start();
    }
    await sendAgain();
    await settle();
  } finally {
    process.off('unhandledRejection', onUnhandled);
    life.end('crash before');
  }
  return {
    history,
    on,
    clock,
    wrong,
    asked,
    acknowledged,
    fired,
    seen,
    starts,
    trace,
    arrived: mailbox.arrived,
    doubts: mailbox.doubts,
    pages: pages.pages,
    hung: pages.hung,
    get app() {
      return app;
    },
    listed,
  };
}

/** Messages of errors that stand for something outside, or for a process that was overtaken. */
const expectedErrors = [
  'the simulated mailer broke',
  // The clock jumped over the deadline of a run that was under way.
  'The invocation took longer than',
];

const linkIn = (text: string) => /\/c#([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? null;

const plain = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
