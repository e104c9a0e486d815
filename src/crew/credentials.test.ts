import { describe, expect, it } from 'vitest';
import { type Credential, fleet as fleetOf } from '#booking/fleet.ts';
import { resolveWall } from '#lib/zoned.ts';
import { credentialDues, credentialWarnings, runningOut } from './credential-warnings.ts';
import { papersFault, papersOf } from './credentials.ts';
import { aBooking, crewFleet, crewWorld, wall } from './crew.fixture.ts';

/** The fleet of the room in which Ana holds what is given, and Bo is a second captain in reserve. */
function fleetWith(credentials: readonly Credential[]) {
  const [ana] = crewFleet.people;
  if (!ana) throw new Error('nobody');
  const bo = { ...ana, id: 'bo', firstName: 'Bo', name: 'Bo Larsen', email: 'bo@crew.example' };
  return fleetOf({
    ...crewFleet,
    people: [
      ...crewFleet.people.map(person => (person.id === 'ana' ? { ...person, credentials } : person)),
      bo,
    ],
    vessels: crewFleet.vessels.map(vessel =>
      vessel.id === 'heron'
        ? { ...vessel, reserve: [{ person: 'bo', role: 'captain' as const, rank: 1 }] }
        : vessel,
    ),
  });
}

const mmc = (expires: string, rest: Partial<Credential> = {}): Credential => ({
  kind: 'mmc',
  expires,
  neededAs: ['captain'],
  ...rest,
});

const tripEnding = (local: string, zone = 'America/Los_Angeles') => {
  const end = resolveWall(local, zone);
  if (end.kind !== 'exact') throw new Error(end.kind);
  return { end: end.time };
};
const faultOn = (expires: string, end: string, role: 'captain' | 'crew' = 'captain', zone?: string) =>
  papersFault(papersOf(fleetWith([mmc(expires)])), tripEnding(end, zone), 'ana', role);

describe('a credential', () => {
  it('is good on its last day, by the clock at the dock, and not the day after', async () => {
    expect(await faultOn('2027-05-30', '2027-05-30T23:30')).toBeNull();
    // By then it is the 31st in UTC already.
    expect(await faultOn('2027-05-30', '2027-05-30T18:30')).toBeNull();
    expect(await faultOn('2027-05-30', '2027-05-31T00:30')).toMatchObject({
      code: 'credential-expired',
      data: { person: 'ana', kind: 'mmc', expires: '2027-05-30', day: '2027-05-31' },
    });
    // East of Greenwich it is the 31st while UTC still has the 30th.
    expect(await faultOn('2027-05-30', '2027-05-31T08:00', 'captain', 'Pacific/Auckland')).not.toBeNull();
  });

  it('counts for the roles it is needed for, and only those', async () => {
    expect(await faultOn('2027-01-01', '2027-05-30T18:30', 'crew')).toBeNull();
  });

  it('keeps its holder from being rostered: the place is open and the reserve is asked', async () => {
    const world = crewWorld({ fleet: fleetWith([mmc('2027-05-29')]) });
    await world.converge(aBooking());
    const event = await world.eventOf(aBooking());
    expect(event.roster.map(({ person, role, holds }) => [person, role, holds])).toEqual([
      ['luis', 'crew', true],
      ['bo', 'captain', false],
    ]);
    expect((await world.store.audit(event.id)).map(({ what }) => what)).toContain(
      'ana was left out: a credential runs out before the trip is over.',
    );
    expect(world.lettersTo('ana')).toEqual([]);
    expect(world.lettersTo('bo').map(({ kind }) => kind)).toEqual(['invitation']);
  });

  it('blocks who was on it when the trip moves past its last day, and not before', async () => {
    const world = crewWorld({ fleet: fleetWith([mmc('2027-05-30')]) });
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    await world.byHand.answerFor(id, 'ana', 'accepted', { by: 'ana' });
    const later = aBooking({ revision: 2, start: wall('2027-05-31T16:30'), end: wall('2027-05-31T19:30') });
    await world.converge(later);
    expect((await world.eventOf(later)).roster.map(({ person }) => person)).toEqual(['luis', 'bo']);
    expect(world.lettersTo('ana').at(-1)?.kind).toBe('cancel');
  });

  it('yields to a reason, which stays in the history, and the reason holds through a change of the party', async () => {
    const world = crewWorld({ fleet: fleetWith([mmc('2027-05-29')]) });
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    const place = { person: 'ana', role: 'captain' } as const;
    await expect(world.byHand.assign(id, place, { by: 'joan' })).rejects.toMatchObject({
      code: 'credential-expired',
    });
    const how = { by: 'joan', despite: 'The renewed one came today' };
    await world.byHand.assign(id, place, how);
    await expect(world.byHand.answerFor(id, 'ana', 'accepted', { by: 'ana' })).rejects.toMatchObject({
      code: 'credential-expired',
    });
    await world.byHand.answerFor(id, 'ana', 'accepted', how);
    await world.converge(aBooking({ revision: 2, partySize: 5 }));
    expect((await world.eventOf(aBooking())).roster).toContainEqual(
      expect.objectContaining({ person: 'ana', answer: 'accepted', holds: true }),
    );
    expect(
      (await world.store.audit(id)).filter(({ what }) => what.includes('because')).map(({ by }) => by),
    ).toEqual(['joan', 'joan']);
  });
});

