import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { example, openWorld, type Posted, type World } from '../world.ts';

/**
 * The afternoon of docs/operating/a-charter-day.md, played through in a browser from the invitation to the thanks. With
 * `PICTURES=docs/images` it also takes the pictures of that page: `node scripts/charter-day.js`.
 */

const pictures = process.env.PICTURES;

let world: World;
let browser: Browser;
let booking: string;
let event: string;
let phone: BrowserContext;
let trip: Page;

beforeAll(async () => {
  world = await openWorld({
    config: fleet => ({
      ...fleet,
      people: [
        ...fleet.people,
        {
          id: 'pat',
          firstName: 'Pat',
          name: 'Pat Imlay',
          email: 'pat@crew.example',
          phone: '+1 619 555 0114',
          roles: ['crew'],
        },
      ],
      vessels: fleet.vessels.map(vessel => ({
        ...vessel,
        reserve: [{ person: 'pat', role: 'crew', rank: 1 }],
        documents: [{ label: 'Safety briefing', url: 'https://docs.sailjada.example/safety.pdf' }],
      })),
    }),
  });
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

async function newestTo(address: string, subject: RegExp): Promise<Posted> {
  const letter = (await world.letters({ to: address, subject })).at(-1);
  if (!letter) throw new Error(`no letter ${subject} to ${address}`);
  return letter;
}

/** Lets the hours pass for the house and for what the browser believes. */
async function atTheDock(iso: string) {
  world.clock.set(iso);
  await world.app().tick();
  await world.settle();
  await phone.clock.setFixedTime(world.clock.now());
}

/** A picture of what is in the window, for the documentation; nothing where none are asked for. */
async function picture(page: Page, name: string) {
  if (!pictures) return;
  const png = await page.screenshot();
  await sharp(png)
    .png({ palette: true, quality: 70, effort: 10 })
    .toFile(join(pictures, `day-${name}.png`));
}

/** A letter as it is read: its links name the hosts of the fleet, not the port of this test. */
const asRead = ({ html }: Posted) =>
  (html ?? '').replaceAll(
    /http:\/\/(?:(\w+)\.)?localhost:\d+/g,
    (_, brand = 'sailjada') => `https://${brand}.com`,
  );

const phoneLook = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const textOf = (page: Page, selector = 'main') => page.locator(selector).innerText();

/** Waits for what a page or a phone needs a moment for, on a slow machine too. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 25_000 });

describe('a captain’s afternoon', { timeout: 60_000 }, () => {
  it('begins with a letter: who asks, when to be where, and one button', async () => {
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    booking = (await world.booking()).id;
    event = (await world.operate<{ event: string }>('crew list', { booking })).event;
    const letter = await newestTo('ana@crew.example', /Can you sail/);
    expect(letter.subject).toBe('Can you sail on Sunday 30 May 2027? Charter on JADA, call time 15:30 PDT');
    phone = await browser.newContext(phoneLook);
    await phone.clock.setFixedTime(world.clock.now());
    const mail = await phone.newPage();
    await mail.setContent(asRead(letter));
    await picture(mail, 'letter');
    trip = await phone.newPage();
    await trip.goto(world.links(letter).find(link => link.includes('/c#')) ?? '');
    await trip.getByRole('button', { name: 'Open my trip' }).click();
    await trip.waitForURL(`**${paths.crewEvent(event)}`);
    await trip.getByRole('button', { name: 'Accept' }).click();
    await soon(() => textOf(trip)).toContain('You are coming.');
    await picture(trip, 'trip');
    await mail.close();
  });

  it('goes on at the desk: Luis cannot, Pat says yes on the phone', async () => {
    const context = await browser.newContext({ viewport: { width: 760, height: 760 } });
    const desk = await context.newPage();
    const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
    await desk.goto(url);
    await desk.locator('main button').first().click();
    await desk.waitForURL(`${world.house}${paths.desk}`);
    await desk.goto(`${world.house}${paths.deskCrew(booking)}`);
    const of = (name: string) => desk.locator('li.place', { hasText: name });
    await of('Luis Ortega').getByRole('button', { name: 'Is not coming' }).click();
    await soon(() => textOf(desk)).toContain('Put in: Luis Ortega is not coming.');
    expect(await textOf(desk)).toContain('A place as crew is open.');
    await of('Pat Imlay').getByRole('button', { name: 'Is coming' }).click();
    await soon(() => textOf(desk)).toContain('Put in: Pat Imlay is coming.');
    await picture(desk, 'desk');
    await desk.locator('textarea').fill('Fuel is at a quarter: top up before the guests come.');
    await desk.getByRole('button', { name: 'Keep the notes' }).click();
    await world.settle();
    expect((await world.letters({ to: 'pat@crew.example', subject: /^You are coming/ })).length).toBe(1);
  });

  it('has a letter the day before, and counts down on the day', async () => {
    await atTheDock('2027-05-29T23:40:00Z');
    const reminder = await newestTo('ana@crew.example', /^Tomorrow/);
    expect(reminder.subject).toContain('call time 15:30 PDT');
    await atTheDock('2027-05-30T22:05:00Z');
    // A month later the page of the invitation has closed by itself; the newest letter opens it again.
    await trip.goto('about:blank');
    await trip.goto(world.links(reminder).find(link => link.includes('/c#')) ?? '');
    await trip.getByRole('button', { name: 'Open my trip' }).click();
    await trip.waitForURL(`**${paths.crewEvent(event)}`);
    expect(await textOf(trip)).toContain('in 25 min');
    expect(await textOf(trip)).toContain('Fuel is at a quarter');
    expect(await textOf(trip)).toContain('4 guests: Carole and 3 more');
    await trip.locator('#checklist').scrollIntoViewIfNeeded();
    for (const item of ['Engine, fuel', 'Life jackets', 'Weather and tide']) {
      await trip.getByRole('button', { name: item }).click();
      await soon(() => trip.getByRole('button', { name: item }).getAttribute('value')).toBe('no');
    }
  });

  it('has a passenger list for the harbour', async () => {
    await trip.getByRole('link', { name: 'Passenger list' }).click();
    await trip.waitForURL(`**${paths.crewPassengers(event)}`);
    expect(await textOf(trip)).toContain('4 expected');
    await picture(trip, 'passengers');
    await trip.goBack();
    const printed = async (money: boolean) =>
      (await world.operate<{ text: string }>('manifest', { booking, money })).text;
    expect(await printed(false)).toContain('guests: 4, booked by Carole Whitfield');
    expect(await printed(false)).toContain('head count before departure: not taken');
    expect(await printed(false)).not.toContain('840.75');
    expect(await printed(true)).toContain('840.75');
  });

  it('counts heads without a connection, and the desk hears of it once the phone is back', async () => {
    await atTheDock('2027-05-30T23:25:00Z');
    await trip.reload();
    await trip.waitForFunction(
      async () => (await navigator.serviceWorker.ready).active?.state === 'activated',
    );
    await trip.reload();
    await phone.setOffline(true);
    await trip.reload();
    for (const item of ['Safety orientation', 'Head count taken']) {
      await trip.getByRole('button', { name: item }).click();
    }
    await soon(() => trip.locator('#waits').innerText()).toContain('2 presses are kept on this phone');
    await trip.evaluate(() => scrollTo(0, 0));
    await picture(trip, 'offline');
    await phone.setOffline(false);
    await soon(() => trip.locator('#waits').count()).toBe(0);
    await trip.reload();
    await trip.locator('#checklist').evaluate(card => card.scrollIntoView());
    await picture(trip, 'checklist');
    const { body } = await (await world.atDesk()).get(paths.deskManifest(booking));
    expect(body).toMatch(/4, Ana Reyes, <time[^>]*>Sunday 30 May 2027, 16:25 PDT/);
  });

  it('comes back, and everybody is ashore', async () => {
    await atTheDock('2027-05-31T02:40:00Z');
    await trip.reload();
    await trip.getByRole('button', { name: 'Everybody ashore' }).click();
    await soon(() => trip.getByRole('button', { name: 'Everybody ashore' }).getAttribute('value')).toBe('no');
  });

  it('lets Ana look at what she earned in the evening, with a letter of its own', async () => {
    await trip.goto(world.house + paths.crewTrips);
    await trip.getByRole('link', { name: 'Your pay' }).click();
    await trip.waitForURL(`**${paths.paySignIn()}`);
    await trip.getByLabel('Your e-mail address').fill('ana@crew.example');
    await trip.getByRole('button', { name: 'Send me a letter' }).click();
    const link = await vi.waitFor(async () => {
      await world.settle();
      const [found] = world.links(await newestTo('ana@crew.example', /^Your pay at/));
      if (!found) throw new Error('no link');
      return found;
    }, 25_000);
    await trip.goto('about:blank');
    await trip.goto(link);
    await trip.getByRole('button', { name: 'Sign in' }).click();
    await trip.waitForURL(`**${paths.pay()}`);
    expect(await textOf(trip)).toMatch(/Your pay in May 2027[\s\S]*\$150\.00/);
    await picture(trip, 'pay');
  });

  it('ends the next day: the guest is thanked', async () => {
    await atTheDock('2027-05-31T21:00:00Z');
    const thanks = await newestTo('carole.whitfield@example.org', /./);
    expect(thanks.text).toMatch(/thank/i);
    const mail = await phone.newPage();
    await mail.setContent(asRead(thanks));
    await picture(mail, 'thanks');
    await mail.close();
  });
});
