import { dice, whole } from './dice.ts';

/** Paths in progress at once for a distribution: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html */
export const pathsAtOnce = 3000;
/** The address and what it is rewritten to. */
const pathsOfPage = 2;
/** Seconds until an invalidation is everywhere; assumed between 5 and 100. */
const takes = { least: 5, most: 100 };
/** Seconds after which one that CloudFront had no room for is asked for again: the next tick. */
const again = 60;

export type Withdrawal = {
  readonly pages: number;
  readonly most: number;
  readonly gone: number;
  readonly refused: number;
};

/** A brand withdraws pages within a minute, as when a port is closed; what finds no room is asked for again by the tick. */
export function withdraw(pages: number, seed: number): Withdrawal {
  const chance = dice(seed);
  const asks = Array.from({ length: pages }, () => chance.next() * 60).sort((a, b) => a - b);
  // In order by itself: each is later than the one before.
  const askedAgain: number[] = [];
  let running: number[] = [];
  let [most, gone, refused] = [0, 0, 0];
  while (asks.length + askedAgain.length > 0) {
    const isFirst = (asks[0] ?? Number.POSITIVE_INFINITY) <= (askedAgain[0] ?? Number.POSITIVE_INFINITY);
    const at = (isFirst ? asks : askedAgain).shift() ?? 0;
    running = running.filter(until => until > at);
    if ((running.length + 1) * pathsOfPage > pathsAtOnce) {
      refused++;
      askedAgain.push(at + again);
      continue;
    }
    const until = at + takes.least + chance.next() * (takes.most - takes.least);
    running.push(until);
    most = Math.max(most, running.length * pathsOfPage);
    gone = Math.max(gone, until);
  }
  return { pages, most, gone, refused };
}

export function invalidationTable(seed: number): string {
  const rows = [100, 1000, 5000].map(pages => withdraw(pages, seed));
  return [
    '| pages withdrawn within a minute | paths in progress, at most | asked for again | the last is gone after |',
    '|---:|---:|---:|---:|',
    ...rows.map(
      ({ pages, most, refused, gone }) =>
        `| ${whole(pages)} | ${whole(most)} of ${whole(pathsAtOnce)} | ${whole(refused)} times | ${whole(gone)} s |`,
    ),
  ].join('\n');
}
