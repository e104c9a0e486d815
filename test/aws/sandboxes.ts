import type { Table } from '#platform/table.ts';

type Handler = (event: never, context: never) => Promise<unknown>;

/** A sandbox of a function: built once, one invocation at a time, until it dies. */
type Sandbox = { readonly handler: Handler; readonly death: Promise<never>; readonly die: () => void };

/** When a function is to be killed: at its n-th write from now on, before it takes effect or after. */
export type Killing = { readonly name: string; readonly write: number; readonly when: 'before' | 'after' };

const forever = new Promise<never>(() => {});

/**
 * Sandboxes as Lambda has them: each invocation gets one that is free or a new one, what a sandbox has in memory stays there,
 * and one that is killed does nothing more, not even to end what it began.
 */
export function openSandboxes(build: (name: string, mortal: (table: Table) => Table) => Handler) {
  let free = new Map<string, Sandbox[]>();
  let killing: (Killing & { seen: number }) | null = null;
  const killed: string[] = [];
  let coldStarts = 0;

  const cold = (name: string): Sandbox => {
    coldStarts++;
    const { promise: death, reject } = Promise.withResolvers<never>();
    death.catch(() => {});
    let isDead = false;
    const die = () => {
      isDead = true;
      reject(new Error(`the sandbox of ${name} died`));
    };
    const isTime = (when: Killing['when']) => {
      if (killing?.name !== name || killing.when !== when || ++killing.seen < killing.write) return false;
      killing = null;
      killed.push(name);
      die();
      return true;
    };
    const living = <T>(work: () => Promise<T>): Promise<T> =>
      isDead ? forever : work().then(done => (isDead ? forever : done));
    const mortal = (table: Table): Table => ({
      get: place => living(() => table.get(place)),
      list: stretch => living(() => table.list(stretch)),
      bytes: place => living(() => table.bytes(place)),
      unit: work =>
        living(async () => {
          if (isTime('before')) return forever;
          const done = await table.unit(work);
          return isTime('after') ? forever : done;
        }),
    });
    return { handler: build(name, mortal), death, die };
  };

  return {
    async run(name: string, event: unknown, context: unknown) {
      const waiting = free.get(name) ?? [];
      free.set(name, waiting);
      const sandbox = waiting.pop() ?? cold(name);
      const answer = await Promise.race([sandbox.handler(event as never, context as never), sandbox.death]);
      waiting.push(sandbox);
      return answer;
    },
    killAt(plan: Killing) {
      killing = { ...plan, seen: 0 };
    },
    /** Which functions were killed so far. */
    killed: killed as readonly string[],
    coldStarts: () => coldStarts,
    /** Throws all of them away, as a new version does. */
    renew() {
      free = new Map();
    },
  };
}
