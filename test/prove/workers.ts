import { type ChildProcess, fork } from 'node:child_process';
import type { Proven, Slice, Workers } from './prove.ts';
import type { Sliced } from './slices.ts';

type Order = Slice & { readonly name: string };
type Answer = { proven: Proven } | { broke: string };

/**
 * Processes of this program that wait for slices. They are started by the first proof that needs them and stay for those
 * that follow: a process takes most of a second to come up, and again as long until its code is fast.
 */
export function workers(count: number): Workers {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();

  const started = () => {
    const child = fork(process.argv[1] ?? '', ['--worker'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    all.add(child);
    child.on('exit', () => {
      all.delete(child);
      if (idle.includes(child)) idle.splice(idle.indexOf(child), 1);
    });
    return child;
  };
  const letGo = (end: (child: ChildProcess) => void) => {
    for (const child of all) end(child);
    idle.length = 0;
  };

  const slice = (child: ChildProcess, order: Order): Promise<Proven> =>
    new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        child.off('message', answered);
        child.off('exit', ended);
        settle();
      };
      const answered = (answer: Answer) =>
        done(() => ('proven' in answer ? resolve(answer.proven) : reject(new Error(answer.broke))));
      const ended = (code: number | null) =>
        done(() => reject(new Error(`a worker of ${order.name} ended with ${code}`)));
      child.on('message', answered);
      child.on('exit', ended);
      child.send(order);
    });

  return {
    count,
    close: () => letGo(child => child.connected && child.disconnect()),
    async spread(name, next, seen) {
      const one = async () => {
        let order = next();
        if (!order) return;
        const child = idle.pop() ?? started();
        for (; order; order = next()) seen(await slice(child, { ...order, name }));
        idle.push(child);
      };
      try {
        await Promise.all(Array.from({ length: count }, one));
      } catch (error) {
        letGo(child => child.kill());
        throw error;
      }
    },
  };
}

/** What a worker process does: slices as it is told, until its parent hangs up. */
export function work(proofs: readonly Sliced[]): void {
  process.on('message', ({ name, from, to }: Order) => {
    const sliced = proofs.find(each => each.name === name) as Sliced;
    sliced.slice(from, to).then(
      proven => process.send?.({ proven }),
      (error: unknown) =>
        process.send?.({ broke: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
