import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { diskPageHost } from '#guest-page/page-host.disk.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { systemClock } from '#lib/clock.ts';
import { paths } from '#ui/paths.ts';
import {
  beliefsOf,
  bookingsOf,
  type House,
  knock,
  listeningMailer,
  message,
  openHouse,
} from '../prove/house.ts';

const many = 24;
const poisoned = [5, 11, 17];
const hour = 3_600_000;

/** A page host on which nothing of one guest can ever be put: every try ends in a defect. */
const poisonedHost = (root: string): PageHost => {
  const host = diskPageHost({ root, clock: systemClock });
  return {
    ...host,
    publish: (brand, slug, html) =>
      slug.startsWith('poison') ? Promise.reject(new Error('a defect')) : host.publish(brand, slug, html),
  };
};

describe('a booking at which a step breaks whenever it is tried', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-poison-'));
  const { mailer, sent } = listeningMailer();
  let house: House;
  let bookings: Booking[] = [];
  const isPoisoned = ({ guest }: Booking) => guest.name.startsWith('Poison');

  beforeAll(async () => {
    house = await openHouse({ folder, mailer, host: poisonedHost(join(folder, 'pages')) });
    for (let n = 0; n < many; n++) {
      const day = `2027-06-${String(n + 1).padStart(2, '0')}`;
      const guest = poisoned.includes(n) ? 'Poison Ivy' : 'Carole Whitfield';
      const said = message({ id: `p${n}`, version: 1, guest, start: `${day}T10:00`, end: `${day}T13:00` });
      expect(await knock(house, `msg_${n}`, said)).toBe(202);
    }
    await house.app.settle();
    bookings = await bookingsOf(house);
  }, 60_000);
  afterAll(async () => {
    await house.app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps none of the others waiting', async () => {
    expect(bookings).toHaveLength(many);
    for (const booking of bookings.filter(each => !isPoisoned(each))) {
      const states = new Set((await beliefsOf(house, booking.id)).map(({ state }) => state));
      expect([...states]).toEqual(['stated']);
    }
  });

  it('says what it can: the crew knows of the trip, the guest is not sent to a page that is not there', async () => {
    // Two quick tries more, which ride out a hiccup.
    for (let tries = 0; tries < 3; tries++) {
      house.clock.advance(5_000);
      await house.app.settle();
    }
    for (const booking of bookings.filter(isPoisoned)) {
      const beliefs = await beliefsOf(house, booking.id);
      const state = (name: string) =>
        beliefs.filter(({ surface }) => surface === name).map(({ state }) => state);
      expect(state('crew event')).toEqual(['stated']);
      expect(new Set(state('crew letter'))).toEqual(new Set(['stated']));
      expect(state('guest page')).toEqual(['failing']);
      expect(state('guest letter')).toEqual(['failing']);
    }
  });

  it('is given up after its tries, and stands on the desk until a person retries', {
    timeout: 60_000,
  }, async () => {
    const bad = bookings.filter(isPoisoned);
    const stuck = async () =>
      (await Promise.all(bad.map(({ id }) => beliefsOf(house, id)))).map(
        beliefs => beliefs.find(({ surface }) => surface === 'guest page')?.state,
      );
    for (let hours = 0; hours < 200 && (await stuck()).some(state => state !== 'stuck'); hours++) {
      house.clock.advance(hour);
      await house.app.tick();
      await house.app.settle();
    }
    expect(await stuck()).toEqual(['stuck', 'stuck', 'stuck']);

    const { url } = (await house.app.operate('key sign-in', { person: 'owner-joan' })) as { url: string };
    const signedIn = await house.app.fetch(
      new Request(`https://sailjada.com${paths.deskSession}`, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token: new URL(url).hash.slice(1) }).toString(),
      }),
    );
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const page = await (
      await house.app.fetch(
        new Request(`https://sailjada.com${paths.deskFailures}`, {
          headers: { cookie, accept: 'text/html' },
        }),
      )
    ).text();
    for (const { id } of bad) expect(page).toContain(id);

    const before = sent.length;
    house.clock.advance(24 * hour);
    await house.app.tick();
    await house.app.settle();
    expect(sent.slice(before).filter(({ subject }) => subject.startsWith('Welcome'))).toEqual([]);
  });
});
