import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openBrowser } from '../browser.ts';
import { openWorld, type World } from '../world.ts';

/** A8: two of the reserve are asked for the place that Luis gave up, and press Accept in the same moment, on two phones. */

type Roster = { event: string; crew: { person: string; answer: string; holds: boolean }[] };

const extra = ['pat', 'rae'].map(id => ({
  id,
  firstName: id === 'pat' ? 'Pat' : 'Rae',
  name: id === 'pat' ? 'Pat Imlay' : 'Rae Moss',
  email: `${id}@crew.example`,
  phone: null,
  roles: ['crew' as const],
}));

let world: World;
let browser: Browser;
let phones: readonly Page[];
beforeAll(async () => {
  world = await openWorld({
    config: fleet => ({
      ...fleet,
      people: [...fleet.people, ...extra],
      vessels: fleet.vessels.map(vessel => ({
        ...vessel,
        reserve: extra.map(({ id }) => ({ person: id, role: 'crew', rank: 1 })),
      })),
    }),
  });
  browser = await openBrowser();
  phones = await Promise.all(
    extra.map(async () => {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      });
      await context.clock.setFixedTime(world.clock.now());
      return context.newPage();
    }),
  );
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

it('the last place goes to one of the two, and the other is told kindly, once', async () => {
  for (let race = 0; race < 3; race++) {
    const { booking } = await world.operate<{ booking: { id: string } }>('booking add', {
      vessel: 'jada',
      start: `2027-05-${10 + race}T10:00`,
      end: '3h',
      guest: 'Carole Whitfield',
      party: 4,
    });
    await world.settle();
    const roster = () => world.operate<Roster>('crew list', { booking: booking.id });
    const { event } = await roster();
    await world.operate('crew answer', { booking: booking.id, person: 'luis', answer: 'declined' });
    await world.settle();

    const opens = async (person: string, phone: Page) => {
      const all = await world.letters({ to: `${person}@crew.example`, subject: /Can you sail/ });
      const letter = all.find(({ subject }) => subject?.includes(`${10 + race} May`));
      if (!letter) throw new Error(`${person} was not asked`);
      expect(letter.text).toContain('it goes to the first to accept');
      await phone.goto('about:blank');
      await phone.goto(world.links(letter).find(link => link.includes('/c#')) ?? '');
      await phone.getByRole('button', { name: 'Open my trip' }).tap();
      await phone.waitForURL(`**${paths.crewEvent(event)}`);
      await phone.getByText('The place is open: it goes to the first to accept.').waitFor();
    };
    await Promise.all(extra.map(({ id }, index) => opens(id, phones[index] as Page)));
    const heads = await Promise.all(
      phones.map(async phone => {
        await phone.getByRole('button', { name: 'Accept' }).tap();
        const said = phone.getByText(/You are coming\.|The place is taken, thank you/);
        await said.first().waitFor();
        return said.first().innerText();
      }),
    );
    await world.settle();
    expect(heads.toSorted()).toEqual(['The place is taken, thank you', 'You are coming.']);
    const sailing = (await roster()).crew.filter(({ holds }) => holds).map(({ person }) => person);
    const [taker, ...others] = sailing.filter(person => person === 'pat' || person === 'rae');
    expect(others).toEqual([]);
    expect(sailing).toEqual(expect.arrayContaining(['captain-ana', 'kim', taker]));
    const thanked = taker === 'pat' ? 'rae' : 'pat';
    const to = (person: string) =>
      world.letters({ to: `${person}@crew.example`, subject: new RegExp(`taken.*${10 + race} May`) });
    expect(await to(thanked)).toHaveLength(1);
    expect(await to(taker ?? '')).toHaveLength(0);
  }
}, 120_000);
