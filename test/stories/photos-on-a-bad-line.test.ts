import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { openBrowser } from '../browser.ts';
import { snapshotOf } from '../photos.ts';
import { example, openWorld, type World } from '../world.ts';

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const after = '2027-06-01T18:00:00Z';

let browser: Browser;
let world: World;
let context: BrowserContext;
let url: string;
let booking: string;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  world = await openWorld({ now: '2027-05-01T19:00:00Z' });
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  booking = (await world.booking()).id;
  url = (await world.belief(booking, 'guest page')).url ?? '';
  world.clock.set(after);
  context = await browser.newContext(phone);
  context.setDefaultTimeout(250_000);
});
afterEach(async () => {
  await context?.close();
  await world.close();
});

const opened = async () => {
  const page = await context.newPage();
  // The clock of the device decides what is shown; waiting between tries need not last in a test.
  await page.addInitScript(now => {
    const [RealDate, later] = [Date, window.setTimeout];
    window.setTimeout = ((work: () => void, ms: number) =>
      later(work, Math.min(ms, 50))) as typeof setTimeout;
    window.Date = class extends RealDate {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [now] : given) as [number]));
      }
      static override now() {
        return now;
      }
    } as DateConstructor;
  }, Date.parse(after));
  await page.goto(url);
  return page;
};

const chosen = (pictures: readonly Buffer[]) =>
  pictures.map((buffer, at) => ({ name: `IMG_${at}.jpg`, mimeType: 'image/jpeg', buffer }));

const add = async (page: Page, files: ReturnType<typeof chosen>) => {
  await page.getByLabel('The people in my photos agree').check();
  await page.getByLabel('Add photos').setInputFiles(files);
};

const ended = (page: Page, text: string) => page.locator('.said', { hasText: text }).waitFor();

/** Waits until the page says that the line broke off; otherwise says how far it came, which no picture of the page tells. */
const brokeOff = (page: Page, soFar: () => string) =>
  page
    .locator('.files .bad')
    .first()
    .waitFor()
    .catch(async (cause: unknown) => {
      throw new Error(`${soFar()}; the page says: ${await page.locator('.send').innerText()}`, { cause });
    });

/** The digests of the originals that lie on disk. */
const originals = () =>
  readdirSync(join(world.folder, 'photos'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name === 'original')
    .map(entry => sha256(readFileSync(join(entry.parentPath, entry.name))))
    .sort();

const list = async () =>
  (await world.operate<{ photos: { id: string; state: string }[] }>('photo list', { booking })).photos;

describe('fifty photos from the dock', { timeout: 600_000 }, () => {
  it('are all stored once, although the line is cut in the middle of the twentieth and the page is closed', async () => {
    const pictures = await Promise.all(
      Array.from({ length: 50 }, (_, shade) => snapshotOf({ shade, width: 480, height: 360 })),
    );
    const first = await opened();
    let seen = 0;
    let isCut = false;
    // The twentieth goes half way, then nothing gets through any more.
    await first.route(/\/uploads/, async (route: Route) => {
      if (isCut) return route.abort('internetdisconnected');
      if (route.request().method() !== 'PATCH' || ++seen < 20) return route.continue();
      isCut = true;
      const body = route.request().postDataBuffer() ?? Buffer.alloc(0);
      const sent = route.request().headers();
      await world.http(route.request().url(), {
        method: 'PATCH',
        headers: {
          'upload-offset': sent['upload-offset'] ?? '',
          'upload-grant': sent['upload-grant'] ?? '',
        },
        body: body.subarray(0, body.length / 2),
      });
      return route.abort('connectionreset');
    });
    await add(first, chosen(pictures));
    await brokeOff(first, () => `${seen} parts were sent, ${isCut ? 'the line is cut' : 'the line holds'}`);
    expect(await first.locator('.files .ok').count()).toBe(19);
    expect(await first.locator('.files .bad').first().innerText()).toContain('The connection broke off');
    expect(await first.locator('.files .bad button:visible').first().innerText()).toBe('Try again');
    await first.close();
    expect(originals().length).toBe(20);

    const again = await opened();
    await ended(again, '31 of 31 stored.');
    expect(originals()).toEqual(pictures.map(picture => sha256(picture)).sort());
    await world.settle();
    const photos = await list();
    expect([photos.length, new Set(photos.map(({ state }) => state))]).toEqual([50, new Set(['waiting'])]);
    await again.reload();
    await again.locator('.send').waitFor();
    expect(await again.locator('.files li').count()).toBe(0);
  });

  it('end with a reason and a way on where something is wrong with one of them', async () => {
    const page = await opened();
    const picture = await snapshotOf();
    await page.getByLabel('Add photos').setInputFiles(chosen([picture]));
    await ended(page, 'Tick the first box');
    await page.getByLabel('The people in my photos agree').check();
    await ended(page, '1 of 1 stored.');
    await page.getByLabel('Add photos').setInputFiles([
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
      { name: 'fake.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload="alert(1)"/>') },
    ]);
    const words = page.locator('.files .bad');
    await words.nth(1).waitFor();
    await ended(page, '1 of 3 stored.');
    expect(await words.allInnerTexts()).toEqual([
      expect.stringContaining('Only photos can be added'),
      expect.stringContaining('not a photo, whatever it is called'),
    ]);
    await page.getByRole('button', { name: 'Leave it out' }).first().click();
    await page.getByRole('button', { name: 'Leave it out' }).first().click();
    await ended(page, '1 of 1 stored.');
  });
});

