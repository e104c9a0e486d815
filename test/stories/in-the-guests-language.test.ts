import { afterAll, beforeAll, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World } from '../world.ts';

let world: World;
let page: string;
let id: string;
beforeAll(async () => {
  world = await openWorld();
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  id = (await world.booking()).id;
  page = (await world.belief(id, 'guest page')).url ?? '';
});
afterAll(() => world.close());

const wish = (fields: Record<string, string>) =>
  world.http(`${page}/letters`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

it('a guest who chooses German gets page and letters in German, and the desk sees it', async () => {
  expect((await world.http(page)).body).toContain('<html lang="en-US">');
  expect((await wish({ language: 'de' })).body).toContain('Gespeichert.');
  await world.settle();
  const german = (await world.http(page)).body;
  expect(german).toContain('<html lang="de">');
  expect(german).toContain('Willkommen an Bord, Carole');
  const desk = await world.atDesk();
  expect((await desk.get(paths.deskBooking(id))).body).toContain(
    'Page and letters to the guest in Deutsch, as the guest wishes.',
  );

  await world.operate('booking cancel', { booking: id });
  await world.settle();
  expect((await world.http(page)).body).toContain('Dieser Törn findet nicht statt');
  const [letter] = await world.letters({ to: 'carole.whitfield@example.org', subject: /^Abgesagt/ });
  expect(letter?.text).toContain('abgesagt');
});
