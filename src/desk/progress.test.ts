import { describe, expect, it } from 'vitest';
import { deskWorld } from './desk.fixture.tsx';
import { belief, canary } from './desk-people.fixture.ts';

/** Reads a stream event by event. */
function events(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<string | null> {
      while (!text.includes('\n\n')) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) return null;
        text += value;
      }
      const [event = '', ...rest] = text.split('\n\n');
      text = rest.join('\n\n');
      return event;
    },
    cancel: () => reader?.cancel(),
  };
}

const underWay = async () => {
  const desk = deskWorld();
  const { id } = await desk.add('Carole Whitfield', '2027-05-30T15:30');
  const page = belief({ booking: id, surface: 'guest page', state: 'pending', statedRevision: null });
  await desk.beliefs.put(page);
  await desk.drives.aim(id, '1');
  return Object.assign(desk, { id, page });
};

describe('live progress', () => {
  it('shows the board as it changes, says when the booking has come to rest, and goes on watching', async () => {
    const { get, drives, beliefs, id, page, tick } = await underWay();
    const stream = events(await get(`/desk/bookings/${id}/progress`));
    expect(await stream.next()).toMatch(/^event: fragment\ndata: [\s\S]*1 pending/);
    await beliefs.put({ ...page, state: 'stated', statedRevision: 1 });
    tick();
    expect(await stream.next()).toContain('The one surface says revision 1.');
    await drives.report(id, '1', 1, 'complete');
    tick();
    expect(await stream.next()).toMatch(/^event: settled/);
    await beliefs.put({ ...page, state: 'failing', error: { code: 'x', message: 'The disk is full.' } });
    tick();
    expect(await stream.next()).toContain('The disk is full.');
    await beliefs.put({ ...page, state: 'stated', statedRevision: 1 });
    tick();
    expect(await stream.next()).toContain('The one surface says revision 1.');
    expect(await stream.next()).toMatch(/^event: settled/);
    await stream.cancel();
  });

  it('sends nothing to a page that shows the board at rest already, until something changes', async () => {
    const { get, drives, beliefs, id, page, tick } = await underWay();
    await beliefs.put({ ...page, state: 'stated', statedRevision: 1 });
    await drives.report(id, '1', 1, 'complete');
    const shown = await (await get(`/desk/bookings/${id}`)).text();
    const stream = events(await get(/data-progress="([^"]+)"/.exec(shown)?.[1] ?? ''));
    tick();
    await beliefs.put({ ...page, state: 'withdrawn', statedRevision: 2 });
    tick();
    expect(await stream.next()).toMatch(/^event: fragment[\s\S]*withdrawn/);
    await stream.cancel();
  });

  it('keeps the connection alive while nothing happens, and lets go after a while', async () => {
    const { get, clock, id } = await underWay();
    const stream = events(await get(`/desk/bookings/${id}/progress`));
    await stream.next();
    clock.advance(15_000);
    expect(await stream.next()).toMatch(/^: still here/);
    clock.advance(10 * 60_000);
    for (let event = await stream.next(); event !== null; event = await stream.next()) {
      expect(event).not.toContain('settled');
    }
  });

  it('shows the owner’s surfaces to the owner alone', async () => {
    const { get, ownerBeliefs, id, left } = await underWay();
    await ownerBeliefs.put(belief({ booking: id, surface: 'ledger' }));
    const owner = events(await get(`/desk/bookings/${id}/progress`, 'olive'));
    const operator = events(await get(`/desk/bookings/${id}/progress`, 'perry'));
    expect(await owner.next()).toContain('ledger');
    expect(await operator.next()).not.toContain('ledger');
    expect(left.map(({ audience }) => audience).sort()).toEqual(['operator', 'owner']);
    await Promise.all([owner.cancel(), operator.cancel()]);
  });

  it('never lets an amount through to an operator', async () => {
    const { get, beliefs, id, page } = await underWay();
    await beliefs.put({ ...page, state: 'failing', error: { code: 'x', message: `owes ${canary}` } });
    const stream = events(await get(`/desk/bookings/${id}/progress`));
    expect(await stream.next()).toBeNull();
  });
});
