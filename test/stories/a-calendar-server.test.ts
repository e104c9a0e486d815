import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import { openRadicale, type Radicale } from '../radicale.ts';
import { example, openWorld, type World } from '../world.ts';

const hour = 3_600_000;

describe("a calendar of the operator's own, on a real CalDAV server", () => {
  let radicale: Radicale;
  let world: World;

  beforeEach(async () => {
    radicale = await openRadicale();
    world = await openWorld({
      keys: { CHARTERS: radicale.password },
      outside: outside(),
      config: jada => ({
        ...jada,
        calendarServers: [
          {
            id: 'charters',
            url: radicale.url,
            user: radicale.user,
            password: { env: 'CHARTERS' },
            isNearby: true,
          },
        ],
      }),
    });
  });
  afterEach(async () => {
    await world.close();
    await radicale.close();
  });

  const book = async () => {
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    return world.booking();
  };
  const theEntry = () => {
    const [entry, ...more] = radicale.entries();
    if (!entry || more.length > 0)
      throw new Error(`expected one entry, there are ${radicale.entries().length}`);
    return entry;
  };
  const belief = async (id: string) => world.belief(id, 'calendar server');
  const move = async (booking: string, start: string) => {
    await world.operate('booking move', { booking, start });
    await world.settle();
  };
  /** Somebody opens the entry in a program of their own and saves it. */
  const edit = async (id: string, change: (text: string) => string) => {
    const name = `${id}.ics`;
    const before = await (await radicale.as('GET', name)).text();
    const answer = await radicale.as('PUT', name, {
      body: change(before),
      headers: { 'content-type': 'text/calendar' },
    });
    expect(answer.status).toBe(201);
  };

  it('shows a booking, follows it when it moves, and says so when it is off', async () => {
    const { id } = await book();
    expect(theEntry()).toContain('SUMMARY:JADA: Carole Whitfield\\, party of 4');
    expect(theEntry()).toContain('DTSTART:20270530T233000Z');
    expect(theEntry()).toContain('STATUS:CONFIRMED');
    expect(theEntry()).toContain('SEQUENCE:1');
    expect(await belief(id)).toMatchObject({ state: 'stated', statedRevision: 1, recipient: 'charters' });

    await move(id, '15:30');
    expect(theEntry()).toContain('DTSTART:20270530T223000Z');
    expect(theEntry()).toContain('SEQUENCE:2');
    expect(await belief(id)).toMatchObject({ state: 'stated', statedRevision: 2 });

    await world.operate('booking cancel', { booking: id });
    await world.settle();
    expect(theEntry()).toContain('STATUS:CANCELLED');
    expect(theEntry()).toContain('TRANSP:TRANSPARENT');
    expect(theEntry()).toContain('SUMMARY:Cancelled: JADA');
    expect(await belief(id)).toMatchObject({ state: 'withdrawn' });

    await world.operate('booking restore', { booking: id });
    await world.settle();
    expect(theEntry()).toContain('STATUS:CONFIRMED');
    expect(theEntry()).toContain('SEQUENCE:4');
  });

  it('says nothing of money, and nothing that the guest wrote', async () => {
    const { id } = await book();
    // Drawn by chance, and may hold any three digits: the booking's id, the port, the check sum of what was stated.
    const said = theEntry()
      .replaceAll(id, '')
      .replace(/localhost:\d+/, '')
      .replace(/X-GANGWAY-STATED:.*/, '');
    for (const amount of ['840', '84075', '151.34', '289.41', 'USD', '$']) expect(said).not.toContain(amount);
    const told = world.tapped.filter(({ channel }) => channel === 'calendar');
    expect(told.map(({ audience }) => audience)).toEqual(['operator']);
  });

  it('keeps what people hang on an entry, such as a reminder', async () => {
    const { id } = await book();
    await edit(id, text =>
      text.replace(
        'END:VEVENT',
        'CATEGORIES:Sunset\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT2H\r\nDESCRIPTION:Ice\r\nEND:VALARM\r\nEND:VEVENT',
      ),
    );
    await move(id, '15:30');
    expect(theEntry()).toContain('TRIGGER:-PT2H');
    expect(theEntry()).toContain('CATEGORIES:Sunset');
    expect(theEntry()).toContain('DTSTART:20270530T223000Z');
    expect(await belief(id)).toMatchObject({ state: 'stated', statedRevision: 2 });
  });

  it('never writes over what somebody changed there: it shows, until a person lets it go', async () => {
    const { id } = await book();
    await edit(id, text => text.replace('DTSTART:20270530T233000Z', 'DTSTART:20270530T210000Z'));
    await move(id, '15:30');
    await world.later(hour);
    expect(theEntry()).toContain('DTSTART:20270530T210000Z');
    const { state, error } = await belief(id);
    expect(['failing', 'stuck']).toContain(state);
    expect(error?.code).toBe('calendar-entry-changed');
    expect(error?.message).toContain('2027-05-30 14:00 PDT to 19:30 PDT');

    const desk = await world.atDesk();
    const page = paths.deskBooking(id);
    expect((await desk.get(page)).body).toContain('Write over it');
    await desk.press(page, paths.deskRetry(id), { do: 'write over' });
    await world.settle();
    expect(theEntry()).toContain('DTSTART:20270530T223000Z');
    expect(await belief(id)).toMatchObject({ state: 'stated', statedRevision: 2 });

    // Their next change is asked about again.
    await edit(id, text => text.replace('DTSTART:20270530T223000Z', 'DTSTART:20270530T200000Z'));
    await move(id, '16:00');
    expect((await belief(id)).error?.code).toBe('calendar-entry-changed');
  });

  it('says that a changed entry is off all the same, and leaves the rest of it as it was changed', async () => {
    const { id } = await book();
    await edit(id, text => text.replace('DTSTART:20270530T233000Z', 'DTSTART:20270530T210000Z'));
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    expect(theEntry()).toContain('STATUS:CANCELLED');
    expect(theEntry()).toContain('DTSTART:20270530T210000Z');
    expect(await belief(id)).toMatchObject({ state: 'withdrawn' });
  });

  it('does not bring back what somebody deleted until a person says so', async () => {
    const { id } = await book();
    expect((await radicale.as('DELETE', `${id}.ics`)).status).toBe(200);
    await move(id, '15:30');
    expect(radicale.entries()).toEqual([]);
    expect((await belief(id)).error?.code).toBe('calendar-entry-deleted');
    await world.operate('retry', { booking: id, overwrite: true });
    await world.settle();
    expect(theEntry()).toContain('DTSTART:20270530T223000Z');
    expect(await belief(id)).toMatchObject({ state: 'stated', statedRevision: 2 });
  });

  it('fails visibly while the server is down, holds up nobody else, and is made good afterwards', async () => {
    await radicale.stop();
    const { id } = await book();
    expect(await belief(id)).toMatchObject({ state: 'failing', error: { code: 'outside-unreachable' } });
    expect(await world.belief(id, 'guest page')).toMatchObject({ state: 'stated' });
    expect(await world.belief(id, 'guest letter')).toMatchObject({ state: 'stated' });
    await radicale.startAgain();
    await world.later(hour);
    expect(await belief(id)).toMatchObject({ state: 'stated', statedRevision: 1 });
    expect(theEntry()).toContain('STATUS:CONFIRMED');
  });

  it('is filled again by hand when it was emptied', async () => {
    const { id } = await book();
    expect((await radicale.as('DELETE', `${id}.ics`)).status).toBe(200);
    const found = await world.operate<{ drift: { surface: string; kind: string }[] }>('reconcile', {});
    expect(found.drift).toMatchObject([{ surface: 'calendar server', kind: 'missing' }]);
    await world.operate('reconcile', { repair: true });
    await world.settle();
    expect(theEntry()).toContain('STATUS:CONFIRMED');
    expect(await belief(id)).toMatchObject({ state: 'stated' });
  });

  it('forgets a guest there, too, whatever was changed', async () => {
    const { id } = await book();
    await edit(id, text => text.replace('party of 4', 'party of 5'));
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    await world.operate('booking forget', { booking: id });
    expect(radicale.entries()).toEqual([]);
  });
});