describe('the photos on the page', { timeout: 120_000 }, () => {
  const shown = async (count: number) => {
    const page = await opened();
    await add(
      page,
      chosen(await Promise.all(Array.from({ length: count }, (_, shade) => snapshotOf({ shade })))),
    );
    await ended(page, `${count} of ${count} stored.`);
    await world.settle();
    await world.operate('photo put', { booking, photos: [], to: 'shown' });
    return page;
  };

  it('show once they are approved, and the board knows what the page says', async () => {
    const page = await shown(3);
    expect(await world.belief(booking, 'guest page')).toMatchObject({ state: 'stated' });
    expect(await world.operate('reconcile')).toMatchObject({ drift: [] });
    const hosts = new Set<string>();
    const sizes: number[] = [];
    let letIn = () => {};
    const held = new Promise<void>(resolve => {
      letIn = resolve;
    });
    await page.route('**/photos/*', async route => {
      await held;
      await route.continue();
    });
    page.on('response', async response => {
      hosts.add(new URL(response.url()).host);
      if (response.url().includes('/photos/')) sizes.push((await response.body()).byteLength);
    });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.locator('.send').waitFor();
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    letIn();
    const pictures = page.locator('.gallery img');
    expect(await pictures.count()).toBe(3);
    await pictures.last().scrollIntoViewIfNeeded();
    const isLoaded = () =>
      pictures.evaluateAll(all => all.every(one => (one as HTMLImageElement).naturalWidth > 0));
    await expect.poll(isLoaded, { timeout: 20_000 }).toBe(true);
    expect(await height()).toBe(before);
    await expect.poll(() => sizes.length).toBe(3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(120_000);
    expect([...hosts]).toEqual([new URL(url).host]);
  });

  it('can be gone through by keyboard, one at a time, and back to where one was', async () => {
    const page = await shown(3);
    await page.reload();
    await page.locator('.gallery a').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]', { hasText: '2 of 3' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('dialog[open]', { hasText: '3 of 3' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('dialog[open]', { hasText: '1 of 3' }).waitFor();
    await page.keyboard.press('Escape');
    const isFirst = () =>
      page.evaluate(() => document.activeElement?.closest('li')?.matches(':first-child') ?? false);
    await expect.poll(isFirst).toBe(true);
  });

  it('are taken down at once, without scripts too, and somebody hears of it', async () => {
    await shown(2);
    const plain = await browser.newContext({ ...phone, javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(url);
    expect(await page.locator('noscript').innerText()).toContain('needs JavaScript');
    const picture = (await page.locator('.gallery a').first().getAttribute('href')) ?? '';
    await page.locator('summary').first().click();
    await page.getByRole('button', { name: 'Yes, at once' }).first().click();
    expect(await page.locator('h1').innerText()).toBe('The photo is off the page');
    expect((await world.http(new URL(picture, url).href)).status).toBe(404);
    await world.settle();
    await page.goto(url);
    expect(await page.locator('.gallery li').count()).toBe(1);
    expect(await world.letters({ subject: /wants a photo taken down/ })).toHaveLength(1);
    await plain.close();
  });

  it('go home in one file, without anything a camera wrote', async () => {
    const page = await shown(2);
    await page.reload();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Take all 2 home').click(),
    ]);
    const zip = readFileSync(await download.path());
    expect(zip.subarray(0, 2).toString()).toBe('PK');
    expect(zip.includes('001.jpg') && zip.includes('002.jpg')).toBe(true);
    expect(zip.includes('Exif') || zip.includes('somebody')).toBe(false);
  });
});

