import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** What Node 22 gave new objects at most. */
const enoughBytes = 32 * 2 ** 20;

/**
 * From now on keeps the room that V8 gives new objects near 32 MB. Left to itself Node 24 lets it grow to 128 MB under a
 * burst of bookings and keeps it, though what lives in it is a few MB. A flag on the command line would say the same, but
 * nobody types one. For a process that lives long; once.
 */
export function boundNewObjects(): void {
  let mayGrow = true;
  const watch = new PerformanceObserver(() => {
    const size = getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.space_size ?? 0;
    const isSmall = size < enoughBytes;
    if (isSmall === mayGrow) return;
    mayGrow = isSmall;
    // V8 asks for the factor whenever it would grow the room, so it may change while the program runs.
    setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
  });
  watch.observe({ entryTypes: ['gc'] });
}
