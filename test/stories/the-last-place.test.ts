import { afterAll, beforeAll, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { openWorld, type World } from '../world.ts';

/** A8: two of the reserve are asked for the place that Luis gave up, and press Accept in the same moment. */

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
});
afterAll(() => world.close());

it('the last place goes to one of the two, and the other is told kindly, once', async () => {
  for (let race = 0; race < 5; race++) {
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

    const newest = async (person: string) => {
      const all = await world.letters({ to: `${person}@crew.example`, subject: /Can you sail/ });
      const letter = all.find(({ subject }) => subject?.includes(`${10 + race} May`));
      if (!letter) throw new Error(`${person} was not asked`);
      expect(letter.text).toContain('it goes to the first to accept');
      return world.onBoard(world.links(letter).find(link => link.includes('/c#')) ?? '');
    };
    const phones = await Promise.all([newest('pat'), newest('rae')]);
    const pages = await Promise.all(
      phones.map(phone =>
        phone.press(paths.crewEvent(event), paths.crewAnswer(event), { answer: 'accepted' }),
      ),
    );
    await world.settle();
    const [late, ...none] = pages.filter(({ status }) => status !== 303);
    expect(none).toEqual([]);
    expect(late?.body).toContain('The place is taken, thank you');
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
}, 60_000);
