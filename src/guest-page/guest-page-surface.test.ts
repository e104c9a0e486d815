import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { testBooking, testFleet, testVessel } from './guest-page.fixture.ts';
import { guestPageSurface } from './guest-page-surface.ts';
import { belief, guestWorld, moved } from './guest-world.fixture.ts';
import { purgePage } from './purge-page.ts';

let w: ReturnType<typeof guestWorld>;
beforeEach(() => {
  w = guestWorld(mkdtempSync(join(tmpdir(), 'gangway-guest-')));
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
    w.clock.advance(60_000);
    const [statement] = await w.page.desired(testBooking());
    if (statement) await w.page.state(testBooking(), statement, null);
    expect(await w.pages.published(testBooking().id, 'queenofsandiego')).toEqual(before);
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

  it('goes for good when the booking is purged', async () => {
    await w.say(w.page, testBooking());
    await purgePage(w, testBooking().id);
    expect(await w.pages.slugOf(testBooking().id)).toBeNull();
    expect(await w.pages.publicationsOf(testBooking().id)).toEqual([]);
  });
});