describe('a guest who would rather not have sent one', { timeout: 120_000 }, () => {
  it('takes it back from the same phone before anybody has looked, and puts it back again', async () => {
    const page = await opened();
    await add(page, chosen([await snapshotOf()]));
    await ended(page, '1 of 1 stored.');
    await world.settle();
    await page.getByRole('link', { name: 'Sent from this phone' }).click();
    await page.getByText('Waits until somebody has looked at it.').waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Taken back: nobody sees it').waitFor();
    expect(await list()).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Put it back' }).click();
    await page.getByText('Waits until somebody has looked at it.').waitFor();
    expect(await list()).toMatchObject([{ state: 'waiting' }]);
    const other = await (await browser.newContext(phone)).newPage();
    await other.goto(page.url());
    await other.getByText('Nothing was sent from this phone.').waitFor();
    await other.context().close();
  });
});

describe('a telephone in airplane mode', { timeout: 120_000 }, () => {
  it('opens the page after one visit, says what it does not know, and sends what was chosen when there is a line again', async () => {
    const page = await opened();
    const isKept = () =>
      page.evaluate(async () => Boolean(await caches.match(location.pathname, { ignoreVary: true })));
    await expect.poll(isKept, { timeout: 60_000 }).toBe(true);
    await context.setOffline(true);
    await page.reload();
    expect(await page.locator('h1').innerText()).toBe('Welcome aboard, Carole');
    expect(await page.locator('.off').innerText()).toContain('No connection');
    await add(page, chosen([await snapshotOf()]));
    await page.locator('.files .bad', { hasText: 'The connection broke off' }).waitFor();
    await page.reload();
    await page.locator('.files .bad', { hasText: 'The connection broke off' }).waitFor();
    await context.setOffline(false);
    await ended(page, '1 of 1 stored.');
    expect(await page.locator('.off').isHidden()).toBe(true);
    expect(originals()).toHaveLength(1);
  });
});

describe('somebody of the crew', { timeout: 120_000 }, () => {
  it('adds photos from the page of the trip, also when something else was pressed there, and the desk knows whose they are', async () => {
    const [invitation] = await world.letters({ to: 'luis@crew.example' });
    const link = invitation && world.links(invitation).find(href => href.includes('/c#'));
    const page = await context.newPage();
    await page.goto(link ?? '');
    await page.getByRole('button', { name: 'Open my trip' }).click();
    await page.getByRole('heading', { name: 'Photos for the guest' }).waitFor();
    const item = page.getByRole('button', { name: 'Engine, fuel' });
    await item.click();
    await expect.poll(() => item.getAttribute('value'), { timeout: 25_000 }).toBe('no');
    await add(page, chosen([await snapshotOf()]));
    await ended(page, '1 of 1 stored.');
    expect(await page.locator('#answer .said').innerText()).toBe('You did not answer.');
    await world.settle();
    expect(await list()).toMatchObject([{ state: 'waiting', by: 'crew:luis' }]);
  });
});