describe('the warning that a credential runs out', () => {
  const room = (expires: string) => {
    const fleet = fleetWith([mmc(expires), mmc('2031-01-01', { kind: 'first aid' })]);
    return { fleet, papers: papersOf(fleet), deskUrl: 'https://crew.example/desk' };
  };
  const subject = 'credential/ana/mmc/2027-06-29';

  it('is due 180, 60 and 14 days ahead, at noon by the clock of the house, DST or not', async () => {
    const { papers, fleet } = room('2027-06-29');
    const [first] = await credentialDues(papers, fleet);
    expect(first).toEqual({
      subject,
      dues: [
        { kind: 'warn that a credential runs out, 180 days ahead', subject, dueAt: '2026-12-31T20:00:00Z' },
        { kind: 'warn that a credential runs out, 60 days ahead', subject, dueAt: '2027-04-30T19:00:00Z' },
        { kind: 'warn that a credential runs out, 14 days ahead', subject, dueAt: '2027-06-15T19:00:00Z' },
      ],
    });
  });

  it('goes to the holder and to the house, as one letter however many warnings are due at once', async () => {
    const at = (iso: string) => credentialWarnings(room('2027-06-29'), subject, Date.parse(iso));
    const letters = (await at('2027-05-20T19:00:00Z')) ?? [];
    expect(letters.map(({ to, audience, subject }) => [to.address, audience, subject])).toEqual([
      ['ana@crew.example', 'crew', 'Your mmc runs out in 40 days'],
      ['joan@crew.example', 'operator', 'Ana Reyes’s mmc runs out in 40 days'],
    ]);
    expect(letters[0]?.text).toContain('Tuesday 29 June 2027');
    const ids = async (iso: string) => ((await at(iso)) ?? []).map(({ id }) => id);
    expect(await ids('2027-05-21T19:00:00Z')).toEqual(letters.map(({ id }) => id));
    expect(await ids('2027-06-15T19:00:00Z')).not.toEqual(letters.map(({ id }) => id));
    expect((await at('2027-07-01T19:00:00Z'))?.[0]?.subject).toBe('Your mmc has run out');
  });

  it('is not written about a credential that was renewed, and not for anything else that is due', async () => {
    const now = Date.parse('2027-06-15T19:00:00Z');
    expect(await credentialWarnings(room('2032-06-29'), subject, now)).toEqual([]);
    expect(await credentialWarnings(room('2032-06-29'), 'evt_1', now)).toBeNull();
  });

  it('stands at the desk as long as it is running out, the most pressing first', async () => {
    const { papers, fleet } = room('2027-06-29');
    const left = async (day: string) =>
      (await runningOut(papers, fleet, day)).map(({ daysLeft }) => daysLeft);
    expect(await left('2026-12-30')).toEqual([]);
    expect(await left('2026-12-31')).toEqual([180]);
    expect(await left('2027-06-29')).toEqual([0]);
    expect(await left('2027-07-02')).toEqual([-3]);
  });
});
