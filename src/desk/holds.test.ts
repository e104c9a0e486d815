import { describe, expect, it } from 'vitest';
import { deskWorld } from './desk.fixture.tsx';

const haulOut = {
  of: 'heron',
  from: '2027-05-30T08:00',
  until: '2027-05-30T12:00',
  why: 'Haul-out',
  hours: '',
};

function holds() {
  const { get, post, claims, clock, add, raise } = deskWorld();
  const page = async () => (await get('/desk/holds')).text();
  return {
    ...{ get, post, claims, clock, add, raise, page },
    async press(path: string, fields: Record<string, string> = {}) {
      const answer = await post(path, fields);
      const to = answer.headers.get('location');
      return { status: answer.status, html: to ? await (await get(to)).text() : await answer.text() };
    },
  };
}

/** Two trips on the heron at once, as when two marketplaces sell the same afternoon. */
async function twice(world: ReturnType<typeof holds>) {
  await world.raise(await world.add('Carole Whitfield', '2027-05-30T15:30'));
  await world.raise(await world.add('Nell Harper', '2027-05-30T17:00'));
  const html = await world.page();
  return { html, conflict: /name="conflict" value="([0-9a-f]{24})"/.exec(html)?.[1] ?? '' };
}

const undoIn = (html: string) => {
  const [, action = '', inside = ''] =
    /role="status">.*?action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(html) ?? [];
  const fields = [...inside.matchAll(/name="([^"]+)" value="([^"]*)"/g)]
    .map(([, name = '', value = '']) => [name, value] as const)
    .filter(([name]) => name !== 'formToken');
  return { action, fields: Object.fromEntries(fields) };
};

describe('a hold at the desk', () => {
  it('keeps a vessel free until somebody releases it; both can be undone', async () => {
    const { press } = holds();
    const kept = await press('/desk/holds', haulOut);
    expect(kept.html).toContain('Heron is kept free.');
    expect(kept.html).toMatch(/Sunday 30 May 2027, 08:00 PDT<.* to .*12:00 PDT</);
    expect(kept.html).toContain('Haul-out (perry)');
    const undo = undoIn(kept.html);
    const released = await press(undo.action);
    expect(released.html).toContain('Heron is free again.');
    expect(released.html).toContain('Nothing is held');
    const again = undoIn(released.html);
    expect((await press(again.action, again.fields)).html).toContain('Haul-out (perry)');
  });

  it('runs out by itself where hours are given', async () => {
    const { press, page, clock } = holds();
    await press('/desk/holds', { ...haulOut, hours: '48' });
    expect(await page()).toContain('3 Apr 2027, 05:00 PDT');
    clock.advance(48 * 3_600_000);
    expect(await page()).toContain('Nothing is held');
  });

  it('is refused over something that is taken, with everything that was typed', async () => {
    const { press } = holds();
    await press('/desk/holds', haulOut);
    const { status, html } = await press('/desk/holds', {
      ...haulOut,
      from: '2027-05-30T11:00',
      why: 'Survey',
    });
    expect(status).toBe(422);
    expect(html).toContain('heron is taken then: Haul-out (perry)');
    expect(html).toContain('value="Survey"');
  });

  it('says what is missing or cannot be', async () => {
    const { press } = holds();
    expect((await press('/desk/holds', { ...haulOut, of: '' })).html).toContain('Something is missing');
    expect((await press('/desk/holds', { ...haulOut, until: '2027-05-30T07:00' })).html).toContain(
      'It would end before it starts.',
    );
    expect((await press('/desk/holds', { ...haulOut, hours: 'two' })).html).toContain(
      'no number from 1 to 8760',
    );
  });
});

describe('what is taken twice', () => {
  it('is an alert on every page with both trips, and cancels neither', async () => {
    const world = holds();
    const { html } = await twice(world);
    expect(html).toContain('Heron is taken twice');
    expect(html.match(/href="\/desk\/bookings\/bkg_[^"]+">Charter on Heron \([^)]+\)</g)).toHaveLength(2);
    expect(html).toContain('15:30–18:30 PDT');
    expect(html).toContain('17:00–20:00 PDT');
    const home = await (await world.get('/desk')).text();
    expect(home).toContain('Needs a person now');
    expect(home).toContain('<a href="/desk/holds">Heron is taken twice</a>');
    expect(home).toMatch(/Holds<b>1/);
    const bookings = await (await world.get('/desk/bookings')).text();
    expect(bookings).toContain('Carole Whitfield');
    expect(bookings).toContain('Nell Harper');
  });

  it('is settled by a person with a reason, which is kept, and opened again', async () => {
    const world = holds();
    const { conflict } = await twice(world);
    const empty = await world.press('/desk/holds/conflicts', { do: 'settle', conflict, why: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('A reason is needed.');
    const { html } = await world.press('/desk/holds/conflicts', {
      do: 'settle',
      conflict,
      why: 'One party, two slots',
    });
    expect(html).toContain('Perry Quill said that both are meant: One party, two slots');
    expect(html).not.toContain('somebody has to decide');
    expect(await (await world.get('/desk')).text()).not.toContain('is taken twice');
    const open = await world.press('/desk/holds/conflicts', { do: 'reopen', conflict });
    expect(open.html).toContain('somebody has to decide');
  });

  it('waits for a person again when a trip moves into another overlap', async () => {
    const world = holds();
    const { conflict } = await twice(world);
    await world.press('/desk/holds/conflicts', { do: 'settle', conflict, why: 'One party' });
    const [claim] = await world.claims.ahead('vessel heron', '2027-05-01T00:00:00Z');
    if (!claim) throw new Error('no claim');
    await world.claims.take({ ...claim, from: '2027-05-30T22:00:00Z' }, 'anyway');
    expect(await world.page()).toContain('somebody has to decide');
  });

  it('cannot be settled once it is over', async () => {
    const world = holds();
    const { status, html } = await world.press('/desk/holds/conflicts', {
      do: 'settle',
      conflict: 'f'.repeat(24),
      why: 'x',
    });
    expect(status).toBe(422);
    expect(html).toContain('This is not taken twice any more');
  });
});
