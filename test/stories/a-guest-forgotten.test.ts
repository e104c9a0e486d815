import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { snapshot } from '#platform/sqlite-snapshot.ts';
import { paths } from '#ui/paths.ts';
import { sendPhoto, snapshotOf } from '../photos.ts';
import { example, openWorld, type World } from '../world.ts';

const day = 86_400_000;
const guest = { name: 'Xanthippe Quorlesby', email: 'xq@quorl-canary.example', phone: '+1 619 555 7731' };
/** Words that stand nowhere else, at least one for each field in which a guest, or somebody about them, can write. */
const traces = /xanthippe|quorlesby|quorl-canary|555.?7731|vexillolatry|zugunruhe|crwth|phloem|syzygy/i;

const said = (name: string, changes: Record<string, unknown> = {}) =>
  example(name, { guest, note: 'We celebrate vexillolatry.', ...changes });

/** Every file below the data folder with a trace of the guest, in its name or anywhere in its bytes. */
function whereGuestStands(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => {
      const bytes = readFileSync(file);
      return [file, bytes.toString('latin1'), bytes.toString('utf16le')].some(text => traces.test(text));
    })
    .map(file => file.slice(folder.length + 1))
    .sort();
}

/** What the months leave behind: a booking corrected and moved, notes of owner and crew, answers, messages that made trouble. */
async function lived(world: World): Promise<Booking> {
  await world.deliver(said('boatsetter-created'), { id: 'msg_first' });
  await world.settle();
  const booking = await world.booking();
  await world.operate('booking correct', { booking: booking.id, guest: `${guest.name} the Elder` });
  await world.operate('booking move', { booking: booking.id, start: '15:30' });
  await world.settle();

  const json = { 'content-type': 'application/json' };
  const { event } = await world.operate<{ event: string }>('crew list', { booking: booking.id });
  await world.operate('crew answer', { booking: booking.id, person: 'captain-ana', answer: 'accepted' });
  const answers = [
    await world.http(`${world.house}${paths.event(event)}`, {
      method: 'PATCH',
      headers: { ...json, 'x-service-key': world.keys.serviceKey },
      body: JSON.stringify({ notes: 'The guest brings a crwth.' }),
    }),
    await world.http(`${world.house}${paths.calendar}`, {
      method: 'POST',
      headers: { ...json, 'x-dashboard-token': world.keys.dashboardToken },
      body: JSON.stringify({ date: '2027-05-30', charter_id: booking.id, notes: 'phloem' }),
    }),
    // The same id with other words, and a message that nobody can act on.
    await world.deliver(said('boatsetter-created', { note: 'zugunruhe' }), { id: 'msg_first' }),
    await world.deliver(said('boatsetter-created', { id: 'other', vessel: 'syzygy' }), { id: 'msg_odd' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, expect.any(Number), 409, 202]);
  await world.settle();
  return booking;
}

/** A photo from the page of the guest, with a name inside its bytes and under it, where guests see it. */
async function photographed(world: World, booking: string) {
  const { url } = await world.belief(booking, 'guest page');
  const picture = await snapshotOf({ owner: guest.name });
  expect((await sendPhoto(world, url ?? '', picture, 'xanthippe.jpg')).json()).toMatchObject({
    state: 'stored',
  });
  await world.settle();
  const { changed } = await world.operate<{ changed: string[] }>('photo put', {
    booking,
    photos: [],
    to: 'shown',
  });
  await world.operate('photo caption', { booking, photo: changed[0], caption: 'Xanthippe at the helm' });
}

let world: World;
beforeEach(async () => {
  world = await openWorld({ now: '2027-05-01T19:00:00Z' });
});
afterEach(() => world.close());

const ledger = async (booking: string) =>
  (await world.operate<{ ledger: unknown }>('money show', { booking })).ledger;

describe('a guest whose trip is long over', () => {
  it('is gone from every file of the data folder, the amounts stay, and nothing brings the person back', async () => {
    const booking = await lived(world);
    const places = whereGuestStands(world.folder).map(file => file.split('/')[0]);
    for (const place of ['gangway.db', 'money.db', 'outbox', 'pages'])
      expect(places.some(name => name?.startsWith(place))).toBe(true);
    // Reminders, the trip itself, thanks.
    for (const days of [22, 7, 2]) await world.later(days * day);
    await photographed(world, booking.id);
    expect(whereGuestStands(world.folder).filter(file => file.startsWith('photos'))).toHaveLength(1);
    const before = await ledger(booking.id);
    const letters = (await world.letters()).length;
    await world.later(300 * day);
    expect(whereGuestStands(world.folder)).not.toEqual([]);
    await world.later(70 * day);

    expect(whereGuestStands(world.folder)).toEqual([]);
    expect(await ledger(booking.id)).toEqual(before);
    expect(JSON.stringify(before)).toContain('840.75');
    expect(
      readdirSync(join(world.folder, 'photos'), { recursive: true, withFileTypes: true }).filter(entry =>
        entry.isFile(),
      ),
    ).toEqual([]);

    // The marketplace says everything again, and something new.
    await world.deliver(said('boatsetter-created'), { id: 'msg_first' });
    await world.deliver(said('boatsetter-created'), { id: 'msg_again' });
    await world.deliver(said('boatsetter-changed', { party_size: 6 }), { id: 'msg_late' });
    await world.deliver(said('boatsetter-cancelled'), { id: 'msg_off' });
    await world.operate('reconcile', { repair: true });
    await world.settle();
    await world.later(60_000);
    await world.restart();
    await world.later(day);
    expect(whereGuestStands(world.folder)).toEqual([]);
    expect(await world.booking()).toMatchObject({ id: booking.id, status: 'confirmed', partySize: 4 });
    expect((await world.letters()).length).toBeLessThan(letters);
    expect(await world.operate('reconcile')).toMatchObject({ drift: [] });
  });

  it('is gone even where a backup and a restart come in between', async () => {
    const booking = await lived(world);
    await world.later(32 * day);
    const backup = snapshot(join(world.folder, 'money.db'));
    await world.later(370 * day);
    expect((await world.booking()).guest.name).toBe('Name erased');
    expect(whereGuestStands(world.folder)).not.toEqual([]);
    await world.restart();
    backup.release();
    await world.later(60_000);
    expect(whereGuestStands(world.folder)).toEqual([]);
    expect(await world.beliefs(booking.id)).toMatchObject([{ surface: 'ledger', state: 'stated' }]);
  });
});

describe('a guest who asks to be forgotten', () => {
  it('is not erased while the trip is to come, nor while people are still being told', async () => {
    const { id } = await lived(world);
    await expect(world.operate('booking forget', { booking: id })).rejects.toMatchObject({
      code: 'booking-upcoming',
    });
    const forgetting = world.operate('booking cancel', { booking: id });
    await forgetting;
    await expect(world.operate('booking forget', { booking: id })).rejects.toMatchObject({
      code: 'booking-unsettled',
    });
    await world.settle();
    expect(await world.operate('booking forget', { booking: id })).toMatchObject({
      id,
      guest: { name: 'Name erased', email: null, phone: null },
    });
    for (const [verb, input] of Object.entries({
      'booking restore': {},
      'booking move': { start: '12:00' },
      'booking correct': { guest: 'Somebody' },
      'booking cancel': {},
    })) {
      await expect(world.operate(verb, { booking: id, ...input })).rejects.toMatchObject({
        code: 'booking-forgotten',
      });
    }
    await world.operate('booking forget', { booking: id });
  });

  it('is gone at once but from messages that never became part of the booking; those follow by their own age', async () => {
    const { id } = await lived(world);
    await world.later(29.5 * day);
    await photographed(world, id);
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    await world.operate('booking forget', { booking: id });
    expect(whereGuestStands(world.folder).map(file => file.split('-')[0])).toEqual(['money.db']);
    const desk = await world.atDesk();
    for (const page of [paths.deskBookings, paths.deskBooking(id), `${paths.deskBookings}?when=cancelled`])
      expect((await desk.get(page)).body).not.toMatch(traces);
    await world.later(366 * day);
    expect(whereGuestStands(world.folder)).toEqual([]);
  });
});
