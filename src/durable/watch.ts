import type { Run } from './durable.ts';
import type { Invocation } from './invocation.ts';

type Call = (...args: unknown[]) => unknown;

/** Operations whose function argument is a body with effects. */
const takesBody: ReadonlySet<PropertyKey> = new Set(['step', 'waitForCondition', 'waitForCallback']);
/** Operations whose function arguments are prose, told with a context of their own. */
const takesProse: ReadonlySet<PropertyKey> = new Set(['runInChildContext', 'map', 'parallel']);

/**
 * The context a workflow is told with, seen through by its invocation: every step body is counted while it runs, and none
 * begins once the invocation is over. On Lambda the sandbox is frozen at that point; here the process lives on, and without
 * this a branch left over from an old invocation would run the steps that the new one runs too.
 */
export function watched(run: Run, invocation: Invocation): Run {
  return new Proxy(run, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      if (takesBody.has(key)) {
        return (...args: unknown[]) => member.apply(target, args.map(counted));
      }
      if (takesProse.has(key)) {
        return (...args: unknown[]) =>
          member.apply(
            target,
            // `map` gets its items as an array too: those are data and stay as they are.
            args.map(arg => (key === 'parallel' && Array.isArray(arg) ? arg.map(told) : toldIfFunction(arg))),
          );
      }
      return member.bind(target);
    },
  });

  function counted(arg: unknown): unknown {
    if (typeof arg !== 'function') return arg;
    return (...args: unknown[]) => invocation.body(() => (arg as Call)(...args));
  }

  function toldIfFunction(arg: unknown): unknown {
    if (typeof arg !== 'function') return arg;
    return (context: Run, ...rest: unknown[]) => (arg as Call)(watched(context, invocation), ...rest);
  }

  function told(branch: unknown): unknown {
    if (typeof branch === 'object' && branch !== null && 'func' in branch) {
      return { ...branch, func: toldIfFunction(branch.func) };
    }
    return toldIfFunction(branch);
  }
}
