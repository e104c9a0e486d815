import { expect, it } from 'vitest';
import { aBooking, crewFleet, crewWorld, hourLater, wall } from './crew.fixture.ts';
import { forgetGuest } from './forget-guest.ts';
import { whoSails } from './who-sails.ts';

it('makes one event for a booking, with the usual crew of its vessel and her call time', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  await world.converge(aBooking());
  const event = await world.eventOf(aBooking());
  expect(event).toMatchObject({
    booking: 'bkg_7zk3',
    revision: 1,
    title: 'Charter: Carole, party of 4',
    callTime: wall('2027-05-30T15:30'),
    berth: { name: 'Harbor Island, dock C, slip 12' },
    headCount: 4,
    origin: 'booking',
  });
  expect(event.roster.map(({ person, role, answer }) => [person, role, answer])).toEqual([
    ['ana', 'captain', 'unknown'],
    ['luis', 'crew', 'unknown'],
  ]);
});

it('leaves the captain of a bareboat charter to the renter', async () => {
  const world = crewWorld();
  await world.converge(aBooking({ charterMode: 'bareboat' }));
  expect((await world.eventOf(aBooking())).roster.map(({ person }) => person)).toEqual(['luis']);
});

it('holds nothing of the guest but the first name and the size of the party', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  expect(JSON.stringify(await world.eventOf(aBooking()))).not.toMatch(/Whitfield|carole@|0142/);
});

it('keeps answers when the party grows, and opens them when the time changes', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'joan' });
  const grown = aBooking({ revision: 2, partySize: 5 });
  await world.converge(grown);
  const event = await world.eventOf(grown);
  expect(event).toMatchObject({ headCount: 5, title: 'Charter: Carole, party of 5', revision: 2 });
  expect(event.roster[1]).toMatchObject({ person: 'luis', answer: 'accepted', answeredBy: 'joan' });
  await world.converge(hourLater(grown));
  const moved = await world.eventOf(grown);
  expect(moved.roster.map(({ answer }) => answer)).toEqual(['unknown', 'unknown']);
  expect((await world.store.audit(id)).map(({ what }) => what)).toContain(
    'Moved from Sunday 30 May 2027, 16:30–19:30 PDT to Sunday 30 May 2027, 17:30–20:30 PDT.',
  );
});

it('opens the answers too when only the end changes: those were other hours', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'luis' });
  await world.converge(aBooking({ revision: 2, end: wall('2027-05-30T22:30') }));
  expect((await world.eventOf(aBooking())).roster[1]?.answer).toBe('unknown');
});

it('keeps notes, ticks and a chosen roster through every revision', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  await world.byHand.release(id, 'luis', { by: 'joan' });
  await world.byHand.assign(id, { person: 'kim', role: 'crew' }, { by: 'joan' });
  await world.store.change(id, event => ({
    event: {
      ...event,
      notes: 'Bring the spare jib.',
      checklist: event.checklist.map(item => ({ ...item, done: { by: 'ana', at: event.createdAt } })),
    },
    entries: [],
  }));
  await world.converge(hourLater(aBooking({ vessel: 'tern' })));
  const event = await world.eventOf(aBooking());
  expect(event.notes).toBe('Bring the spare jib.');
  expect(event.checklist.every(item => item.done?.by === 'ana')).toBe(true);
  expect(event.roster.map(({ person }) => person)).toEqual(['ana', 'kim']);
});

it('follows the vessel with her usual crew while nobody chose another', async () => {
  const world = crewWorld();
  await world.converge(aBooking({ vessel: 'tern' }));
  expect((await world.eventOf(aBooking())).roster).toEqual([]);
  await world.converge(aBooking({ revision: 2 }));
  const event = await world.eventOf(aBooking());
  expect(event.roster.map(({ person }) => person)).toEqual(['ana', 'luis']);
  expect(event.berth?.name).toBe('Harbor Island, dock C, slip 12');
});

it('is read back as what it should say, and as nothing once cancelled', async () => {
  const world = crewWorld();
  const [statement] = await world.events.desired(aBooking());
  expect(await world.events.readBack(aBooking(), '-')).toBeNull();
  await world.converge(aBooking());
  expect(await world.events.readBack(aBooking(), '-')).toBe(statement?.digest);
  const cancelled = aBooking({ revision: 2, status: 'cancelled' });
  await world.converge(cancelled);
  await world.converge(cancelled);
  expect(await world.events.readBack(cancelled, '-')).toBeNull();
  expect(await world.eventOf(cancelled)).toMatchObject({ status: 'cancelled', revision: 2 });
});

it('forgets the guest when asked to, and keeps the rest', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  for (const _ of [1, 2]) await forgetGuest(world, 'bkg_7zk3');
  await forgetGuest(world, 'bkg_none');
  const event = await world.eventOf(aBooking());
  expect(event).toMatchObject({ title: 'Charter', guestFirstName: null, headCount: 4, revision: 1 });
  expect(await world.store.audit(event.id)).toHaveLength(2);
});

it('tells other rooms who sails: guests by first name, calendars with the call time', async () => {
  const world = crewWorld();
  const { roster, assignmentsOf } = whoSails({ store: world.store, fleet: crewFleet });
  expect(await roster('bkg_7zk3')).toEqual([]);
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  await world.byHand.answerFor(id, 'luis', 'declined', { by: 'joan' });
  expect(await roster('bkg_7zk3')).toEqual([{ firstName: 'Ana', role: 'captain' }]);
  expect(await assignmentsOf('bkg_7zk3')).toEqual([
    { person: 'ana', role: 'captain', answer: 'unknown', callTime: wall('2027-05-30T15:30') },
    { person: 'luis', role: 'crew', answer: 'declined', callTime: wall('2027-05-30T15:30') },
  ]);
});
