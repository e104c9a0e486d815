import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { payCookie } from '../security/fleet-of-two.ts';
import { example, openWorld, type World } from '../world.ts';

/** The crew's pages and the desk's pages about crews, gone over by axe at both ends of the widths, light and dark. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world: World;
let browser: Browser;
let booking: string;
let link: string;

beforeAll(async () => {
  world = await openWorld({
    config: fleet => ({
      ...fleet,
      people: fleet.people.map(person =>
        person.id === 'kim'
          ? { ...person, credentials: [{ kind: 'first aid', expires: '2027-05-14', neededAs: ['captain'] }] }
          : person,
      ),
    }),
  });
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  booking = (await world.booking()).id;
  await world.operate('crew answer', { booking, person: 'luis', answer: 'declined' });
  await world.operate('crew answer', { booking, person: 'captain-ana', answer: 'accepted' });
  await world.operate('crew notes', { booking, notes: 'Fuel is at a quarter.' });
  await world.operate('hold add', {
    of: 'jada',
    from: '2027-06-10T08:00',
    until: '2027-06-12T18:00',
    why: 'Haul-out',
  });
  const second = { vessel: 'jada', start: '2027-05-30T18:00', end: '3h', guest: 'Nell Harper', party: 2 };
  await world.operate('booking add', { ...second, despite: 'They sail together' });
  await world.settle();
  const [letter] = await world.letters({ to: 'ana@crew.example', subject: /Can you sail/ });
  if (!letter) throw new Error('no letter');
  link = world.links(letter).find(url => url.includes('/c#')) ?? '';
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** What axe finds on a page with everything unfolded, and by how much it is wider than the window. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
  });
  await page.addScriptTag({ content: axe });
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { html: string }[] }[] };
    const { run } = (globalThis as unknown as { axe: { run: () => Promise<Found> } }).axe;
    const { violations } = await run();
    const over = document.documentElement.scrollWidth - innerWidth;
    return [
      ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      ...(over > 0 ? [`${over} px too wide`] : []),
    ];
  });
}

/** What a phone holds that has just signed in at Ana's own pay. */
async function payHeld() {
  // Past the quarter of an hour in which asking again says the same link, in a letter that is not sent twice.
  world.clock.advance(20 * 60_000);
  const [name = '', value = ''] = (await payCookie(world, 'ana@crew.example')).split('=');
  return { name, value, url: world.house };
}

describe('every page of and about a crew', { timeout: 120_000 }, () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1440]) {
      it(`is for everybody, ${width} px wide and ${colorScheme}`, async () => {
        const context = await browser.newContext({
          viewport: { width, height: 800 },
          colorScheme,
          bypassCSP: true,
        });
        await context.clock.setFixedTime(world.clock.now());
        const page = await context.newPage();
        const found: Record<string, string[]> = {};
        await page.goto(link);
        found.door = await faults(page);
        await page.getByRole('button', { name: 'Open my trip' }).click();
        await page.waitForURL('**/c/events/*');
        const event = page.url();
        await page.goto(world.house + paths.paySignIn());
        found.payDoor = await faults(page);
        await context.addCookies([await payHeld()]);
        const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
        await page.goto(url);
        await page.locator('main button').first().click();
        await page.waitForURL(`${world.house}${paths.desk}`);
        for (const at of [
          event,
          `${event}/manifest`,
          world.house + paths.crewTrips,
          world.house + paths.pay('2027-05'),
          world.house + paths.pay('2027-06'),
          world.house + paths.desk,
          world.house + paths.deskBooking(booking),
          world.house + paths.deskCrew(booking),
          world.house + paths.deskManifest(booking),
          world.house + paths.deskHolds,
        ]) {
          await page.goto(at);
          found[at] = await faults(page);
        }
        expect(Object.entries(found).filter(([, wrong]) => wrong.length > 0)).toEqual([]);
        expect(Object.keys(found)).toHaveLength(12);
        await context.close();
      });
    }
  }
});
