import { vi } from 'vitest';
import { formToken } from '#access/forms.ts';
import type { Booking } from '#booking/booking.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World, type WorldOptions } from '../world.ts';

/** The world with a second vessel under the second brand, and somebody at the desk who is no owner. */
export const twoBrands = (options: WorldOptions = {}) =>
  openWorld({
    openMailbox: false,
    ...options,
    config: config => {
      const [schooner] = config.vessels;
      const [joan] = config.people;
      if (!schooner || !joan) throw new Error('the example fleet has changed');
      const two = {
        ...config,
        vessels: [
          schooner,
          {
            ...schooner,
            id: 'pelican',
            name: 'Pelican',
            brand: 'sailjada',
            crew: [{ person: 'captain-bo', role: 'captain' as const }],
          },
        ],
        people: [
          ...config.people,
          {
            ...joan,
            id: 'captain-bo',
            firstName: 'Bo',
            name: 'Bo Lind',
            email: 'bo@crew.example',
            roles: ['captain' as const],
          },
          {
            ...joan,
            id: 'pat',
            firstName: 'Pat',
            name: 'Pat Desk',
            email: 'pat@sailjada.example',
            roles: ['operator' as const],
          },
        ],
      };
      return options.config ? options.config(two as typeof config) : two;
    },
  });

/** In no example and no document, so that wherever they show they came from these bookings. */
export const guestName = 'Zephyrine Quandt';
export const amounts = /731\.29|131\.63|199\.66/;

/** Three bookings: mine, another of the same vessel, and one of the other brand. */
export async function threeBookings(world: World) {
  const said = [
    { id: 'mine-1' },
    { id: 'other-1', start: '2027-06-02T16:30', end: '2027-06-02T19:30' },
    { id: 'pelican-1', vessel: 'pelican', start: '2027-06-03T16:30', end: '2027-06-03T19:30' },
  ];
  for (const each of said) {
    const guest = { name: guestName, email: 'zephyrine@example.org', phone: '+1 619 555 0142' };
    await world.deliver({
      ...example('boatsetter-created', { ...each, guest }),
      payout: { gross: '731.29', currency: 'USD' },
    });
  }
  await world.settle();
  const all = await world.bookings();
  const bookingOn = (day: string) => {
    const found = all.find(({ start }) => start.local.startsWith(day));
    if (!found) throw new Error(`no booking on ${day}`);
    return found;
  };
  return {
    own: bookingOn('2027-05-30'),
    'other event': bookingOn('2027-06-02'),
    'other brand': bookingOn('2027-06-03'),
  } satisfies Record<string, Booking>;
}

/** Signs in with a link; returns the cookie as the browser sends it back. */
export async function cookieBy(world: World, link: string, crew = false): Promise<string> {
  world.clock.advance(3000);
  const answer = await world.http(`${world.house}${crew ? paths.crewSession : paths.deskSession}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: world.house },
    body: new URLSearchParams({ [crew ? 'link' : 'token']: link }).toString(),
  });
  if (answer.status !== 303) throw new Error(`the link did not open: ${answer.status}`);
  return (answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
}

export const deskCookie = async (world: World, person: string) =>
  cookieBy(world, (await world.operate<{ url: string }>('key sign-in', { person })).url);

/** Signs somebody in at their own pay, with the link of the letter that they ask for. */
export async function payCookie(world: World, email: string): Promise<string> {
  const post = (at: string, fields: Record<string, string>) =>
    world.http(world.house + at, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: world.house },
      body: new URLSearchParams(fields).toString(),
    });
  const letters = () => world.letters({ to: email, subject: /^Your pay at .*(?<!device)$/ });
  const before = (await letters()).length;
  const asked = await post(paths.paySignInLetter, { email });
  if (asked.status !== 200) throw new Error(`no letter may be asked for: ${asked.status}`);
  // The letter is written behind the answer, whose time must not tell whose address it is.
  const letter = await vi.waitFor(async () => {
    await world.settle();
    const found = (await letters())[before];
    if (!found) throw new Error('no letter came');
    return found;
  }, 10_000);
  // With the owner's letters, where an operator at the desk does not get at it.
  if (!letter.owner) throw new Error('the letter lies among those of the crew');
  const link = world.links(letter).find(url => url.includes('/pay/sign-in#')) ?? '';
  const came = await post(paths.paySession, { token: link });
  if (came.status !== 303) throw new Error(`the link did not open: ${came.status}`);
  return came.headers['set-cookie']?.split(';')[0] ?? '';
}

/** What a form of this session carries. */
export const formTokenOf = (cookie: string) => formToken({ id: cookie.slice(cookie.indexOf('=') + 1) });

type Event = { event_id: string; booking_id: string | null; crew: { id: string; magic_link?: string }[] };

export async function eventOf(
  world: World,
  booking: Booking,
): Promise<{ id: string; linkOf: (person: string) => string }> {
  const headers = { 'x-service-key': world.keys.serviceKey };
  const list = await world.http(`${world.house}/api/events`, { headers });
  const found = list.json<{ events: Event[] }>().events.find(({ booking_id }) => booking_id === booking.id);
  const one = await world.http(`${world.house}/api/events/${found?.event_id}`, { headers });
  const event = one.json<Event>();
  return {
    id: event.event_id,
    linkOf: person => {
      const text = JSON.stringify(event.crew.find(({ id }) => id === person));
      const link = /https?:[^"]+#[^"]+/.exec(text ?? '')?.[0];
      if (!link) throw new Error(`no link for ${person} in ${one.body}`);
      return link;
    },
  };
}
