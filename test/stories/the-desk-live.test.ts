import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { example, openWorld, type World } from '../world.ts';

/** The owner leaves the page of a booking open, with all at rest; what happens elsewhere shows there without a reload. */
describe('the page of a booking that stays open at the desk', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let booking: string;

  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    booking = (await world.booking()).id;
    const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
    browser = await openBrowser();
    page = await browser.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${world.house}${paths.desk}`);
    await page.goto(`${world.house}${paths.deskBooking(booking)}`);
    // Gone with a reload, which must not happen.
    await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const shows = (...words: string[]) =>
    page.waitForFunction(
      wanted =>
        document.body.hasAttribute('data-not-reloaded') &&
        wanted.every(each => document.body.innerText.includes(each)),
      words,
    );

  it('shows a move made in a terminal, first on the board and then in all the rest', async () => {
    await shows('All 14 surfaces say revision 1.', '16:30–19:30 PDT');
    await world.operate('booking move', { booking, start: '15:30' });
    await world.settle();
    await shows(
      'All 14 surfaces say revision 2.',
      'Sunday 30 May 2027, 15:30–18:30 PDT',
      'Changed: Charter on JADA',
    );
  }, 60_000);

  it('shows a cancellation, and takes it back by its button', async () => {
    await world.operate('booking cancel', { booking });
    await world.settle();
    await shows('Everything was withdrawn.', 'Take the cancellation back', 'reversed');
    await page.getByRole('button', { name: 'Take the cancellation back' }).click();
    await page.getByText('The booking stands again.').waitFor();
    await world.settle();
    await page.getByText('All 14 surfaces say revision 4.').first().waitFor();
    expect(await world.booking()).toMatchObject({ status: 'confirmed', revision: 4 });
  }, 60_000);
});
