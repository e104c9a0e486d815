import { arrivals, dice, quantile, whole } from './dice.ts';

/** CloudFront asks an origin from its regional caches: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html */
const regionalCaches = 13;
/** Seconds an edge shows a page without asking. */
const freshFor = 60;
/** Reads of one prefix of a bucket in a second: https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html */
export const readsOfPrefix = 5500;

export type Views = { readonly perSecond: number; readonly pages: number; readonly toBucket: number };

/** How many of a brand's page views reach its bucket, in the busiest of ten minutes' seconds once caches are warm. */
export function views(perSecond: number, pages: number, seed: number): Views {
  const chance = dice(seed);
  const kept = new Map<number, number>();
  const asked = new Array<number>(600).fill(0);
  for (const at of arrivals(chance, perSecond, 600)) {
    const key = chance.zipf(pages) * regionalCaches + Math.floor(chance.next() * regionalCaches);
    if ((kept.get(key) ?? Number.NEGATIVE_INFINITY) + freshFor > at) continue;
    kept.set(key, at);
    asked[Math.floor(at)] = (asked[Math.floor(at)] ?? 0) + 1;
  }
  return { perSecond, pages, toBucket: quantile(asked.slice(120), 1) };
}

export function brandTable(seed: number): string {
  const rows = [views(10, 200, seed), views(1000, 1, seed), views(1000, 10_000, seed)];
  return [
    '| a brand has | page views a second | reach its bucket, at most | of the limit |',
    '|---|---:|---:|---:|',
    ...rows.map(
      ({ perSecond, pages, toBucket }) =>
        `| ${whole(pages)} ${pages === 1 ? 'page that everybody opens' : 'pages'} | ${whole(perSecond)} | ${whole(toBucket)} a second | ${Math.round((toBucket / readsOfPrefix) * 100)} % |`,
    ),
  ].join('\n');
}
