import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { openBrowser } from '../browser.ts';
import { snapshotOf } from '../photos.ts';
import { openS3 } from '../stand-ins/s3.ts';
import { example, openWorld, type World } from '../world.ts';

const linkKey = 'p9Vw3kQzR7tLx2Nf8HcJ5mYb4Gd6SaEu';

let browser: Browser;
let world: World;
beforeAll(async () => {
  browser = await openBrowser();
  world = await openWorld({ now: '2027-05-01T19:00:00Z', keys: { GANGWAY_LINK_KEY: linkKey } });
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  world.clock.set('2027-06-01T18:00:00Z');
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

it('a browser posts a photo whole to the bucket that its grant names, and asks until it is known there', async () => {
  // The grants of this house are POST policies of S3, so a bucket that knows its key takes them.
  const secretAccessKey = sha256(`photo grants ${linkKey}`);
  const posters = [{ accessKeyId: 'gangway', secretAccessKey }];
  const bucket = await openS3({ now: world.clock.now, posters });
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  context.setDefaultTimeout(100_000);
  try {
    const page = await context.newPage();
    let asked = 0;
    await page.route('**/uploads', async route => {
      const response = await route.fetch();
      const grant = (await response.json()) as object;
      await route.fulfill({ response, json: { ...grant, url: `${bucket.endpoint}/photos` } });
    });
    await page.route('**/uploads/pho_*', route =>
      route.fulfill({ json: { state: ++asked < 3 ? 'expected' : 'stored', at: 0 } }),
    );
    const [invitation] = await world.letters({ to: 'luis@crew.example' });
    const link = invitation && world.links(invitation).find(href => href.includes('/c#'));
    await page.goto(link ?? '');
    await page.getByRole('button', { name: 'Open my trip' }).click();
    await page.getByRole('heading', { name: 'Photos for the guest' }).waitFor();
    await page.getByLabel('The people in my photos agree').check();
    const picture = await snapshotOf();
    await page
      .getByLabel('Add photos')
      .setInputFiles([{ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: picture }]);
    await page.locator('.said', { hasText: '1 of 1 stored.' }).waitFor();
    expect(asked).toBeGreaterThanOrEqual(3);
    expect([...bucket.objects.values()].map(({ body }) => sha256(body))).toEqual([sha256(picture)]);
  } finally {
    await context.close();
    bucket.stop();
  }
}, 200_000);
