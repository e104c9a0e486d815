import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { example, openWorld, type World } from '../world.ts';

/** Luis's phone at the dock: his letter's link, a real browser, and a connection that comes and goes. */

type Roster = { event: string; crew: { person: string; answer: string; answeredAt: string }[] };

let world: World;
let browser: Browser;
let booking: string;
let event: string;
let link: string;

beforeAll(async () => {
  world = await openWorld();
  browser = await openBrowser();
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  booking = (await world.booking()).id;
  event = (await roster()).event;
  const [letter] = await world.letters({ to: 'luis@crew.example', subject: /Can you sail/ });
  if (!letter) throw new Error('no letter');
  link = world.links(letter).find(url => url.includes('/c#')) ?? '';
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const roster = () => world.operate<Roster>('crew list', { booking });
const answerOfLuis = async () => (await roster()).crew.find(({ person }) => person === 'luis')?.answer;

/** What the history has of Luis, as staff read it. */
async function history(): Promise<string[]> {
  const { body } = await (await world.atDesk()).get(paths.deskBooking(booking));
  return [...body.matchAll(/<li><span>(luis [^<]+|Done: [^<]+|Undone: [^<]+)<\/span>/g)].map(
    match => match[1] ?? '',
  );
}

async function phone(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  });
  await context.clock.setFixedTime(world.clock.now());
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Open my trip' }).click();
  await page.waitForURL(`**${paths.crewEvent(event)}`);
  // The first visit is over once the phone has kept the page and everything it loads.
  await page.waitForFunction(
    async path =>
      (await navigator.serviceWorker.ready).active?.state === 'activated' &&
      navigator.serviceWorker.controller !== null &&
      (await (await caches.open('gangway-crew-pages')).match(path)) !== undefined,
    paths.crewEvent(event),
  );
  return { context, page };
}

const keptLine = (page: Page) => page.locator('#kept');
const waits = (page: Page) => page.locator('#waits');

/** Waits for what a page or a phone needs a moment for, on a slow machine too. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 25_000 });

describe('a crew page on a phone', { timeout: 60_000 }, () => {
  it('opens without a connection after one visit, and says how old it is', async () => {
    const { context, page } = await phone();
    expect(await keptLine(page).isVisible()).toBe(false);
    await context.setOffline(true);
    await page.reload();
    await soon(() => keptLine(page).isVisible()).toBe(true);
    expect(await keptLine(page).innerText()).toContain(
      'No connection. This is how it was on Saturday 1 May 2027',
    );
    expect(await page.locator('.clock').innerText()).toContain('15:30');
    expect(await page.locator('.call').evaluate(card => getComputedStyle(card).backgroundColor)).not.toBe(
      'rgba(0, 0, 0, 0)',
    );
    await page.goto(`${world.house}${paths.crewTrips}`);
    expect(await page.locator('h1').innerText()).toBe('My trips');
    expect(await page.getByText('in 29 days').count()).toBeGreaterThan(0);
    await context.close();
  });

  it('forgets a trip of long ago the next time it opens another', async () => {
    const { context, page } = await phone();
    const old = '/c/events/evt_long_ago';
    await page.evaluate(async path => {
      const kept = await caches.open('gangway-crew-pages');
      await kept.put(path, new Response('old', { headers: { date: 'Sat, 01 Jan 2022 10:00:00 GMT' } }));
    }, old);
    await page.reload();
    await soon(() =>
      page.evaluate(async path => !(await (await caches.open('gangway-crew-pages')).match(path)), old),
    ).toBe(true);
    await context.close();
  });

  it('keeps what is pressed offline and sends it once when it is back', async () => {
    const { context, page } = await phone();
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('button', { name: 'Accept' }).dblclick();
    await page.getByRole('button', { name: /Head count/ }).click();
    await soon(() => waits(page).innerText()).toContain('2 presses are kept on this phone');
    expect(await answerOfLuis()).toBe('unknown');
    await page.reload();
    await soon(() => waits(page).innerText()).toContain('2 presses are kept');
    await context.setOffline(false);
    await soon(() => waits(page).count()).toBe(0);
    expect(await answerOfLuis()).toBe('accepted');
    await soon(() => page.getByText('You are coming.').isVisible()).toBe(true);
    await page.reload();
    await world.settle();
    expect((await history()).filter(what => /accepted|Head count/.test(what))).toHaveLength(2);
    expect(await world.letters({ to: 'luis@crew.example', subject: /^You are coming/ })).toHaveLength(1);
    await context.close();
  });

  it('counts a press once whose answer was lost on the way, whatever happened in between', async () => {
    const { context, page } = await phone();
    let heard = 0;
    let isCutOff = false;
    await context.route(`**${paths.crewAnswer(event)}`, async route => {
      heard += 1;
      const response = await route.fetch({ maxRedirects: 0 });
      expect(response.status()).toBe(303);
      if (heard > 1) return route.continue();
      // The operator is told otherwise on the phone before the press comes again.
      await world.operate('crew answer', { booking, person: 'luis', answer: 'accepted' });
      isCutOff = true;
      return route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Decline' }).click();
    // What is pressed waits from the first moment on, before anybody has heard it.
    await soon(() => isCutOff).toBe(true);
    await soon(() => waits(page).count()).toBe(1);
    await page.reload();
    // Before its script ran, the page shows nothing that waits either.
    await soon(() => heard).toBeGreaterThan(1);
    await soon(() => waits(page).count()).toBe(0);
    expect(await answerOfLuis()).toBe('accepted');
    expect((await history()).filter(what => what === 'luis declined.')).toHaveLength(1);
    await context.close();
  });

  it('is signed out by a press, which takes its copies along, and says so when it cannot', async () => {
    const { context, page } = await phone();
    await page.goto(`${world.house}${paths.crewTrips}`);
    const out = page.getByRole('button', { name: 'Sign out on this phone' });
    await context.setOffline(true);
    await out.click();
    await soon(() => page.getByText('You are still signed in').isVisible()).toBe(true);
    await context.setOffline(false);
    await out.click();
    await page.waitForURL(`${world.house}${paths.crew()}`);
    await context.setOffline(true);
    await expect(page.goto(`${world.house}${paths.crewEvent(event)}`)).rejects.toThrow();
    await context.setOffline(false);
    await page.goto(`${world.house}${paths.crewEvent(event)}`);
    expect(await page.locator('h1').innerText()).toBe('This trip is not open here');
    await context.close();
  });

  it('changes nothing when a scanner opens and renders the link', async () => {
    const before = await roster();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link);
    await page.waitForLoadState('networkidle');
    expect(await roster()).toEqual(before);
    await context.close();
  });

  it('is shut at once to who was taken off, and the phone forgets its copy', async () => {
    const { context, page } = await phone();
    await world.operate('crew release', { booking, person: 'luis' });
    await page.reload();
    expect(await page.locator('h1').innerText()).toBe('This trip is not open here');
    await context.setOffline(true);
    await expect(page.goto(`${world.house}${paths.crewEvent(event)}`)).rejects.toThrow();
    await context.close();
    const [cancel] = await world.letters({
      to: 'luis@crew.example',
      subject: /^You are off the crew/,
    });
    expect(cancel?.subject).toBeDefined();
    expect(
      (await world.http((await world.operate<{ url: string }>('feed show', { of: 'luis' })).url)).body,
    ).toContain('STATUS:CANCELLED');
  });
});
