import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.ts';
import { sendPhoto, snapshotOf } from '../photos.ts';
import { example, openWorld, type World } from '../world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A moment in each phase of the example's charter, 30 May 2027, 16:30 to 19:30 at the dock. */
const moments = {
  booked: '2027-05-10T19:00:00Z',
  prepare: '2027-05-25T19:00:00Z',
  'day-of': '2027-05-30T18:00:00Z',
  aboard: '2027-05-31T01:00:00Z',
  after: '2027-06-01T18:00:00Z',
  archived: '2027-07-20T18:00:00Z',
} as const;
type Phase = keyof typeof moments;

/** Which part of the page stands first in each phase, below the card. */
const first: Record<Phase, string> = {
  booked: 'Where',
  prepare: 'What to bring',
  'day-of': 'Where',
  aboard: 'Your photos',
  after: 'Your photos',
  archived: 'Your photos',
};

/** Both ends of the widths, each light and dark. */
const looks = [
  [320, 'light'],
  [320, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const;
/** Between them, where the page changes its columns. */
const between = [390, 600, 760, 960] as const;

let browser: Browser;
let world: World;
let url: string;
let booking: string;

beforeAll(async () => {
  browser = await openBrowser();
  world = await openWorld({ now: '2027-05-01T19:00:00Z' });
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  booking = (await world.booking()).id;
  url = (await world.belief(booking, 'guest page')).url ?? '';
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const opened = async (phase: Phase) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(moments[phase]));
  await page.goto(url);
  return page;
};

describe('the guest page in every phase', { timeout: 300_000 }, () => {
  it('puts first what matters then, and leaves out what no longer does', async () => {
    for (const phase of Object.keys(moments) as Phase[]) {
      const page = await opened(phase);
      const heads = await page.locator('h2:visible').allInnerTexts();
      expect([phase, heads[0]]).toEqual([phase, first[phase]]);
      expect([phase, heads.includes('What to bring')]).toEqual([
        phase,
        ['booked', 'prepare', 'day-of'].includes(phase),
      ]);
      expect([phase, await page.locator('.send').isVisible()]).toEqual([
        phase,
        phase !== 'booked' && phase !== 'archived',
      ]);
      await page.context().close();
    }
  });

  it('has nothing that keeps anybody out, light and dark, from 320 to 1440 pixels, with photos and without', async () => {
    const found: string[] = [];
    const look = async (what: string, phase: Phase, beside = '') => {
      const page = await opened(phase);
      if (beside) await page.goto(url + beside);
      await page.evaluate(axe);
      for (const [width, colorScheme] of looks) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        const { violations, overflow } = await page.evaluate(async () => {
          const run = (window as unknown as { axe: { run: () => Promise<{ violations: unknown[] }> } }).axe
            .run;
          const { violations } = (await run()) as {
            violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
          };
          const wide = document.documentElement.scrollWidth > innerWidth;
          return { violations, overflow: wide };
        });
        const where = `${what} ${phase} ${width} ${colorScheme}`;
        for (const { id, nodes } of violations)
          found.push(`${where}: ${id} ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
        if (overflow) found.push(`${where}: wider than the screen`);
      }
      for (const width of between) {
        await page.setViewportSize({ width, height: 844 });
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) {
          found.push(`${what} ${phase} ${width}: wider than the screen`);
        }
      }
      await page.context().close();
    };
    for (const phase of Object.keys(moments) as Phase[]) await look('bare', phase);
    for (const beside of ['/uploads', '/letters', 'x']) await look(beside, 'after', beside);
    world.clock.set(moments.after);
    await sendPhoto(world, url, await snapshotOf(), 'one');
    await sendPhoto(world, url, await snapshotOf({ shade: 9 }), 'two');
    await world.settle();
    await world.operate('photo put', { booking, photos: [], to: 'shown' });
    for (const phase of ['aboard', 'after', 'archived'] as const) await look('with photos', phase);
    for (const language of ['es', 'de']) {
      await world.http(`${url}/letters`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `language=${language}`,
      });
      await world.settle();
      expect((await world.http(url)).body).toContain(`<html lang="${language}"`);
      await look(`with photos, ${language}`, 'after');
    }
    await world.operate('booking cancel', { booking });
    await world.settle();
    await look('cancelled', 'after');
    expect(found).toEqual([]);
  });
});
