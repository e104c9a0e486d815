import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '#finances/csv.ts';
import { settableClock } from '#lib/clock.ts';
import type { Letter } from '#mail/letter.ts';
import { aLetter } from '#mail/letters.testing.ts';
import { keepingServer, mailerTo } from '#mail/smtp-servers.testing.ts';
import { openBrowser } from '../browser.ts';
import { example, openWorld, type World } from '../world.ts';
import { deskCookie, eventOf } from './fleet-of-two.ts';
import { formulaEnds, formulaStarts, hostile, isFormula } from './hostile-text.ts';
import { readCsv } from './read-csv.ts';

describe('hostile text', () => {
  let world: World;
  let browser: Browser;
  beforeAll(async () => {
    world = await openWorld();
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('is text and nothing else on every page, in Chromium: no dialog, nothing the policy had to stop, the same elements', async () => {
    const owner = await deskCookie(world, 'owner-joan');
    const context = await browser.newContext();
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('dialog', dialog => {
      trouble.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', message => {
      if (/Content Security Policy|Refused to/i.test(message.text())) trouble.push(message.text());
    });
    page.on('request', request => {
      if (new URL(request.url()).hostname.includes('evil')) trouble.push(`a request to ${request.url()}`);
    });

    const shapes = new Map<string, string>();
    for (const [n, text] of [`Plain Name`, ...hostile.slice(0, 5)].entries()) {
      const day = String(1 + n).padStart(2, '0');
      await world.deliver({
        ...example('boatsetter-created', {
          id: `hostile-${n}`,
          start: `2027-07-${day}T10:00`,
          end: `2027-07-${day}T13:00`,
          guest: { name: text, email: 'guest@example.org', phone: null },
        }),
        note: text,
      });
      await world.settle();
      const booking = (await world.bookings()).find(({ start }) => start.local.startsWith(`2027-07-${day}`));
      if (!booking) throw new Error(`no booking for ${text}`);
      const event = await eventOf(world, booking);
      await world.http(`${world.house}/api/events/${event.id}`, {
        method: 'PATCH',
        headers: { 'x-service-key': world.keys.serviceKey, 'content-type': 'application/json' },
        body: JSON.stringify({ notes: `Note: ${text.replace(/\p{Cf}/gu, '')}` }),
      });
      await world.settle();
      const { url } = await world.belief(booking.id, 'guest page');
      const letters = (await world.letters()).filter(({ to }) => to?.[0]?.address === 'guest@example.org');
      const mailbox = /\/mailbox\/[^"/]+/g;
      const list =
        (await world.http(`${world.house}/mailbox?to=guest@example.org`)).body.match(mailbox) ?? [];
      expect(letters.length).toBeGreaterThan(0);
      await context.addCookies([
        { name: 'gangway', value: owner.slice(owner.indexOf('=') + 1), url: world.house },
      ]);
      const see = async (what: string, at: string) => {
        await page.goto(at, { waitUntil: 'load' });
        const shape = await page.evaluate(() =>
          [...document.querySelectorAll('*')]
            .map(each => `${each.tagName}[${each.getAttributeNames().sort().join(' ')}]`)
            .join('\n'),
        );
        const before = shapes.get(what);
        if (before === undefined) shapes.set(what, shape);
        else if (before !== shape) trouble.push(`${what} has other elements for ${text}`);
      };
      await see('guest page', (url ?? '').replace(/^https:\/\/[^/]+/, world.brand('queenofsandiego')));
      await see('booking at the desk', `${world.house}/desk/bookings/${booking.id}`);
      await see('correct form', `${world.house}/desk/bookings/${booking.id}/correct`);
      await see('move form', `${world.house}/desk/bookings/${booking.id}/move`);
      await see('search', `${world.house}/desk/bookings?q=${encodeURIComponent(`no such ${text}`)}`);
      await see('sign-in', `${world.house}/desk/sign-in?for=${encodeURIComponent(text)}`);
      await see('letter', `${world.house}${list[0]}/html`);
      await page.goto(event.linkOf('captain-ana'));
      await page.getByRole('button').first().click();
      await page.waitForURL(/\/c\/events\//);
      await see('crew page', page.url());
      expect(trouble).toEqual([]);
    }
    expect([...shapes.keys()]).toHaveLength(8);
    await context.close();
  }, 120_000);
});

it('never makes a second recipient or a header of its own, through a real mail server', async () => {
  const server = await keepingServer();
  const mailer = mailerTo(server.port, settableClock('2027-05-01T19:00:00Z'));
  const breaks = [
    '\r\nBcc: evil@example.org',
    '\nX-Evil: 1',
    '\u0000',
    '\u2028To: evil@example.org',
    ', evil@example.org',
    '" <evil@example.org>',
    '=?utf-8?q?a=0ABcc:_evil@example.org?=',
    '; x',
    '(evil@example.org)',
    '<evil@example.org>',
  ];
  const names = [...hostile, ...hostile.flatMap(text => breaks.map(each => text + each)), ...breaks];
  const addresses = [
    'guest@example.org',
    'guest@example.org, evil@example.org',
    '"guest@evil.example"@example.org',
    'guest@example.org\r\nRCPT TO:<evil@example.org>',
    'guest@example.org>',
    '<guest@example.org',
    'guest%evil.example@example.org',
    'guest@[127.0.0.1]',
    'guest@example.org\u0000',
    'g(evil)uest@example.org',
  ];
  let sent = 0;
  let refused = 0;
  const heads = new Set<string>();
  try {
    const tries: Partial<Letter>[] = [
      ...names.map(name => ({ to: { name, address: 'guest@example.org' } })),
      ...names.map(subject => ({ subject })),
      ...names.map(name => ({ from: { name, address: 'hello@sailjada.com' } })),
      ...addresses.map(address => ({ to: { name: 'Guest', address } })),
    ];
    for (const [n, change] of tries.entries()) {
      const before = server.arrived.length;
      try {
        await mailer.send({ ...aLetter({ id: `hostile/${n}` }), ...change } as Letter);
      } catch {
        refused++;
        expect(server.arrived).toHaveLength(before);
        continue;
      }
      const fresh = server.arrived.slice(before);
      if (fresh.length === 0) {
        refused++;
        continue;
      }
      sent++;
      expect(fresh).toHaveLength(1);
      expect(fresh[0]?.to).toHaveLength(1);
      expect(fresh[0]?.to[0]).not.toContain('evil');
      const head = (fresh[0]?.bytes.toString('utf8') ?? '').split('\r\n\r\n')[0] ?? '';
      heads.add([...head.matchAll(/^([!-9;-~]+):/gm)].map(match => match[1]?.toLowerCase()).join(','));
    }
  } finally {
    await mailer.close();
    await server.close();
  }
  expect(sent).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(30);
  expect([...heads]).toHaveLength(1);
}, 30_000);

it('is no formula in a CSV file, and comes back as the text it was', () => {
  const cells = formulaStarts.flatMap(start => formulaEnds.map(end => start + end));
  const read = readCsv(csv(cells.map(cell => [cell, 'next'])));
  expect(read).toHaveLength(cells.length);
  for (const [n, row] of read.entries()) {
    expect(row).toHaveLength(2);
    const [cell = ''] = row;
    expect([cells[n], `'${cells[n]}`]).toContain(cell);
    expect(isFormula(cell), cell).toBe(false);
  }
});
