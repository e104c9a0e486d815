import type { History } from './history.ts';

/** Takes away what is not needed for a story to go wrong, one thing at a time, until nothing can go. */
export async function shrink(
  history: History,
  goesWrong: (history: History) => Promise<boolean>,
  most = 400,
): Promise<History> {
  let best = history;
  let tries = 0;
  const isBetter = async (candidate: History) => {
    if (tries++ >= most || !(await goesWrong(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let before: History | null = null; before !== best && tries < most; ) {
    before = best;
    for (let at = best.faults.length - 1; at >= 0; at--)
      await isBetter({ ...best, faults: best.faults.toSpliced(at, 1) });
    for (let size = Math.max(1, best.actions.length >> 1); size >= 1; size >>= 1) {
      for (let at = best.actions.length - size; at >= 0; at -= size)
        await isBetter({ ...best, actions: best.actions.toSpliced(at, size) });
    }
    for (const [at, action] of best.actions.entries()) {
      if (action.rest !== 'quiet')
        await isBetter({ ...best, actions: best.actions.with(at, { ...action, rest: 'quiet' }) });
    }
  }
  return best;
}
