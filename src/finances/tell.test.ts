import { beforeEach, describe, expect, it } from 'vitest';
import type { Handed } from '#mail/mailer.ts';
import { testBooking, testNote, wall } from './books.fixture.ts';
import { openScene, type Scene, say, withdraw } from './letters.fixture.ts';
import { nameInLog } from './tell.ts';

const id = (digest: string) => `bkg_7zk3v0qpxy7rtbn5/owner letter/joan/summary/${digest}`;

it('names a letter about money in the log by whom it is for, never by what it says', () => {
  expect(nameInLog(id('sha256 of 289.41'))).toBe(nameInLog(id('sha256 of 290.00')));
  expect(nameInLog(id('x'))).not.toBe(nameInLog(id('x').replace('joan', 'captain-ray')));
  expect(nameInLog(id('x'))).not.toBe(nameInLog(id('x').replace('owner letter', 'captain letter')));
});

describe('what a recipient is told', () => {
  const booking = testBooking();
  const moved = testBooking({ revision: 2, start: wall('2027-05-30T15:30'), end: wall('2027-05-30T18:30') });
  const cancelled = testBooking({ revision: 3, status: 'cancelled' });
  const joan = 'joan@crew.example';
  const sent: Handed = { kind: 'sent' };
  const down: Handed = { kind: 'later', reason: 'down', blocks: 'all' };
  const unclear: Handed = { kind: 'unclear', reason: 'The line broke after the last byte.' };

  let scene: Scene;
  const told = () => scene.world.sent.map(letter => letter.kind);
  const stateOf = async (letter = '') => (await scene.post.find(letter))?.state;
  const digest = async () => (await scene.owner.desired(booking))[0]?.digest;
  beforeEach(async () => {
    scene = await openScene();
    await scene.world.store.note(booking.id, testNote());
  });

  it('stands when the trip moves there and back before the second letter has gone out', async () => {
    const [first] = await say(scene, scene.owner, booking);
    scene.world.answer = down;
    const [second] = await say(scene, scene.owner, moved);
    scene.world.answer = sent;
    expect(await say(scene, scene.owner, booking)).toEqual([first]);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['sent', 'recalled']);
    expect(told()).toEqual(['summary']);
  });

  it('is written anew when the trip is on again after its letter was taken back unsent', async () => {
    scene.world.answer = down;
    const [first] = await say(scene, scene.owner, booking);
    await withdraw(scene, scene.owner, cancelled, joan);
    scene.world.answer = sent;
    const [second] = await say(scene, scene.owner, booking);
    expect(second).toBe(`${first}/2`);
    expect(told()).toEqual(['summary']);
  });

  it('is told again after a letter was taken back that may have arrived: as a change, since its reader may know it', async () => {
    scene.world.answer = unclear;
    const [first] = await say(scene, scene.owner, booking);
    scene.world.answer = sent;
    await say(scene, scene.owner, moved);
    expect(await stateOf(first)).toBe('recalled');
    await say(scene, scene.owner, booking);
    expect(told()).toEqual(['change', 'change']);
  });

  it('is not stood by when all that may have arrived was taken back', async () => {
    scene.world.answer = unclear;
    const [first] = await say(scene, scene.owner, booking);
    scene.world.answer = down;
    const [second] = await say(scene, scene.owner, moved);
    scene.world.answer = sent;
    const [third] = await say(scene, scene.owner, booking);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['recalled', 'recalled']);
    expect(third).not.toBe(first);
    expect(told()).toEqual(['change']);
  });

  it('is a cancellation when a letter that may have arrived is taken back', async () => {
    scene.world.answer = unclear;
    await say(scene, scene.owner, booking);
    scene.world.answer = sent;
    expect(await withdraw(scene, scene.owner, cancelled, joan)).toMatchObject({ state: 'posted' });
    expect(told()).toEqual(['cancel']);
  });

  it('passes over a letter that was noted and never posted, as after a crash', async () => {
    await scene.world.store.remember({
      booking: booking.id,
      surface: 'owner letter',
      recipient: joan,
      digest: 'of another trip',
      letter: 'noted',
      facts: {},
    });
    expect(await scene.owner.readBack(booking, joan)).toBeNull();
    await say(scene, scene.owner, booking);
    expect(told()).toEqual(['summary']);
    expect(scene.world.sent[0]?.id).not.toMatch(/\/\d$/);
  });

  it('counts as said while its letter waits, and not when it came back', async () => {
    scene.world.answer = down;
    await say(scene, scene.owner, booking);
    expect(await scene.owner.readBack(booking, joan)).toBe(await digest());
    scene.world.answer = { kind: 'returned', reason: 'no such user' };
    scene.world.clock.advance(3_600_000);
    await scene.post.deliverDue();
    expect(await scene.owner.readBack(booking, joan)).toBeNull();
  });

  it('numbers the letters that say the same words again', async () => {
    const letters = [];
    for (const each of [booking, moved, booking, moved, booking])
      letters.push(...(await say(scene, scene.owner, each)));
    expect(letters.map(letter => /\/(\d+)$/.exec(letter)?.[1] ?? null)).toEqual([null, null, null, '4', '5']);
  });
});
