import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { feedReader } from '#intake/feeds-in/feed-reader.thread.ts';
import { sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { mailIntake } from '#intake/mail/mail-intake.fixture.ts';
import { mailReader } from '#intake/mail/mail-reader.thread.ts';
import type { Job, Proof, Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { garbled } from './mutated-feeds.ts';
import { garble } from './mutated-mails.ts';

/** No turn of the main loop may take longer than this. */
const mostMs = 50;

/** Mails made to keep a parser busy: one in so many. */
const heavyEvery = 500;
const heavy: readonly string[] = [
  `Content-Type: text/html\r\n\r\n${'<div>'.repeat(100_000)}`,
  `Content-Type: text/html\r\n\r\n<table>${'<tr><td>Guests</td><td>4</td></tr>\r\n'.repeat(50_000)}</table>`,
  `Content-Type: text/plain\r\n\r\n${'Guests: 4\r\n'.repeat(170_000)}`,
];

/**
 * The main loop as a server has it, with mails and calendars read on their threads. A turn is measured by the processor
 * time of the main thread, because what other programs take is not ours; the delay on the clock stands beside it.
 */
export const noStalls: Proof = {
  name: 'no-stalls',
  promise: `No mail or calendar, however garbled or made to hurt, holds the main loop for more than ${mostMs} ms.`,
  unit: 'mails and calendars',
  gate: 10_000,
  full: 50_000,
  async run({ count, seed, report }: Job): Promise<Proven> {
    const reader = mailReader();
    const readFeed = feedReader();
    const world = mailIntake({}, reader.look);
    const states: Record<string, number> = {};
    let passing = 0;
    const one = async (at: number, { bring } = world) => {
      if (at % 2 === 1) {
        const { kind } = await readFeed(Buffer.from(garbled(diceOf(at)), 'latin1'), 'America/Los_Angeles');
        return `calendars ${kind}`;
      }
      const { state } = await bring(await mailOf(at));
      return `mails ${state}`;
    };
    // The first of each loads the program that reads it.
    await one(-2);
    await one(-1);
    const violations: Violation[] = [];
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const loop = watchTurns();
    const garbage = watchGarbage();
    delay.enable();
    const began = performance.now();
    for (let at = seed; at < seed + count; at++) {
      loop.reset();
      garbage.reset();
      try {
        const state = await one(at);
        states[state] = (states[state] ?? 0) + 1;
      } catch (error) {
        violations.push({ seed: at, what: String(error) });
      }
      const ms = await loop.longest();
      if (ms > mostMs) {
        const what = `a turn of ${ms.toFixed(0)} ms; collecting garbage took ${garbage.longest().toFixed(0)} ms`;
        // What a message does, it does each time, also where nobody has seen it before; what the moment did is only counted.
        loop.reset();
        await one(at, mailIntake({}, reader.look)).catch(() => {});
        if ((await loop.longest()) > mostMs) violations.push({ seed: at, what });
        else passing++;
      }
      report(at - seed + 1);
    }
    const seconds = (performance.now() - began) / 1000;
    delay.disable();
    loop.stop();
    garbage.stop();
    await reader.close();
    return {
      done: count,
      figures: states,
      violations,
      notes: [
        `longest turn of the main loop ${loop.worst().toFixed(1)} ms of the processor; longest delay on the clock ${(delay.max / 1e6).toFixed(1)} ms, 99th percentile ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
        `${(count / seconds).toFixed(0)} a second, one after the other`,
        `${passing} longer turns that did not come again with the same message`,
      ],
    };
  },
};

async function mailOf(seed: number): Promise<Buffer> {
  const honest = sampleMail('boatsetter-new', { xhqgmdh: `x${seed + 2}n` }).toString('latin1');
  const mail =
    seed >= 0 && seed % heavyEvery === 0
      ? `${headOf(honest)}\r\n${heavy[(seed / heavyEvery) % heavy.length]}`
      : garble(honest, diceOf(seed)).mail;
  return signedBy('boatsetter.com', Buffer.from(mail, 'latin1'));
}

/** The headers of a mail without those that say what it is made of. */
const headOf = (mail: string): string =>
  (mail.split('\r\n\r\n')[0] ?? '').replace(/^Content-Type: .*(?:\r\n[ \t].*)*\r\n?/gm, '').trimEnd();

/** How long the longest pause for collecting garbage was, by the clock. */
function watchGarbage() {
  let longest = 0;
  const watch = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  watch.observe({ entryTypes: ['gc'] });
  return {
    reset() {
      longest = 0;
    },
    longest: () => longest,
    stop: () => watch.disconnect(),
  };
}

/** How much processor time each turn of the main loop takes. */
function watchTurns() {
  let isOn = true;
  let before = process.threadCpuUsage();
  let [longest, worst] = [0, 0];
  const turn = () => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, (now.user + now.system - before.user - before.system) / 1000);
    worst = Math.max(worst, longest);
    before = now;
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    reset() {
      longest = 0;
    },
    /** Since the reset, the turn that is going on included. */
    longest: () => new Promise<number>(resolve => setImmediate(() => setImmediate(() => resolve(longest)))),
    worst: () => worst,
    stop() {
      isOn = false;
    },
  };
}
