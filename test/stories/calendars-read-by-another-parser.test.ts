import ical, { type VEvent } from 'node-ical';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { example, openWorld, type World } from '../world.ts';

/** What a reader that is not the writer's makes of a calendar. */
function read(ics: string) {
  const parsed = ical.sync.parseICS(ics);
  const events = Object.values(parsed).filter((each): each is VEvent => each?.type === 'VEVENT');
  return events.map(event => ({
    uid: event.uid,
    sequence: Number(event.sequence),
    status: event.status,
    method: (event as { method?: string }).method,
    start: event.start.toISOString(),
    end: event.end?.toISOString(),
    summary: event.summary,
    description: event.description,
  }));
}

describe('calendars we write, read by a parser that is not ours', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
  });
  afterEach(() => world.close());

  const feed = async (of: string) => {
    const { url } = await world.operate<{ url: string }>('feed show', { of });
    const { body } = await world.http(url);
    for (const line of body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    return read(body);
  };
  const invitesTo = async (to: string) => {
    const letters = await world.letters({ to });
    const calendars = letters.flatMap(({ attachments }) =>
      attachments.filter(({ mimeType }) => mimeType === 'text/calendar'),
    );
    return calendars.flatMap(({ content }) => read(new TextDecoder().decode(content as ArrayBuffer)));
  };

  it('a feed keeps its identity and rises with each change, from booked to moved to called off', async () => {
    const { id } = await world.booking();
    const uid = `${id}@sailjada.com`;
    const busy = {
      uid,
      status: 'CONFIRMED',
      method: 'PUBLISH',
      summary: 'JADA: booked',
      description: undefined,
    };
    expect(await feed('jada')).toEqual([
      { ...busy, sequence: 1, start: '2027-05-30T23:30:00.000Z', end: '2027-05-31T02:30:00.000Z' },
    ]);
    await world.operate('booking move', { booking: id, start: '15:30' });
    await world.settle();
    const moved = { start: '2027-05-30T22:30:00.000Z', end: '2027-05-31T01:30:00.000Z' };
    expect(await feed('jada')).toEqual([{ ...busy, ...moved, sequence: 2 }]);
    expect(await feed('captain-ana')).toMatchObject([{ uid, ...moved, status: 'TENTATIVE', sequence: 2 }]);
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    expect(await feed('jada')).toMatchObject([{ uid, ...moved, status: 'CANCELLED', sequence: 3 }]);
  });

  it("a letter's invitation is asked, changed and called off under one identity", async () => {
    const { id } = await world.booking();
    await world.operate('booking move', { booking: id, start: '15:30' });
    await world.later(60_000);
    await world.operate('booking cancel', { booking: id });
    await world.later(60_000);
    const captain = world.config.fleet.person('captain-ana')?.email ?? '';
    const invites = await invitesTo(captain);
    expect(invites.map(({ method, status }) => [method, status])).toEqual([
      ['REQUEST', 'CONFIRMED'],
      ['REQUEST', 'CONFIRMED'],
      ['CANCEL', 'CANCELLED'],
    ]);
    expect(new Set(invites.map(({ uid }) => uid)).size).toBe(1);
    const rising = invites.map(({ sequence }) => sequence);
    expect(rising).toEqual([...new Set(rising)].sort((a, b) => a - b));
  });
});
