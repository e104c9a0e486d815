import { describe, expect, it } from 'vitest';
import { assets } from '#ui/assets.ts';
import { paths } from '#ui/paths.ts';
import { checkItems } from './checklist.ts';
import { aBooking, type CrewWorld, crewWorld, hourLater } from './crew.fixture.ts';
import type { CrewEventId } from './crew.ts';
import { crewAssets } from './page-assets.ts';

const at = (path: string) => `http://localhost${path}`;
const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

/** A phone: keeps its cookie, follows no redirect. */
function phone(world: CrewWorld) {
  let cookie = '';
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await world.app.request(at(path), {
      ...init,
      headers: { ...sameOrigin, ...(cookie ? { cookie } : {}), ...init.headers },
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return {
      status: response.status,
      location: response.headers.get('location'),
      html: await response.text(),
    };
  };
  const tokenIn = (html: string) => /name="formToken" value="([\w-]+)"/.exec(html)?.[1] ?? '';
  return {
    get: (path: string) => send(path),
    head: (path: string) => send(path, { method: 'HEAD' }),
    post: (path: string, fields: Record<string, string>) =>
      send(path, { method: 'POST', body: form(fields) }),
    open: (link: string) => send(paths.crewSession, { method: 'POST', body: form({ link }) }),
    async press(event: CrewEventId, path: string, fields: Record<string, string>) {
      const { html } = await send(paths.crewEvent(event));
      return send(path, { method: 'POST', body: form({ formToken: tokenIn(html), ...fields }) });
    },
  };
}

async function aboard(world = crewWorld(), person = 'luis') {
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  const device = phone(world);
  const token = await world.tokenOf(id, person);
  await device.open(token);
  const answerOf = async () => (await world.store.find(id))?.roster.find(place => place.person === person);
  return { world, id, device, token, answerOf };
}

describe('the door', () => {
  it('is the same for everybody and holds nothing of any trip', async () => {
    const world = crewWorld();
    const before = await phone(world).get('/c');
    await world.converge(aBooking());
    const after = await phone(world).get('/c');
    expect(after).toEqual(before);
    expect(after.html).toContain('The link from your letter');
    expect(after.html).not.toMatch(/Heron|Carole|Luis/);
  });

  it('opens the trip with the token, or with the whole link pasted', async () => {
    const { world, id, token } = await aboard();
    for (const link of [token, ` ${world.origin}/c#${token}\n`]) {
      const opened = await phone(world).open(link);
      expect([opened.status, opened.location]).toEqual([303, paths.crewEvent(id)]);
    }
  });

  it('stays shut, in one and the same way, for a link that is unknown, revoked or over', async () => {
    const { world, id, token } = await aboard();
    const unknown = await phone(world).open('x'.repeat(43));
    await world.links.revoke('crew', id, 'luis');
    const revoked = await phone(world).open(token);
    world.clock.set('2027-07-01T00:00:00Z');
    const over = await phone(world).open(await world.tokenOf(id, 'ana'));
    expect(unknown.status).toBe(401);
    expect(revoked).toEqual(unknown);
    expect(over).toEqual(unknown);
    expect(unknown.html).toContain('Use the newest letter');
  });

  it('is opened by no form of another site', async () => {
    const { world, token } = await aboard();
    const response = await world.app.request(at(paths.crewSession), {
      method: 'POST',
      body: form({ link: token }),
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(await response.json()).toMatchObject({ code: 'form-from-elsewhere' });
  });

  it('burns nothing and confirms nobody when a scanner reads, renders and even presses', async () => {
    const { world, id, token } = await aboard();
    const before = await world.store.find(id);
    const scanner = phone(world);
    for (const path of [
      '/c',
      `/c?x=${token}`,
      paths.crewEvent(id),
      paths.crewAnswer(id),
      paths.crewCheck(id),
    ]) {
      await scanner.get(path);
      await scanner.head(path);
    }
    await scanner.open(token);
    for (const path of [paths.crewEvent(id), paths.crewAnswer(id), paths.crewCheck(id)])
      await scanner.get(path);
    expect(await world.store.find(id)).toEqual(before);
    expect(await world.store.audit(id)).toHaveLength(1);
    expect((await phone(world).open(token)).status).toBe(303);
  });
});

describe('the trip', () => {
  it('shows what a hand needs to know, zone named', async () => {
    const { id, device } = await aboard();
    const { status, html } = await device.get(paths.crewEvent(id));
    expect(status).toBe(200);
    expect(html).toContain('Sunday 30 May 2027');
    expect(html).toMatch(/<time datetime="2027-05-30T15:30:00-07:00">15:30 <small>PDT<\/small>/);
    expect(html).toContain('in 10 days');
    expect(html).toContain('href="geo:32.7254,-117.1993');
    expect(html).toContain('https://www.openstreetmap.org/');
    expect(html).toContain('walk down the ramp by the flagpole');
    expect(html).toContain('tel:+16195550113');
    expect(html).toContain('Carole and 3 more');
    expect(html).toContain('webcal://crew.example/feeds/luis-feed.ics');
    for (const { label } of checkItems) expect(html).toContain(label);
    expect(html).not.toMatch(/Whitfield|carole@example/);
  });

  it('is written for a policy without anything inline or from elsewhere, and sends at most 40 kB with all it loads', async () => {
    const { world, id, device } = await aboard();
    const { html } = await device.get(paths.crewEvent(id));
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    const loaded = [...html.matchAll(/<(?:link|script)[^>]*(?:href|src)="([^"]+)"/g)].map(
      match => match[1] ?? '',
    );
    const sizes = await Promise.all(
      [...loaded, paths.crewWorker].map(async href => {
        const file = [...assets, ...crewAssets].find(({ path }) => path === href.split('?')[0]);
        if (file) return Buffer.byteLength(file.body);
        const answer = await world.app.request(at(href));
        expect(answer.status, href).toBe(200);
        return (await answer.arrayBuffer()).byteLength;
      }),
    );
    expect(loaded).toHaveLength(7);
    expect(sizes.reduce((a, b) => a + b, Buffer.byteLength(html))).toBeLessThan(40_000);
  });

  it('serves its files to be kept, and answers when they are', async () => {
    const { world } = await aboard();
    for (const { path, etag, body } of crewAssets) {
      const response = await world.app.request(at(path));
      expect(await response.text()).toBe(body);
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect((await world.app.request(at(path), { headers: { 'if-none-match': etag } })).status).toBe(304);
    }
  });

  it('is shut to who has no link, another link, or was taken off, all alike', async () => {
    const { world, id, device } = await aboard();
    const stranger = await phone(world).get(paths.crewEvent(id));
    const nowhere = await phone(world).get(paths.crewEvent('evt_none'));
    expect(stranger.status).toBe(404);
    expect(nowhere).toEqual(stranger);
    await world.byHand.release(id, 'luis', { by: 'joan' });
    expect(await device.get(paths.crewEvent(id))).toEqual(stranger);
    expect(await device.post(paths.crewAnswer(id), { answer: 'accepted' })).toEqual(stranger);
  });

  it('is shut to who is off the crew even while a link still stands', async () => {
    const { world, id, device } = await aboard();
    await world.store.change(id, event => ({ event: { ...event, roster: [] }, entries: [] }));
    expect((await device.get(paths.crewEvent(id))).status).toBe(404);
  });

  it('escapes whatever was typed', async () => {
    const { world, id, device } = await aboard();
    await world.store.change(id, event => ({
      event: { ...event, notes: '<script>alert(1)</script>', title: '"><img src=x>', guestFirstName: '<b>' },
      entries: [],
    }));
    const { html } = await device.get(paths.crewEvent(id));
    expect(html).not.toMatch(/<script>|<img|<b>/);
  });

  it('says that it is cancelled and asks nothing any more', async () => {
    const { world, id, device } = await aboard();
    const { html: before } = await device.get(paths.crewEvent(id));
    await world.converge(aBooking({ revision: 2, status: 'cancelled' }));
    const { html } = await device.get(paths.crewEvent(id));
    expect(html).toContain('Cancelled: this trip does not take place');
    expect(html).not.toMatch(/name="(answer|done)"/);
    const formToken = /name="formToken" value="([\w-]+)"/.exec(before)?.[1] ?? '';
    const late = await device.post(paths.crewAnswer(id), { formToken, answer: 'accepted' });
    expect([late.status, late.html.includes('This trip is cancelled')]).toEqual([409, true]);
  });
});

describe('an answer', () => {
  it('is given, changed and taken back by form, with who and when', async () => {
    const { world, id, device, answerOf } = await aboard();
    const pressed = await device.press(id, paths.crewAnswer(id), { answer: 'accepted' });
    expect([pressed.status, pressed.location]).toEqual([303, `${paths.crewEvent(id)}#answer`]);
    expect(await answerOf()).toMatchObject({
      answer: 'accepted',
      answeredAt: '2027-05-20T10:00:00.000Z',
      answeredBy: 'luis',
    });
    expect((await device.get(paths.crewEvent(id))).html).toContain('You are coming.');
    await device.press(id, paths.crewAnswer(id), { answer: 'declined' });
    await device.press(id, paths.crewAnswer(id), { answer: 'declined' });
    await device.press(id, paths.crewAnswer(id), { answer: 'unknown' });
    expect(await answerOf()).toMatchObject({ answer: 'unknown', answeredBy: 'luis' });
    expect((await device.get(paths.crewEvent(id))).html).not.toContain('You said so');
    expect((await world.store.audit(id)).slice(1).map(({ by, what }) => [by, what])).toEqual([
      ['luis', 'luis accepted.'],
      ['luis', 'luis declined.'],
      ['luis', 'luis took the answer back.'],
    ]);
    expect(world.heard).toHaveLength(3);
    expect(world.sent).toHaveLength(2);
  });

  it('is taken from no form of another session or site, nor one that says nothing', async () => {
    const { id, device, answerOf } = await aboard();
    const forged = await device.post(paths.crewAnswer(id), { formToken: 'x', answer: 'accepted' });
    expect(forged.html).toContain('form-stale');
    const unclear = await device.press(id, paths.crewAnswer(id), { answer: 'perhaps' });
    expect([unclear.status, unclear.html.includes('not understood')]).toEqual([409, true]);
    expect((await answerOf())?.answer).toBe('unknown');
  });

  it('no longer changes once the trip has started, and the page says so', async () => {
    const { world, id, token, answerOf } = await aboard();
    world.clock.set('2027-05-30T23:31:00Z');
    const device = phone(world);
    await device.open(token);
    expect((await device.get(paths.crewEvent(id))).html).toContain('The trip has started');
    const late = await device.press(id, paths.crewAnswer(id), { answer: 'declined' });
    expect([late.status, late.html.includes('answers no longer change')]).toEqual([409, true]);
    expect((await answerOf())?.answer).toBe('unknown');
  });

  it('says who put it in when it was somebody else', async () => {
    const { world, id, device } = await aboard();
    await world.byHand.answerFor(id, 'luis', 'declined', { by: 'joan' });
    expect((await device.get(paths.crewEvent(id))).html).toContain('Joan put that in for you');
  });

  it('is open again on the page after the trip moved', async () => {
    const { world, id, device } = await aboard();
    await device.press(id, paths.crewAnswer(id), { answer: 'accepted' });
    await world.converge(hourLater(aBooking()));
    const { html } = await device.get(paths.crewEvent(id));
    expect(html).toContain('Are you coming?');
    expect(html).toContain('16:30 <small>PDT');
  });
});

describe('the checklist', () => {
  it('is ticked and unticked by form, shared by the crew, with who and when', async () => {
    const { world, id, device } = await aboard();
    await device.press(id, paths.crewCheck(id), { item: 'head-count', done: 'yes' });
    const captain = phone(world);
    await captain.open(await world.tokenOf(id, 'ana'));
    const { html } = await captain.get(paths.crewEvent(id));
    expect(html).toContain('1 of 8');
    expect(html).toMatch(/Luis, <time datetime="2027-05-20T03:00:00-07:00">Thursday 20 May/);
    await captain.press(id, paths.crewCheck(id), { item: 'head-count', done: 'no' });
    expect((await world.store.find(id))?.checklist.every(item => item.done === null)).toBe(true);
    expect((await world.store.audit(id)).slice(1).map(({ by, what }) => [by, what])).toEqual([
      ['luis', 'Done: Head count taken before departure.'],
      ['ana', 'Undone: Head count taken before departure.'],
    ]);
    expect((await captain.press(id, paths.crewCheck(id), { item: 'champagne', done: 'yes' })).status).toBe(
      409,
    );
  });
});

describe('the money fence', () => {
  it('lets every page past the one egress, as the crew’s, about its booking', async () => {
    const { world, id, device } = await aboard();
    await device.get(paths.crewEvent(id));
    await phone(world).get(paths.crewEvent(id));
    const pages = world.said.filter(({ channel }) => channel === 'page');
    expect(pages.map(({ audience, about }) => [audience, about])).toEqual([
      ['crew', [id, 'bkg_7zk3']],
      ['crew', []],
    ]);
  });

  it('holds back notes with an amount and still shows the trip', async () => {
    const { world, id, device } = await aboard(crewWorld({ amounts: ['84075', '840.75'] }));
    await world.store.change(id, event => ({ event: { ...event, notes: 'Locker 84075' }, entries: [] }));
    const { status, html } = await device.get(paths.crewEvent(id));
    expect(status).toBe(200);
    expect(html).toContain('held back');
    expect(html).not.toContain('84075');
  });

  it('shows nothing of an event but what the view lists', async () => {
    const { world, id, device } = await aboard();
    const before = await device.get(paths.crewEvent(id));
    await world.store.change(id, event => ({
      event: { ...event, ...{ payout: '289.41', sourceNotes: 'pays 840.75' } },
      entries: [],
    }));
    expect(await device.get(paths.crewEvent(id))).toEqual(before);
  });
});
