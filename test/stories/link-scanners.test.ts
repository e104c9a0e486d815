import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { rowsOf } from '../rows.ts';
import { call, example, openWorld, type World } from '../world.ts';

type Place = { id: string; answer: string; answered_at: string | null };

/** A7: the mail programs, filters and bots that read a letter before its recipient does, or instead. */
describe('a scanner that opens every link of every letter', () => {
  let world: World;
  let browser: Browser;
  let booking: Booking;
  let links: string[];
  let before: string;

  beforeAll(async () => {
    world = await openWorld();
    browser = await openBrowser();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    booking = await world.booking();
    await world.http(`${world.house}${paths.deskSignInLetter}`, {
      method: 'POST',
      headers: { origin: world.house, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=joan%40sailjada.example',
    });
    // The answer to whoever asks does not wait for the letter.
    while ((await world.letters({ subject: /Sign in/ })).length === 0) {
      await new Promise(setImmediate);
      await world.settle();
    }
    const letters = await world.letters();
    links = [...new Set(letters.flatMap(world.links))].filter(
      link => new URL(link).port === String(world.port),
    );
    before = state();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  /** Everything that is stored, on either side of the fence, to the last row. */
  const state = () =>
    ['gangway.db', 'money.db', 'engine.db'].map(file => rowsOf(join(world.folder, file))).join('\n');
  const nothingHappened = async (letters: number) => {
    await world.settle();
    expect(state()).toBe(before);
    expect(await world.letters()).toHaveLength(letters);
  };
  const crew = async (): Promise<Place[]> => {
    const headers = { 'x-service-key': world.keys.serviceKey };
    const { events } = (await world.http(`${world.house}/api/events`, { headers })).json<{
      events: { crew: Place[] }[];
    }>();
    return events[0]?.crew ?? [];
  };
  const linkTo = async (address: string) => {
    const letter = (await world.letters({ to: address, subject: /Can you sail/ }))[0];
    const link = letter && world.links(letter).find(url => url.includes('/c#'));
    if (!link) throw new Error(`no link to a trip in the letter to ${address}`);
    return link;
  };

  it('finds the links of crew, guest, owner and sign-in', () => {
    const kinds = links.map(link => link.replace(/[#?].*/, '').replace(/(\/g\/|bookings\/).*/, '$1…'));
    expect([...new Set(kinds)].sort()).toEqual([
      `${world.house}${paths.crew()}`,
      `${world.house}/desk/bookings/…`,
      `${world.house}/desk/money`,
      `${world.house}${paths.deskSignIn()}`,
      `${world.brand('queenofsandiego')}/g/…`,
    ]);
    expect(links.filter(link => link.includes('/c#'))).toHaveLength(3);
  });

  const requests: [
    string,
    (link: string) => { url: string; method?: string; headers?: Record<string, string> }[],
  ][] = [
    ['HEAD', link => [{ url: link, method: 'HEAD' }]],
    ['GET', link => [{ url: link }]],
    ['GET twenty times', link => Array(20).fill({ url: link })],
    [
      'as a prefetch',
      link => [
        {
          url: link,
          headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch', 'x-moz': 'prefetch' },
        },
      ],
    ],
    ['in lower case', link => [{ url: link.toLowerCase() }]],
    ['cut short', link => [60, 40, 30].map(length => ({ url: link.slice(0, length) }))],
    [
      'with the fragment as a query, and trackers behind',
      link => [{ url: link.replace('#', '?') }, { url: `${link.replace('#', '?utm_source=mail&')}&x=1` }],
    ],
    [
      'with the fragment as part of the path',
      link => [{ url: link.replace('#', '/') }, { url: link.replace('#', '%23') }],
    ],
    [
      'by methods of its own',
      link => ['OPTIONS', 'PROPFIND', 'TRACE'].map(method => ({ url: link, method })),
    ],
  ];
  for (const [how, asked] of requests) {
    it(`${how} changes nothing`, async () => {
      const letters = (await world.letters()).length;
      for (const link of links) {
        for (const { url, method, headers } of asked(link)) {
          const answer = await call(world.port, url, {
            ...(method ? { method } : {}),
            ...(headers ? { headers } : {}),
          });
          expect([url, answer.status < 500]).toEqual([url, true]);
          expect(answer.headers['set-cookie']).toBeUndefined();
        }
      }
      await nothingHappened(letters);
    });
  }

  it('in a real browser with script changes nothing, nor does following every link of the pages', async () => {
    const letters = (await world.letters()).length;
    const context = await browser.newContext();
    const page = await context.newPage();
    const seen = new Set<string>();
    const open = async (url: string) => {
      seen.add(url);
      // A page already open at this path would only see its fragment change.
      await page.goto('about:blank');
      await page.goto(url, { waitUntil: 'load' });
      return page.evaluate(() =>
        [...document.querySelectorAll('a[href]')].map(a => (a as HTMLAnchorElement).href),
      );
    };
    for (const link of links) {
      for (const further of await open(link)) {
        const { protocol, port } = new URL(further);
        if (protocol === 'http:' && port === String(world.port) && !seen.has(further)) await open(further);
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(links.length);
    expect(await context.cookies()).toEqual([]);
    await context.close();
    await nothingHappened(letters);
  }, 60_000);

  it('has burnt no link: the person it was for presses, answers, is told, and can undo it', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(await linkTo('kim@crew.example'));
    expect(page.url()).toBe(`${world.house}${paths.crew()}`);
    await press(page, 'Open my trip');
    await press(page, 'Accept');
    expect(await page.textContent('#answer')).toContain('You are coming.');
    await world.settle();

    expect((await crew()).map(({ id, answer }) => [id, answer])).toEqual([
      ['captain-ana', 'unknown'],
      ['luis', 'unknown'],
      ['kim', 'accepted'],
    ]);
    const desk = await world.atDesk();
    expect((await desk.get(paths.deskBooking(booking.id))).body).toMatch(/kim accepted|Kim Tran.*accepted/s);
    const [told] = await world.letters({ to: 'kim@crew.example', subject: /You are coming/ });
    expect(told?.text).toContain('If it was not you');
    expect(world.links(told as never)).toContain(await linkTo('kim@crew.example'));

    await press(page, 'Take it back');
    expect(await page.textContent('#answer')).toContain('Are you coming?');
    await world.settle();
    expect((await crew()).every(({ answer }) => answer === 'unknown')).toBe(true);
    expect(await world.letters({ to: 'kim@crew.example', subject: /taken back/ })).toHaveLength(1);
    await context.close();
  }, 60_000);

  it('that presses every button it finds has done nothing that cannot be undone, and the person hears of it', async () => {
    const bot = await browser.newContext();
    const pressed = await pressEverything(bot, await linkTo('luis@crew.example'));
    expect(pressed).toEqual(expect.arrayContaining(['Open my trip', 'Accept', 'Decline', 'Take it back']));
    await bot.close();
    await world.settle();
    const letters = await world.letters({ to: 'luis@crew.example' });
    expect(letters.length).toBeGreaterThan(1);
    expect(letters.filter(({ subject }) => /new device/.test(subject ?? ''))).toHaveLength(1);

    const context = await browser.newContext();
    const page = await context.newPage();
    // The newest letter that has one: what tells of a new device opens nothing.
    const links = letters.flatMap(letter => world.links(letter)).filter(url => url.includes('/c#'));
    await page.goto(links.at(-1) ?? '');
    await press(page, 'Open my trip');
    if (await page.getByRole('button', { name: 'Take it back', exact: true }).count())
      await press(page, 'Take it back');
    for (;;) {
      const done = page.locator('#checklist button.done');
      if ((await done.count()) === 0) break;
      await click(page, done.first());
    }
    await world.settle();
    expect((await crew()).find(({ id }) => id === 'luis')).toMatchObject({
      answer: 'unknown',
      answered_at: null,
    });
    const beliefs = await world.beliefs(booking.id);
    expect(beliefs.filter(({ state }) => state !== 'stated')).toEqual([]);
    await context.close();
  }, 60_000);

  it('that presses the button of the owner’s sign-in keeps nobody from signing in', async () => {
    const letter = (await world.letters({ to: 'joan@sailjada.example' })).find(one =>
      world.links(one).some(url => url.includes('/sign-in#')),
    );
    const link = letter ? (world.links(letter).find(url => url.includes('/sign-in#')) ?? '') : '';
    for (const visitor of ['the scanner', 'the owner']) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(link);
      await press(page, 'Sign in');
      expect([visitor, new URL(page.url()).pathname]).toEqual([visitor, paths.desk]);
      await context.close();
    }
  }, 60_000);
});

async function press(page: Page, name: string): Promise<void> {
  await click(page, page.getByRole('button', { name, exact: true }).first());
}

/** Presses a button and waits for what follows: another page, or, for what a phone notes first and then sends, the same one anew. */
async function click(page: Page, button: Locator): Promise<void> {
  const isSent = await button.evaluate(
    (element: HTMLButtonElement) => element.form?.action.includes('/c/events/') ?? false,
  );
  if (!isSent) {
    await Promise.all([page.waitForNavigation(), button.click()]);
    return;
  }
  await Promise.all([page.waitForResponse(answer => answer.request().method() === 'POST'), button.click()]);
  await page.locator('#waits').waitFor({ state: 'detached' });
}

/** Presses each button that comes up, each by its words once, until there is none left that is new. */
async function pressEverything(context: BrowserContext, link: string): Promise<string[]> {
  const page = await context.newPage();
  await page.goto(link);
  const pressed: string[] = [];
  for (;;) {
    const names = await page.locator('button[type=submit]:visible:enabled').allInnerTexts();
    const index = names.findIndex(name => !pressed.includes(name));
    if (index < 0) return pressed;
    pressed.push(names[index] ?? '');
    await click(page, page.locator('button[type=submit]:visible:enabled').nth(index));
  }
}
