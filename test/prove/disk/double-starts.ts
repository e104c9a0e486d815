import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { buildVictim } from './victims.ts';

/** F13: two processes want one data folder at the same moment. */
export const doubleStarts = inSlices({
  name: 'double-starts',
  promise:
    'Of two processes that start on one data folder one works, the other is refused and touches nothing.',
  unit: 'double starts',
  gate: 300,
  full: 3_000,
  chunk: 500,
  slice: startTwice,
});

export async function startTwice(from: number, to: number): Promise<Proven> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-double-'));
  const program = await buildVictim('disk/holder');
  const figures = { 'one came in': 0, 'neither came in': 0, 'holders stopped': 0, 'holders killed': 0 };
  const violations: Violation[] = [];
  let pair = [await holder(program, folder), await holder(program, folder)] as [Holder, Holder];
  try {
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      if (dice.chance(0.5)) pair = [pair[1], pair[0]];
      const said = await Promise.all(pair.map(each => each.order('take')));
      const wrong = (what: string) => violations.push({ seed, what: `${what}: ${said.join(', ')}` });
      const inside = pair.filter((_, n) => said[n] === 'took');
      if (inside.length > 1) wrong('both came in');
      if (said.some(each => each !== 'took' && each !== 'data-in-use')) wrong('refused for another reason');
      const [winner] = inside;
      if (!winner) {
        figures['neither came in']++;
        continue;
      }
      figures['one came in']++;
      const other = pair[0] === winner ? pair[1] : pair[0];
      if (dice.chance(0.05)) {
        // A holder that the machine has put to sleep still holds.
        figures['holders stopped']++;
        winner.signal('SIGSTOP');
        if ((await other.order('take')) !== 'data-in-use') wrong('a stopped holder was passed over');
        winner.signal('SIGCONT');
      }
      if (dice.chance(0.02)) {
        // One that was killed holds nothing: the next gets in at once.
        figures['holders killed']++;
        await winner.kill();
        if ((await other.order('take')) !== 'took') wrong('a killed holder still held');
        await other.order('let go');
        pair = [other, await holder(program, folder)];
        continue;
      }
      if ((await other.order('take')) !== 'data-in-use') wrong('came in while it was held');
      await winner.order('let go');
    }
  } finally {
    for (const each of pair) await each.kill();
    rmSync(folder, { recursive: true, force: true });
    rmSync(program.at(-1) ?? '', { force: true });
  }
  return { done: to - from, figures, violations };
}

type Holder = Awaited<ReturnType<typeof holder>>;

/** A process that does as it is told; each order is answered by one line. */
async function holder([node = '', ...program]: readonly string[], folder: string) {
  const child: ChildProcessWithoutNullStreams = spawn(node, [...program, folder]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const next = async () => String((await lines.next()).value);
  if ((await next()) !== 'here') throw new Error('a holder did not come up');
  return {
    order(line: 'take' | 'let go'): Promise<string> {
      child.stdin.write(`${line}\n`);
      return next();
    },
    signal: (name: NodeJS.Signals) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
