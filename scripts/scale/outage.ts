import { arrivals, dice, quantile, whole } from './dice.ts';

/** When a sender tries again, in seconds after the first try. */
const senders = {
  'nine times in 75 hours (Standard Webhooks)': cumulated([
    5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]),
  'five times in an hour': cumulated([60, 300, 600, 900, 1740]),
} as const;

function cumulated(waits: readonly number[]): readonly number[] {
  let sum = 0;
  return waits.map(wait => {
    sum += wait;
    return sum;
  });
}

export type Outage = {
  readonly hours: number;
  readonly sender: keyof typeof senders;
  readonly told: number;
  /** Messages the sender gave up on. */
  readonly lost: number;
  /** Hours after the end until half and all of the others have arrived. */
  readonly half: number;
  readonly last: number;
};

/** Messages come 200 an hour while the region is away; each is tried again as its sender does, give or take a tenth. */
export function outage(hours: number, sender: keyof typeof senders, seed: number): Outage {
  const chance = dice(seed);
  const end = hours * 3600;
  const after: number[] = [];
  let [told, lost] = [0, 0];
  for (const at of arrivals(chance, 200 / 3600, end)) {
    told++;
    const tries = senders[sender].map(wait => at + wait * (0.9 + chance.next() * 0.2));
    const taken = tries.find(each => each >= end);
    if (taken === undefined) lost++;
    else after.push((taken - end) / 3600);
  }
  return { hours, sender, told, lost, half: quantile(after, 0.5), last: quantile(after, 1) };
}

export function outageTable(seed: number): string {
  const rows = [1, 6, 24].flatMap(hours =>
    (Object.keys(senders) as (keyof typeof senders)[]).map(sender => outage(hours, sender, seed)),
  );
  return [
    '| the region is away | a sender tries again | messages meanwhile | given up by the sender | half are in after | all are in after |',
    '|---:|---|---:|---:|---:|---:|',
    ...rows.map(
      ({ hours, sender, told, lost, half, last }) =>
        `| ${hours} h | ${sender} | ${whole(told)} | ${whole(lost)} | ${half.toFixed(1)} h | ${last.toFixed(1)} h |`,
    ),
  ].join('\n');
}
