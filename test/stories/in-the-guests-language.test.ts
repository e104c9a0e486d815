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

  const refused = await world.http(`${page}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'video/mp4', size: 9, mark: 'm', consent: true, minors: false }),
  });
  expect(JSON.parse(refused.body).detail).toMatch(/^Fotos dieses Törns lassen sich .* das kommt erst noch/);

  await world.operate('booking cancel', { booking: id });
  await world.settle();
  expect((await world.http(page)).body).toContain('Dieser Törn findet nicht statt');
  const [letter] = await world.letters({ to: 'carole.whitfield@example.org', subject: /^Abgesagt/ });
  expect(letter?.text).toContain('abgesagt');
});

it('who takes a photo down, or has lost a letter of the link, reads it in their language', async () => {
  const headers = { accept: 'text/html', 'accept-language': 'es-ES,es;q=0.9,en;q=0.8' };
  expect((await world.http(`${page}x`, { headers })).body).toContain('Aquí no hay ninguna página');
  await wish({ language: 'es' });
  const takenDown = await world.http(`${page}/photos/removal`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'photo=pho_of_before',
  });
  expect(takenDown.body).toContain('La foto ya no está en la página');
});
