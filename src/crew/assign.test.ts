import { describe, expect, it } from 'vitest';
import { aBooking, crewWorld } from './crew.fixture.ts';

async function onTheDesk() {
  const world = crewWorld();
  await world.converge(aBooking());
  return { world, id: (await world.eventOf(aBooking())).id };
}

it('puts in an answer for somebody on the phone, once, and says who did', async () => {
  const { world, id } = await onTheDesk();
  for (const _ of [1, 2]) await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'joan' });
  expect((await world.eventOf(aBooking())).roster[1]).toMatchObject({
    answer: 'accepted',
    answeredBy: 'joan',
  });
  expect((await world.store.audit(id)).slice(1)).toEqual([
    { at: '2027-05-20T10:00:00.000Z', by: 'joan', what: 'luis accepted.' },
  ]);
});

it('assigns and releases, at the next revision each', async () => {
  const { world, id } = await onTheDesk();
  expect((await world.byHand.assign(id, { person: 'kim', role: 'crew' }, { by: 'joan' })).revision).toBe(2);
  expect((await world.byHand.assign(id, { person: 'kim', role: 'crew' }, { by: 'joan' })).revision).toBe(2);
  expect((await world.byHand.release(id, 'kim', { by: 'joan' })).revision).toBe(3);
  expect((await world.store.audit(id)).map(({ what }) => what)).toEqual([
    'The event was made.',
    'kim was assigned as crew.',
    'kim was released.',
  ]);
});

it('asks again who gets another role', async () => {
  const { world, id } = await onTheDesk();
  await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'luis' });
  const event = await world.byHand.assign(id, { person: 'luis', role: 'captain' }, { by: 'joan' });
  expect(event.roster.find(({ person }) => person === 'luis')?.answer).toBe('unknown');
  expect(world.lettersTo('luis')[1]?.text).toContain('Your role: crew → captain');
});

it('refuses strangers, people who are not on the crew, unknown events and cancelled ones', async () => {
  const { world, id } = await onTheDesk();
  const { assign, release, answerFor } = world.byHand;
  const kim = { person: 'kim', role: 'crew' } as const;
  await expect(assign(id, { person: 'zoe', role: 'crew' }, { by: 'joan' })).rejects.toMatchObject({
    code: 'crew-unknown',
  });
  await expect(assign(id, { person: 'joan', role: 'crew' }, { by: 'joan' })).rejects.toMatchObject({
    code: 'crew-unknown',
  });
  await expect(release(id, 'kim', { by: 'joan' })).rejects.toMatchObject({ code: 'not-on-crew' });
  await expect(answerFor(id, 'kim', 'accepted', { by: 'joan' })).rejects.toMatchObject({
    code: 'not-on-crew',
  });
  await expect(assign('evt_none', kim, { by: 'joan' })).rejects.toMatchObject({ code: 'event-unknown' });
  await world.converge(aBooking({ revision: 2, status: 'cancelled' }));
  await expect(assign(id, kim, { by: 'joan' })).rejects.toMatchObject({ code: 'event-cancelled' });
  await expect(release(id, 'luis', { by: 'joan' })).rejects.toMatchObject({ code: 'event-cancelled' });
});

describe('a new link', () => {
  it('ends the old one and goes to the person by letter, once, and stands in the history', async () => {
    const { world, id } = await onTheDesk();
    const lost = await world.tokenOf(id, 'luis');
    await world.byHand.renewLink(id, 'luis', { by: 'joan' });
    expect(await world.links.open(lost)).toBeNull();
    const fresh = await world.tokenOf(id, 'luis');
    expect(await world.links.open(fresh)).toMatchObject({ subject: id, holder: 'luis' });
    await world.telling.tellCrew(id);
    const letters = world.lettersTo('luis').filter(({ kind }) => kind === 'link');
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).toContain(fresh);
    expect((await world.store.audit(id)).at(-1)).toMatchObject({
      by: 'joan',
      what: 'luis was sent a new link; the old one ended.',
    });
  });

  it('leaves the answer and everybody else as they were', async () => {
    const { world, id } = await onTheDesk();
    await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'luis' });
    const kept = await world.tokenOf(id, 'ana');
    const event = await world.byHand.renewLink(id, 'luis', { by: 'joan' });
    expect(event.roster.find(({ person }) => person === 'luis')?.answer).toBe('accepted');
    expect(await world.links.open(kept)).not.toBeNull();
    expect(world.lettersTo('ana').filter(({ kind }) => kind === 'link')).toEqual([]);
  });

  it('is a second letter when it is lost a second time', async () => {
    const { world, id } = await onTheDesk();
    await world.byHand.renewLink(id, 'luis', { by: 'joan' });
    world.clock.advance(60_000);
    await world.byHand.renewLink(id, 'luis', { by: 'joan' });
    expect(world.lettersTo('luis').filter(({ kind }) => kind === 'link')).toHaveLength(2);
  });

  it('is for people on the crew alone', async () => {
    const { world, id } = await onTheDesk();
    await expect(world.byHand.renewLink(id, 'kim', { by: 'joan' })).rejects.toMatchObject({
      code: 'not-on-crew',
    });
  });
});
