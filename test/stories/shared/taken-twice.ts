import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StoryWorld } from '../../story-world.ts';

/** A vessel sold twice, and what a person settled about it. */
export function takenTwice(open: () => Promise<StoryWorld>) {
  let world: StoryWorld;
  beforeAll(async () => {
    world = await open();
  }, 60_000);
  afterAll(() => world?.close());

  const add = (guest: string, start: string, despite?: string) =>
    world.operate<{ booking: { id: string } }>('booking add', {
      vessel: 'jada',
      start,
      end: '3h',
      guest,
      party: 2,
      ...(despite ? { despite } : {}),
    });

  const told = () => world.letters({ subject: /is taken twice/ });

  it('a vessel sold twice is told to the house once, by letter, and nothing is cancelled', async () => {
    await add('Carole Whitfield', '2027-05-30T15:30');
    await world.later(60_000);
    expect(await told()).toEqual([]);
    await expect(add('Nell Harper', '2027-05-30T17:00')).rejects.toMatchObject({ code: 'vessel-busy' });
    const { booking } = await add('Nell Harper', '2027-05-30T17:00', 'They may sail together');
    for (const _ of [1, 2, 3]) await world.later(60_000);
    await world.restart();
    const letters = await told();
    expect(letters.map(({ to }) => to?.[0]?.address)).toEqual(['joan@sailjada.example']);
    expect(letters[0]?.subject).toBe('JADA is taken twice: Sunday 30 May 2027');
    expect(letters[0]?.text).toContain('nothing was cancelled');
    expect(letters[0]?.text).toContain('They may sail together');
    expect(letters[0]?.text).toContain(`${world.house}/desk/holds`);
    expect((await world.bookings()).map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);

    // Moved into another overlap it is another conflict; moved out of it, none.
    await world.operate('booking move', { booking: booking.id, start: '17:30', despite: 'Still agreed' });
    await world.later(60_000);
    expect(await told()).toHaveLength(2);
    await world.operate('booking move', { booking: booking.id, start: '19:30' });
    await world.later(60_000);
    expect(await told()).toHaveLength(2);
    expect(await world.operate('hold list')).toMatchObject({ conflicts: [] });
  });

  it('what a person settled is not told', async () => {
    const { booking } = await add('Una Prior', '2027-06-02T10:00');
    await add('Ida Moss', '2027-06-02T11:00', 'Two parties, one trip');
    const { conflicts } = await world.operate<{ conflicts: { name: string }[] }>('hold list');
    expect(conflicts).toHaveLength(1);
    const before = (await told()).length;
    await world.operate('hold settle', { conflict: conflicts[0]?.name, why: 'One trip for both' });
    await world.later(60_000);
    expect(await told()).toHaveLength(before);
    await world.operate('booking cancel', { booking: booking.id });
    await world.settle();
    expect(await world.operate('hold list')).toMatchObject({ conflicts: [] });
  });
}
