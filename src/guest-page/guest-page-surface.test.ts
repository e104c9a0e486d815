import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { testBooking, testFleet, testVessel } from './guest-page.fixture.ts';
import { guestPageSurface } from './guest-page-surface.ts';
import { belief, guestWorld, moved } from './guest-world.fixture.ts';
import { purgePage } from './purge-page.ts';
import { strayPages } from './stray-pages.ts';

let w: ReturnType<typeof guestWorld>;
beforeEach(() => {
  w = guestWorld(temporaryFolder('guest'));
});

describe('the guest page of a booking', () => {
  it('keeps its address through a move and a new name, and says only the new time', async () => {
    const [first] = await w.say(w.page, testBooking());
    const renamed = { ...testBooking(moved), guest: { ...testBooking().guest, name: 'Carola Whitfield' } };
    const [second] = await w.say(w.page, renamed);
    expect(first).toMatchObject({
      state: 'stated',
      url: expect.stringMatching(/\/g\/carole-jada-[\w-]{22}$/),
    });
    expect(second).toEqual(first);
    expect(await w.read()).toContain('Welcome aboard, Carola');
    expect(await w.read()).toContain('15:30 PDT');
    expect(await w.read()).not.toContain('16:30');
  });

  it('reads back what it was told to say', async () => {
    const [statement] = await w.page.desired(testBooking());
    expect(await w.page.readBack(testBooking(), 'queenofsandiego')).toBeNull();
    await w.say(w.page, testBooking());
    expect(await w.page.readBack(testBooking(), 'queenofsandiego')).toBe(statement?.digest);
    expect((await w.page.desired(testBooking()))[0]).toEqual(statement);
  });

  it('is found out when somebody else wrote over it', async () => {
    await w.say(w.page, testBooking());
    const slug = (await w.pages.slugOf(testBooking().id)) ?? '';
    const [brand] = w.fleet.brands;
    if (brand) await w.host.publish(brand, slug, `${await w.read()}<!-- mine -->`);
    expect(await w.page.readBack(testBooking(), 'queenofsandiego')).toBeNull();
  });

  it('is not written again when nothing on it changed', async () => {
    await w.say(w.page, testBooking());
    const before = await w.pages.published(testBooking().id, 'queenofsandiego');
    const slug = before?.slug ?? '';
    const bytes = await w.host.read(w.fleet.brands[0] as Brand, slug);
    w.clock.advance(60_000);
    const [statement] = await w.page.desired(testBooking());
    if (statement) await w.page.state(testBooking(), statement, null);
    expect(await w.pages.published(testBooking().id, 'queenofsandiego')).toEqual(before);
    expect(await w.host.read(w.fleet.brands[0] as Brand, slug)).toBe(bytes);
  });

  it('tells those who hold the link, kindly and without details, that the charter is off', async () => {
    await w.say(w.page, testBooking());
    await w.say(w.page, testBooking({ status: 'cancelled', revision: 2 }));
    expect(await w.read()).toContain('This charter is off');
    expect(await w.read()).toContain('+1 619 555 0100');
    expect(await w.read()).not.toMatch(/Carole|Ana|Harbor Island|data:text\/calendar/);
    expect(await w.page.readBack(testBooking(), 'queenofsandiego')).toBeNull();
    await w.say(w.page, testBooking({ revision: 3 }));
    expect(await w.read()).toContain('Welcome aboard, Carole');
  });

  it('publishes nothing about a booking that never had a page', async () => {
    const off = testBooking({ status: 'cancelled' });
    const never = belief(w.page, off, 'queenofsandiego', 'd');
    expect(await w.page.withdraw(off, never)).toEqual({ state: 'stated' });
    expect(await w.read()).toBeNull();
    expect(w.left).toEqual([]);
  });

  it('follows the vessel to another brand, and leaves a way there', async () => {
    await w.say(w.page, testBooking());
    await w.say(w.page, testBooking({ revision: 2, vessel: 'lumen', brand: 'harborlight' }));
    expect(await w.read('harborlight')).toContain('Welcome aboard, Carole');
    expect(await w.read()).toContain('https://harborlight.example/g/carole-jada-');
    expect(await w.read()).not.toContain('Carole<');
  });

  it('is held back whole when an amount of the booking stands in it', async () => {
    const typed = testVessel({ bring: ['840.75 in cash'] });
    const poor = guestPageSurface({ ...w, fleet: testFleet({ vessels: [typed] }) });
    await expect(w.say(poor, testBooking())).rejects.toMatchObject({ code: 'money-in-output' });
    expect(await w.read()).toBeNull();
  });

  it('leaves through the last gate, to guests, as a page of its booking', async () => {
    await w.say(w.page, testBooking());
    expect(w.left).toMatchObject([{ audience: 'guest', channel: 'page', about: [testBooking().id] }]);
    expect([w.page.name, w.page.fence, w.page.reachesOutside]).toEqual(['guest page', 'open', true]);
  });

  it('says that the charter is off where a power failure took the note of the page, or the page itself', async () => {
    const [brand] = w.fleet.brands as [Brand];
    const off = testBooking({ status: 'cancelled', revision: 2 });
    const before = belief(w.page, off, brand.id, 'd');
    const slug = await w.pages.chooseSlug(off.id, 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa');
    await w.host.publish(brand, slug, '<p>Welcome aboard, Carole</p>');
    expect(await w.page.withdraw(off, before)).toEqual({ state: 'stated' });
    expect(await w.read()).toContain('This charter is off');
    await w.host.remove(brand, slug);
    await w.page.withdraw(off, before);
    expect(await w.read()).toContain('This charter is off');
  });

  it('leads on from a brand where the charter was off before it sailed under another', async () => {
    await w.say(w.page, testBooking());
    await w.say(w.page, testBooking({ status: 'cancelled', revision: 2 }));
    await w.say(w.page, testBooking({ revision: 3, vessel: 'lumen', brand: 'harborlight' }));
    expect(await w.read()).toContain('https://harborlight.example/g/carole-jada-');
    expect(await w.read('harborlight')).toContain('Welcome aboard, Carole');
    const published = await w.pages.publicationsOf(testBooking().id);
    expect(published.map(({ brand, digest }) => [brand, digest !== null])).toEqual(
      expect.arrayContaining([
        ['queenofsandiego', false],
        ['harborlight', true],
      ]),
    );
  });

  it('leaves a page that still stands under another brand to whoever withdraws it', async () => {
    await w.say(w.page, testBooking());
    const elsewhere = testBooking({ revision: 2, vessel: 'lumen', brand: 'harborlight' });
    const [wanted] = await w.page.desired(elsewhere);
    if (!wanted) throw new Error('a page is wanted');
    await w.page.state(elsewhere, wanted, null);
    expect(await w.read()).toContain('Welcome aboard, Carole');
    expect(await w.read('harborlight')).toContain('Welcome aboard, Carole');
  });

  it('leads to the page of the booking that it turned out to be', async () => {
    const into = testBooking({ id: 'bkg_0123456789abcdeg', vessel: 'lumen', brand: 'harborlight' });
    await w.say(w.page, testBooking());
    const before = belief(w.page, testBooking(), 'queenofsandiego', 'd');
    await w.page.absorbed?.(testBooking({ status: 'cancelled' }), into, before);
    expect(await w.read()).toContain(`https://harborlight.example/g/${await w.pages.slugOf(into.id)}`);
  });

  it('says no more than that it rests where nothing is said here any more, and the charter is on', async () => {
    await w.say(w.page, testBooking());
    for (const brand of ['queenofsandiego', 'sold']) {
      await w.page.withdraw(testBooking({ brand }), belief(w.page, testBooking(), 'queenofsandiego', 'd'));
      expect(await w.read()).toMatch(/<title>[^<]*<\/title>/);
      expect(await w.read()).not.toMatch(/Carole|is off|https:\/\/[^"]*\/g\//);
    }
  });

  it('is in place as long as its bytes are those that were published', async () => {
    const [brand] = w.fleet.brands as [Brand];
    const inPlace = async (recipient: string = brand.id) => w.page.inPlace?.(testBooking(), recipient);
    expect(await inPlace()).toBe(true);
    expect(await inPlace('sold')).toBe(true);
    await w.say(w.page, testBooking());
    expect(await inPlace()).toBe(true);
    const slug = (await w.pages.slugOf(testBooking().id)) ?? '';
    await w.host.publish(brand, slug, 'mine');
    expect(await inPlace()).toBe(false);
    await w.host.remove(brand, slug);
    expect(await inPlace()).toBe(false);
  });

  it('goes for good when the booking is purged', async () => {
    await w.say(w.page, testBooking());
    const slug = (await w.pages.slugOf(testBooking().id)) ?? '';
    await purgePage(w, testBooking().id);
    expect(await w.pages.slugOf(testBooking().id)).toBeNull();
    expect(await w.pages.publicationsOf(testBooking().id)).toEqual([]);
    for (const brand of w.fleet.brands) expect(await w.host.read(brand, slug)).toBeNull();
    await purgePage(w, testBooking().id);
  });
});

describe('a page that no booking answers for', () => {
  const stray = 'nobody-4fT9xQ2mZ8LwK0sVbN7rYa';

  it('is found on whatever brand it is, and one of a booking is not', async () => {
    const [brand, second] = w.fleet.brands as [Brand, Brand];
    expect(await strayPages(w)).toEqual([]);
    await w.say(w.page, testBooking());
    await w.host.publish(second, stray, 'x');
    expect(await strayPages(w)).toEqual([{ brand: second, slug: stray }]);
    await w.host.publish(brand, stray, 'x');
    expect(await strayPages(w)).toHaveLength(2);
  });

  it('is none while a slug or a publication leads to a booking', async () => {
    const [brand, second] = w.fleet.brands as [Brand, Brand];
    await w.pages.chooseSlug(testBooking().id, stray);
    await w.host.publish(second, stray, 'x');
    expect(await strayPages(w)).toEqual([]);
    const elsewhere = 'elder-4fT9xQ2mZ8LwK0sVbN7rYb';
    const noted = { booking: testBooking().id, digest: null, etag: '', at: testBooking().recordedAt };
    await w.pages.record({ ...noted, brand: brand.id, slug: elsewhere });
    await w.host.publish(brand, elsewhere, 'x');
    expect(await strayPages(w)).toEqual([]);
  });
});

describe('what may not be read any longer', () => {
  /** The room with a host that tells how soon everybody has to see what is published; the first of each may fail after it is in place. */
  const watched = () => {
    const seen: string[] = [];
    let fails = 0;
    const { publish } = w.host;
    w.host.publish = async (brand, slug, html, how = 'in its time') => {
      const done = await publish(brand, slug, html, how);
      seen.push(how);
      if (fails-- > 0) throw new Error('the edge is busy');
      return done;
    };
    return { seen, failOnce: () => (fails = 1) };
  };
  const put = (said: Partial<Booking>, at: string) =>
    testBooking({ ...said, origins: { partySize: { source: 'desk', message: 'd1', at } } });

  it('is what a charter said before it was called off, and what a person put right', async () => {
    const { seen } = watched();
    await w.say(w.page, testBooking());
    await w.say(w.page, testBooking({ revision: 2, partySize: 5 }));
    w.clock.advance(60_000);
    await w.say(w.page, put({ revision: 3, partySize: 4 }, '2027-05-01T16:00:30.000Z'));
    w.clock.advance(60_000);
    await w.say(w.page, put({ ...moved, revision: 4, partySize: 4 }, '2027-05-01T16:00:30.000Z'));
    await w.say(w.page, testBooking({ status: 'cancelled', revision: 5 }));
    expect(seen).toEqual(['in its time', 'in its time', 'at once', 'in its time', 'at once']);
  });

  it('is asked for again where it hangs already but an edge did not hear of it', async () => {
    const { seen, failOnce } = watched();
    await w.say(w.page, testBooking());
    const off = testBooking({ status: 'cancelled', revision: 2 });
    failOnce();
    await expect(w.say(w.page, off)).rejects.toThrow('the edge is busy');
    expect(await w.read()).toContain('This charter is off');
    await w.say(w.page, off);
    await w.say(w.page, off);
    expect(seen).toEqual(['in its time', 'at once', 'at once']);
  });
});
