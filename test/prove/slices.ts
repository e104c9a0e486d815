import { type ChildProcess, fork } from 'node:child_process';
import { type Job, type Proof, type Proven, together } from './prove.ts';

/** A proof whose cases do not depend on each other, so that they can be spread over processes. */
export type Sliced = Omit<Proof, 'run'> & {
  /** Cases handed out at a time. */
  readonly chunk: number;
  /** Runs the cases of seeds `from` up to but without `to`. */
  slice(from: number, to: number): Promise<Proven>;
};

export type SlicedProof = Proof & Sliced;

export function inSlices(sliced: Sliced): SlicedProof {
  return {
    ...sliced,
    run: job => ((job.workers ?? 0) === 0 ? runHere(sliced, job) : runInWorkers(sliced, job)),
  };
}

/** Violations after which nothing further is begun: one is enough to look at. */
const enough = 3;

async function runHere(sliced: Sliced, { count, seed, report }: Job): Promise<Proven> {
  const parts: Proven[] = [];
  for (let from = seed; from < seed + count; from += sliced.chunk) {
    parts.push(await sliced.slice(from, Math.min(from + sliced.chunk, seed + count)));
    report(together(parts).done);
  }
  return together(parts);
}

type Answer = { proven: Proven } | { broke: string };

function runInWorkers(sliced: Sliced, { count, seed, report, workers = 1 }: Job): Promise<Proven> {
  const parts: Proven[] = [];
  let next = seed;
  let sum = together([]);
  return new Promise((resolve, reject) => {
    const children = new Set<ChildProcess>();
    const giveUp = (why: string) => {
      for (const child of children) child.kill();
      reject(new Error(why));
    };
    const handOut = (child: ChildProcess) => {
      if (next >= seed + count || sum.violations.length >= enough) return child.disconnect();
      const to = Math.min(next + sliced.chunk, seed + count);
      child.send({ from: next, to });
      next = to;
    };
    for (let n = 0; n < workers; n++) {
      const child = fork(process.argv[1] ?? '', ['--worker', sliced.name], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      children.add(child);
      child.on('message', (answer: Answer) => {
        if ('broke' in answer) return giveUp(answer.broke);
        parts.push(answer.proven);
        sum = together(parts);
        report(sum.done);
        handOut(child);
      });
      child.on('exit', code => {
        children.delete(child);
        if (code !== 0) giveUp(`a worker of ${sliced.name} ended with ${code}`);
        else if (children.size === 0) resolve(sum);
      });
      handOut(child);
    }
  });
}

/** What a worker process does: slices as it is told, until its parent hangs up. */
export function work(sliced: Sliced): void {
  process.on('message', ({ from, to }: { from: number; to: number }) => {
    sliced.slice(from, to).then(
      proven => process.send?.({ proven }),
      (error: unknown) =>
        process.send?.({ broke: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
