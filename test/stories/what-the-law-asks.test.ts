import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { example, openWorld, type World } from '../world.ts';

/** What the law asks of a charter, met by Joan at her desk, which is a phone at the dock with one bar of signal. */

let world: World;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  world = await openWorld({
    config: fleet => ({
      ...fleet,
      people: fleet.people.map(person =>
        person.id === 'captain-ana'
          ? { ...person, credentials: [{ kind: 'licence', expires: '2027-05-29', neededAs: ['captain'] }] }
          : person,
      ),
    }),
  });
  browser = await openBrowser();
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await context.clock.setFixedTime(world.clock.now());
  desk = await context.newPage();
  const line = await context.newCDPSession(desk);
  const oneBar = { latency: 150, downloadThroughput: 50_000, uploadThroughput: 20_000, offline: false };
  await line.send('Network.emulateNetworkConditions', oneBar);
  const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
  await desk.goto(url);
  await desk.locator('main button').first().tap();
  await desk.waitForURL(world.house + paths.desk);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe('on a time charter', { timeout: 120_000 }, () => {
  it('A11: a seventh guest waits for a person, and nobody is asked to sail or sent a page', async () => {
    await world.deliver(example('boatsetter-created', { party_size: 7 }));
    await world.settle();
    expect(await world.bookings()).toEqual([]);
    const subjects = (await world.letters()).map(({ subject }) => subject);
    expect(subjects).toEqual(['New sign-in at the desk of Sail JADA']);
    await desk.goto(world.house + paths.deskQuarantine);
    await desk
      .locator('main a', { hasText: /boatsetter/i })
      .first()
      .tap();
    await desk.getByText('at most 6').first().waitFor();
  });

  it('A11: nor is one entered by hand, whatever is pressed', async () => {
    await desk.goto(world.house + paths.deskNewBooking);
    await desk.getByLabel('Vessel').selectOption('jada');
    await desk.locator('[name=date]').fill('2027-06-12');
    await desk.locator('[name=start]').fill('16:30');
    await desk.locator('[name=guestName]').fill('Nell Harper');
    await desk.locator('[name=partySize]').fill('7');
    await desk.locator('main form button[type=submit]').last().tap();
    await desk.getByText('at most 6').first().waitFor();
    expect(await desk.locator('[name=guestName]').inputValue()).toBe('Nell Harper');
    expect(await world.bookings()).toEqual([]);
  });

  it('A12: a captain whose licence ends the day before is not asked, and sails only for a reason that is kept', async () => {
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const { id } = await world.booking();
    const sailing = async () =>
      (await world.operate<{ crew: { person: string }[] }>('crew list', { booking: id })).crew.map(
        ({ person }) => person,
      );
    expect(await sailing()).toEqual(['luis', 'kim']);
    expect(await world.letters({ to: 'ana@crew.example', subject: /Can you sail/ })).toEqual([]);
    await desk.goto(world.house + paths.deskCrew(id));
    await desk.getByText('A place as captain is open.').waitFor();
    await desk.getByLabel('Who', { exact: true }).selectOption('captain-ana');
    await desk.getByLabel('As', { exact: true }).selectOption('captain');
    await desk.getByRole('button', { name: 'Give them a place' }).tap();
    await desk.getByText('The licence of Ana Reyes is good until Saturday 29 May 2027').waitFor();
    expect(await sailing()).toEqual(['luis', 'kim']);
    await desk.getByLabel(/^The reason/).fill('The renewed licence is in hand, seen by Joan');
    await desk.getByRole('button', { name: 'Do it all the same' }).tap();
    await desk.getByText('A place as captain is open.').waitFor({ state: 'detached' });
    expect(await sailing()).toContain('captain-ana');
    await desk.goto(world.house + paths.deskBooking(id));
    await desk.getByText('seen by Joan').first().waitFor();
  });
});
