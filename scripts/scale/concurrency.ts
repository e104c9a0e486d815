import { arrivals, dice, whole } from './dice.ts';

/** Invocations that one booking causes, in the order they come, in seconds each. Assumed, as in `gangway cost`. */
const invocations = [0.15, 0.4, ...Array.from({ length: 12 }, () => 0.4), 0.4, 0.4, 0.4];

export type Burst = {
  readonly bookings: number;
  readonly limit: number;
  /** Invocations at once that the burst would use if nothing held it back. */
  readonly wanted: number;
  /** Seconds from the first booking until the last is fulfilled. */
  readonly done: number;
};

/** A burst of bookings within a minute, with so many invocations at once; what finds no place waits and is tried again. */
export function burst(bookings: number, limit: number, seed: number): Burst {
  const chance = dice(seed);
  const starts = arrivals(chance, bookings / 60, 60);
  const jobs = starts.map(at => ({ ready: at, next: 0 }));
  const times = jobs.map(() => invocations.map(mean => mean * (0.5 + chance.next())));
  return {
    bookings,
    limit,
    wanted: run(
      jobs.map(job => ({ ...job })),
      times,
      Number.POSITIVE_INFINITY,
    ).most,
    done: run(jobs, times, limit).end,
  };
}

/** Steps through time in tenths of a second: good enough for invocations of several. */
function run(
  jobs: { ready: number; next: number }[],
  times: readonly (readonly number[])[],
  limit: number,
): { most: number; end: number } {
  const step = 0.1;
  const busy: { until: number; job: number }[] = [];
  const waiting: number[] = [];
  let [most, end, arrived, left] = [0, 0, 0, jobs.length];
  for (let now = 0; left > 0; now += step) {
    for (let at = busy.length - 1; at >= 0; at--) {
      const { until, job } = busy[at] as { until: number; job: number };
      if (until > now) continue;
      busy.splice(at, 1);
      const mine = jobs[job] as { ready: number; next: number };
      mine.next++;
      if (mine.next < (times[job]?.length ?? 0)) waiting.push(job);
      else {
        left--;
        end = now;
      }
    }
    while (arrived < jobs.length && (jobs[arrived]?.ready ?? 0) <= now) waiting.push(arrived++);
    const places = Math.min(waiting.length, limit - busy.length);
    for (const job of waiting.splice(0, places))
      busy.push({ until: now + (times[job]?.[jobs[job]?.next ?? 0] ?? 0), job });
    most = Math.max(most, busy.length);
  }
  return { most, end };
}

export function concurrencyTable(seed: number): string {
  const rows = [
    burst(100, 10, seed),
    burst(1000, 10, seed),
    burst(1000, 1000, seed),
    burst(6000, 1000, seed),
  ];
  return [
    '| bookings within a minute | places at once | wanted at once | all are fulfilled after |',
    '|---:|---:|---:|---:|',
    ...rows.map(
      ({ bookings, limit, wanted, done }) =>
        `| ${whole(bookings)} | ${whole(limit)} | ${whole(wanted)} | ${done < 120 ? `${whole(done)} s` : `${whole(done / 60)} min`} |`,
    ),
  ].join('\n');
}
