import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { payCookie } from '../security/fleet-of-two.ts';
import { example, openWorld, type World } from '../world.ts';

/** The crew's pages in each state and the desk's pages about crews, gone over by axe at both ends of the widths, light and dark. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world: World;
let browser: Browser;
let booking: string;
let link: string;

beforeAll(async () => {
  world = await openWorld({
    config: fleet => ({
      ...fleet,
      people: [
        ...fleet.people.map(person =>
          person.id === 'kim'
            ? {
                ...person,
                credentials: [{ kind: 'first aid', expires: '2027-05-14', neededAs: ['captain'] }],
              }
            : person,
        ),
        ...['Pat', 'Rae'].map(firstName => ({
          id: firstName.toLowerCase(),
          firstName,
          name: `${firstName} Imlay`,
          email: `${firstName.toLowerCase()}@crew.example`,
          phone: null,
          roles: ['crew' as const],
        })),
      ],
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
  link = await linkTo('ana@crew.example', /Can you sail.*15:30/);
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function linkTo(to: string, subject: RegExp): Promise<string> {
  const [letter] = await world.letters({ to, subject });
  const link = letter && world.links(letter).find(url => url.includes('/c#'));
  if (!link) throw new Error(`no letter with a link to ${to}`);
  return link;
}

/** Both ends of the widths, and between them where pages change their columns; light and dark at the ends. */
const widths = [320, 390, 600, 959, 960, 1440] as const;

/** What axe finds on a page with everything unfolded, and where it is wider than the window. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
  });
  await page.evaluate(axe);
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.push(`${over} px too wide at ${width}`);
    if (width !== widths[0] && width !== widths.at(-1)) continue;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(async () => {
        type Found = { violations: { id: string; nodes: { html: string }[] }[] };
        const { run } = (globalThis as unknown as { axe: { run: () => Promise<Found> } }).axe;
        return (await run()).violations;
      });
      for (const { id, nodes } of violations) found.push(`${width} ${colorScheme}: ${id}: ${nodes[0]?.html}`);
    }
  }
  return found;
}

/** What a phone holds that has just signed in at Ana's own pay. */
async function payHeld() {
  // Past the quarter of an hour in which asking again says the same link, in a letter that is not sent twice.
  world.clock.advance(20 * 60_000);
  const [name = '', value = ''] = (await payCookie(world, 'ana@crew.example')).split('=');
  return { name, value, url: world.house };
}

describe('every page of and about a crew', { timeout: 300_000 }, () => {
  const found: Record<string, string[]> = {};
  const wrong = () => Object.entries(found).filter(([, faulty]) => faulty.length > 0);
  let page: Page;

  beforeAll(async () => {
    // axe itself is no script of the pages, and theirs allow no other.
    const context = await browser.newContext({ bypassCSP: true });
    await context.clock.setFixedTime(world.clock.now());
    page = await context.newPage();
  });

  /** Opens the link of a letter; the trip stands there then. */
  const openTrip = async (link: string) => {
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('button', { name: 'Open my trip' }).click();
    await page.waitForURL('**/c/events/*');
    return page.url();
  };

  it('is for everybody, from 320 to 1440 pixels, light and dark', async () => {
    await page.goto(link);
    found.door = await faults(page);
    const event = await openTrip(link);
    await page.goto(world.house + paths.paySignIn());
    found.payDoor = await faults(page);
    await page.context().addCookies([await payHeld()]);
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
      world.house + paths.deskManifestWithMoney(booking),
      world.house + paths.deskHolds,
    ]) {
      await page.goto(at);
      found[at] = await faults(page);
    }
    expect(wrong()).toEqual([]);
    expect(Object.keys(found)).toHaveLength(13);
  });

  it('is so on the day, without a connection, when the place is gone, and when the trip is off', async () => {
    await world.operate('crew offer', { booking, people: ['pat', 'rae'], role: 'crew' });
    await world.settle();
    await openTrip(await linkTo('rae@crew.example', /Can you sail/));
    await page.getByText('goes to the first to accept').waitFor();
    found.open = await faults(page);
    await world.operate('crew answer', { booking, person: 'pat', answer: 'accepted' });
    await page.reload();
    await page.getByText('Somebody accepted first').waitFor();
    found.taken = await faults(page);
    const kim = await linkTo('kim@crew.example', /Can you sail.*15:30/);
    const event = await openTrip(kim);
    found.asked = await faults(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Life jackets' }).click();
    await page.locator('.waits').waitFor();
    found.waiting = await faults(page);
    await page.context().setOffline(false);
    await page.locator('#waits').waitFor({ state: 'detached' });
    world.clock.set('2027-05-30T22:05:00Z');
    await world.settle();
    await page.context().clock.setFixedTime(world.clock.now());
    await openTrip(kim);
    await page.getByText('Photos for the guest').waitFor();
    found.onTheDay = await faults(page);
    await world.operate('booking cancel', { booking });
    await world.settle();
    await page.goto(event);
    await page.getByText('does not take place').waitFor();
    found.off = await faults(page);
    await page.goto(world.house + paths.crewTrips);
    await page.getByRole('button', { name: 'Sign out on this phone' }).click();
    await page.waitForURL(world.house + paths.crew());
    await page.getByLabel('The link from your letter').fill('no link');
    await page.getByRole('button', { name: 'Open my trip' }).last().click();
    await page.getByText('This link opens no trip').waitFor();
    found.noLink = await faults(page);
    await page.goto(event);
    found.shut = await faults(page);
    expect(wrong()).toEqual([]);
  });
});
