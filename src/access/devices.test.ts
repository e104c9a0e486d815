import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { schemeOfUrl, sessionCookie } from './cookies.ts';
import { sqliteDeviceStore } from './device-store.sqlite.ts';
import { deviceSeconds, devices, type NewDevice, programNamed } from './devices.ts';

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

function doors() {
  const clock = settableClock('2027-05-30T10:00:00Z');
  const told: NewDevice[] = [];
  const is = { broken: false };
  const greet = devices({
    store: sqliteDeviceStore(openSqlite(':memory:')),
    clock,
    random: seededRandom('devices'),
    cookie: sessionCookie('gangway_device', schemeOfUrl, deviceSeconds),
    async tell(device) {
      if (is.broken) throw new Error('the disk is full');
      told.push(device);
    },
  });
  /** Comes in with what the device holds, and gives what it holds from then on. */
  const come = async (cookie: string | null, person = 'ines', door: 'desk' | 'crew' = 'crew') => {
    const headers = { 'user-agent': phone, ...(cookie ? { cookie } : {}) };
    const set = await greet(door)(new Request('https://sailjada.com/c/session', { headers }), person);
    return set.split(';')[0] ?? '';
  };
  return { clock, told, come, is };
}

describe('a device', () => {
  it('that was not seen before is told about once, however often it comes again', async () => {
    const { told, come } = doors();
    const held = await come(null);
    expect(held).toMatch(/^__Host-gangway_device=[\w-]{43}$/);
    for (let again = 0; again < 3; again++) expect(await come(held)).toBe(held);
    expect(told).toMatchObject([
      { door: 'crew', person: 'ines', at: '2027-05-30T10:00:00.000Z', program: 'Safari on an iPhone' },
    ]);
    expect(held).not.toContain(told[0]?.hash);
  });

  it('is new for every person and at each door, and so is one with a cookie that we never gave', async () => {
    const { told, come } = doors();
    const held = await come(null);
    await come(held, 'tom');
    await come(held, 'ines', 'desk');
    expect(await come('__Host-gangway_device=mine')).not.toContain('mine');
    expect(told.map(({ person, door }) => `${person} ${door}`)).toEqual([
      'ines crew',
      'tom crew',
      'ines desk',
      'ines crew',
    ]);
  });

  it('counts as seen only when it was told about', async () => {
    const { told, come, is } = doors();
    const held = await come(null, 'tom');
    is.broken = true;
    await expect(come(held)).rejects.toThrow('the disk is full');
    is.broken = false;
    await come(held);
    await come(held);
    expect(told.map(({ person }) => person)).toEqual(['tom', 'ines']);
  });

  it('is let in without a word when a scanner makes too many of them, and told about when it comes again', async () => {
    const { told, come, clock } = doors();
    const held = [];
    for (let n = 0; n < 30; n++) held.push(await come(null));
    expect(told).toHaveLength(10);
    clock.advance(3_600_000);
    await come(held[29] ?? null);
    await come(held[0] ?? null);
    expect(told).toHaveLength(11);
  });

  it('that nobody used for longer than a browser keeps it is new again', async () => {
    const { told, come, clock } = doors();
    const held = await come(null);
    clock.advance(deviceSeconds * 1000 + 1000);
    await come(null, 'tom');
    await come(held);
    expect(told).toHaveLength(3);
  });
});

describe('what it came with', () => {
  it.each([
    [phone, 'Safari on an iPhone'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
      'Chrome on an Android device',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0',
      'Firefox on a Mac',
    ],
    ['curl/8.5.0', 'a program we do not know'],
    ['', 'a program we do not know'],
    ['<b>Call 555 0100 now</b> $840.75', 'a program we do not know'],
  ])('is named in our own words: %s', (userAgent, words) => expect(programNamed(userAgent)).toBe(words));
});
