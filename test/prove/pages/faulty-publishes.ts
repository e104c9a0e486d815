import type { Brand } from '#booking/fleet.ts';
import { testBrand } from '#guest-page/guest-page.fixture.ts';
import { s3PageHost } from '#guest-page/page-host.s3.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { objectKey } from '#guest-page/page-routing.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { hurriedClock, turns } from '../table/faulty-client.ts';
import { answerFaults, memoryEdge } from './memory-edge.ts';

type Parts = Parameters<typeof s3PageHost>[0];

/** A mistake in the page host or beside it that the histories must notice. */
export type PageMistake = {
  readonly name: string;
  readonly parts?: (parts: Parts) => Parts;
  readonly host?: (host: PageHost) => PageHost;
};

const publishesInHistory = 100;
const rate = 0.3;
const actors = 6;
const slugsPerBrand = 5;

/** F: S3 and CloudFront are busy, lose answers and break, while pages of several brands change under guests' eyes. */
export const faultyPublishes = inSlices({
  name: 'faulty-publishes',
  promise:
    'However S3 and CloudFront answer, every page says what was published last, on its own brand only, and what was withdrawn or put right is gone from every edge.',
  unit: 'histories of a hundred publishes',
  gate: 1_000,
  full: 5_000,
  chunk: 20,
  slice: (from, to) => tellPublishes(from, to),
});

export async function tellPublishes(from: number, to: number, mistake?: PageMistake): Promise<Proven> {
  const figures: Record<string, number> = {
    publishes: 0,
    removals: 0,
    visits: 0,
    invalidations: 0,
    'faulty answers': 0,
  };
  const violations: Violation[] = [];
  for (let seed = from; seed < to; seed++) {
    const told = await tellHistory(seed, mistake);
    for (const [name, value] of Object.entries(told.figures)) figures[name] = (figures[name] ?? 0) + value;
    if (told.wrong.length > 0)
      violations.push({ seed, what: told.wrong[0] ?? '', history: told.wrong.slice(1, 10) });
  }
  return { done: to - from, figures, violations };
}

type Page = {
  readonly brand: Brand;
  readonly slug: string;
  /** What was acknowledged last; null where nothing hangs. */
  text: string | null;
  readonly said: string[];
  /** What nobody may be shown any longer. */
  readonly over: Set<string>;
  isBusy: boolean;
};

async function tellHistory(seed: number, mistake?: PageMistake) {
  const dice = diceOf(seed);
  const clock = hurriedClock('2027-05-01T08:00:00Z');
  let passed = 0;
  const now = () => clock.now() + passed;
  const edge = memoryEdge({ dice, rate, now, pause: () => turns(dice.below(2)) });
  const brands = [
    testBrand({ id: 'blue' }),
    testBrand({ id: 'grand', layout: { kind: 'folder' } }),
    testBrand({ id: 'swift', layout: { kind: 'root', prefix: 'jada' } }),
  ];
  const placeOf = ({ id }: Brand) => ({ bucket: `pages-${id}`, distribution: `E${id}` });
  const { s3, cloudFront } = edge;
  const parts = { s3, cloudFront, placeOf, clock, random: seededRandom(`publishes ${seed}`) };
  const made = s3PageHost(mistake?.parts?.(parts) ?? parts);
  const host = mistake?.host?.(made) ?? made;
  // The same slugs on every brand, as a booking has that moved from one to another.
  const pages: Page[] = brands.flatMap(brand =>
    Array.from({ length: slugsPerBrand }, (_, n) => ({
      brand,
      slug: `carole-jada-4fT9xQ2mZ8LwK0sVbN7r${String(n).padStart(2, '0')}`,
      text: null,
      said: [],
      over: new Set<string>(),
      isBusy: false,
    })),
  );
  const figures = { publishes: 0, removals: 0, visits: 0, invalidations: 0, 'faulty answers': 0 };
  const wrong: string[] = [];

  const visit = (page: Page) => {
    const { bucket, distribution } = placeOf(page.brand);
    figures.visits++;
    const seen = edge.visit(distribution, bucket, objectKey(page.brand.layout, page.slug));
    if (seen === null) return;
    if (!seen.startsWith(`<p>${page.brand.id} ${page.slug} `))
      wrong.push(`crossed: ${page.brand.id} shows ${seen}`);
    if (page.over.has(seen)) wrong.push(`${page.brand.id} still shows ${seen}, which is over`);
  };
  const untilAnswered = async (ask: () => Promise<unknown>) => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
      }
    }
  };

  const act = async () => {
    while (figures.publishes < publishesInHistory) {
      const page = dice.pick(pages);
      visit(dice.pick(pages));
      passed += dice.below(30_000);
      if (page.isBusy) {
        await turns(1);
        continue;
      }
      page.isBusy = true;
      const { brand, slug } = page;
      const before = [...page.said];
      const how = dice.weighed({ 'in its time': 5, 'at once': 2, removed: 1 });
      if (how === 'removed') {
        figures.removals++;
        await untilAnswered(() => host.remove(brand, slug));
        page.text = null;
      } else {
        const text = `<p>${brand.id} ${slug} ${figures.publishes++}</p>`;
        await untilAnswered(() => host.publish(brand, slug, text, how));
        page.text = text;
        page.said.push(text);
      }
      if (how !== 'in its time') for (const text of before) page.over.add(text);
      visit(page);
      page.isBusy = false;
    }
  };

  try {
    await Promise.all(Array.from({ length: actors }, act));
    edge.heal();
    for (const page of pages) {
      const { brand, slug, text } = page;
      const found = await host.read(brand, slug);
      const says = found && Buffer.from(found.html).toString('utf8');
      if (says !== text) wrong.push(`lost: ${brand.id} ${slug} says ${says} and not ${text}`);
      visit(page);
    }
    for (const [name, body] of edge.objects)
      if (!name.startsWith(`pages-${/^<p>(\w+) /.exec(body)?.[1]}/`))
        wrong.push(`crossed: ${name} holds ${body}`);
  } catch (error) {
    wrong.push(`a publish broke: ${error instanceof Error ? error.message : String(error)}`);
  }
  figures.invalidations = edge.invalidations;
  for (const kind of answerFaults) figures['faulty answers'] += edge.met[kind];
  return { figures, wrong };
}
