import { describe, expect, it } from 'vitest';
import { fleet } from '#booking/fleet.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { paths } from '#ui/paths.ts';
import { aBooking, crewFleet, crewWorld, heron, hourLater } from './crew.fixture.ts';
import { answers, type CrewEvent, heldBy, roomIn } from './crew.ts';
import { sqliteCrewStore } from './crew-store.sqlite.ts';
import { answered, asked, crewed, passedOf, placed, released } from './offers.ts';

const aPerson = (id: string, role: 'captain' | 'crew') => ({
  id,
  firstName: id,
  name: `${id} Example`,
  email: `${id}@crew.example`,
  phone: null,
  roles: [role],
});

/** The fleet of the room with a reserve of deckhands: Kim before Nia and Pat, who rank alike. */
const withReserve = fleet({
  ...crewFleet,
  people: [...crewFleet.people, aPerson('nia', 'crew'), aPerson('pat', 'crew'), aPerson('bo', 'captain')],
  vessels: crewFleet.vessels.map(vessel =>
    vessel.id === 'heron'
      ? {
          ...vessel,
          answerHours: 24,
          reserve: [
            { person: 'kim', role: 'crew' as const, rank: 1 },
            { person: 'nia', role: 'crew' as const, rank: 2 },
            { person: 'pat', role: 'crew' as const, rank: 2 },
          ],
        }
      : vessel,
  ),
});

async function offered() {
  const world = crewWorld({ fleet: withReserve });
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  const by = { by: 'joan' };
  const say = async (person: string, answer: (typeof answers)[number]) => {
    await world.byHand.answerFor(id, person, answer, by);
    await world.telling.tellCrew(id);
    await world.post.deliverDue();
  };
  const places = async () =>
    Object.fromEntries(
      (await world.eventOf(aBooking())).roster.map(place => [
        place.person,
        `${place.answer}${place.holds ? ', holds' : ''}`,
      ]),
    );
  const kinds = (person: string) => world.lettersTo(person).map(({ kind }) => kind);
  /** What somebody reads who opens the trip with the link of their letter. */
  const pageOf = async (person: string, token?: string) => {
    const link = token ?? (await world.tokenOf(id, person));
    const post = { method: 'POST', body: new URLSearchParams({ link }) };
    const headers = { 'sec-fetch-site': 'same-origin' };
    const opened = await world.app.request(`http://localhost${paths.crewSession}`, { ...post, headers });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await world.app.request(`http://localhost${paths.crewEvent(id)}`, { headers: { cookie } });
    return page.text();
  };
  return { world, id, by, say, places, kinds, pageOf };
}

describe('an open place', () => {
  it('says on the page by when an answer is awaited, and that it goes to the first to accept', async () => {
    const { say, pageOf } = await offered();
    expect(await pageOf('luis')).toMatch(
      /Please answer by <time[^>]*>Friday 21 May 2027, 03:00 PDT<\/time>\. After that others are asked too/,
    );
    await say('luis', 'declined');
    expect(await pageOf('luis')).toContain('as long as nobody else has the place');
    expect(await pageOf('kim')).toMatch(/goes to the first to accept\. Please answer by/);
    await say('kim', 'accepted');
    expect(await pageOf('kim')).not.toMatch(/answer by|first to accept/);
  });

  it('is offered to the next of the reserve when somebody declines, and filled by who accepts', async () => {
    const { say, places, kinds, world } = await offered();
    await say('luis', 'declined');
    expect(await places()).toEqual({ ana: 'unknown, holds', luis: 'declined', kim: 'unknown' });
    expect(world.lettersTo('kim')[0]?.text).toContain('it goes to the first to accept');
    await say('kim', 'accepted');
    expect(await places()).toMatchObject({ kim: 'accepted, holds' });
    expect(kinds('nia')).toEqual([]);
  });

  it('is open again once the time to answer is over, and the next rank is asked when the first stays silent too', async () => {
    const { world, id, places } = await offered();
    expect(world.lettersTo('luis')[0]?.text).toMatch(/Please answer by Friday 21 May 2027, 03:00 PDT/);
    const due = async () => (await world.agenda.due(9)).map(({ kind, subject }) => [kind, subject]);
    world.clock.set('2027-05-21T09:59:59Z');
    expect(await due()).toEqual([]);
    world.clock.set('2027-05-21T10:00:00Z');
    expect(await due()).toEqual([['open unanswered places', id]]);
    await world.crewing.crewUp(id);
    expect(await places()).toEqual({ ana: 'unknown, holds', luis: 'unknown', kim: 'unknown' });
    world.clock.set('2027-05-22T10:00:00Z');
    await world.crewing.crewUp(id);
    await world.crewing.crewUp(id);
    expect(await places()).toMatchObject({ kim: 'unknown', nia: 'unknown', pat: 'unknown' });
    expect((await world.store.audit(id)).map(({ what }) => what)).toEqual([
      'The event was made.',
      'luis did not answer in time: the place is open.',
      'kim was asked to come as crew.',
      'nia, pat were asked to come as crew.',
    ]);
  });

  it('goes to the first to accept; the others are thanked by letter and on their page, each once', async () => {
    const { world, id, by, say, kinds, pageOf } = await offered();
    await world.byHand.release(id, 'luis', { ...by, reopen: true });
    await world.byHand.offer(id, 'crew', ['nia', 'pat'], by);
    const token = await world.tokenOf(id, 'pat');
    await say('nia', 'accepted');
    await expect(say('pat', 'accepted')).rejects.toMatchObject({ code: 'place-taken' });
    expect(kinds('pat')).toEqual(['invitation', 'cancel']);
    expect(kinds('kim')).toEqual(['invitation', 'cancel']);
    expect(world.lettersTo('pat')[1]?.subject).toMatch(/^The place is taken/);
    expect(world.lettersTo('pat')[1]?.text).toContain('Thank you');
    const html = await pageOf('pat', token);
    expect(html).toContain('The place is taken, thank you');
    expect(html).not.toMatch(/Carole|Luis|Nia|Harbor Island/);
  });

  it('is asked for anew of who was passed over, should it open again', async () => {
    const { world, id, by, say, places, kinds } = await offered();
    await world.byHand.release(id, 'luis', { ...by, reopen: true });
    await world.byHand.offer(id, 'crew', ['nia'], by);
    await say('nia', 'accepted');
    expect(passedOf(await world.eventOf(aBooking()), 'kim')).not.toBeNull();
    await say('nia', 'declined');
    expect(await places()).toEqual({ ana: 'unknown, holds', nia: 'declined', kim: 'unknown' });
    expect(kinds('kim')).toEqual(['invitation', 'cancel', 'invitation']);
  });

  it('comes back to who takes a refusal back, unless others were asked by then', async () => {
    const { say, places } = await offered();
    await say('ana', 'declined');
    await say('ana', 'unknown');
    expect(await places()).toMatchObject({ ana: 'unknown, holds' });
    await say('luis', 'declined');
    await say('luis', 'unknown');
    expect(await places()).toMatchObject({ luis: 'unknown', kim: 'unknown' });
  });

  it('stays with who was asked where nobody else could be, whatever the time', async () => {
    const { world, id, places } = await offered();
    world.clock.set('2027-05-29T10:00:00Z');
    await world.crewing.crewUp(id);
    expect(await places()).toMatchObject({ ana: 'unknown, holds' });
  });

  it('keeps who was asked in their stead through a change of the booking', async () => {
    const { world, say, places } = await offered();
    await say('luis', 'declined');
    await say('kim', 'accepted');
    await world.converge(aBooking({ revision: 2, partySize: 5 }));
    expect(await places()).toMatchObject({ luis: 'declined', kim: 'accepted, holds' });
    await world.converge(hourLater(aBooking({ revision: 2 })));
    expect(await places()).toEqual({ ana: 'unknown, holds', luis: 'unknown', kim: 'unknown, holds' });
  });
});

describe('a substitute', () => {
  it('takes the place at once: the other’s link, session and calendar entry end, and each is told once', async () => {
    const { world, id, by, say, places, kinds } = await offered();
    await say('luis', 'accepted');
    const token = await world.tokenOf(id, 'luis');
    for (const _ of [1, 2]) {
      await world.byHand.substitute(id, 'luis', 'kim', by).catch(error => {
        expect(error.code).toBe('not-on-crew');
      });
    }
    expect(await places()).toEqual({ ana: 'unknown, holds', kim: 'unknown, holds' });
    expect(await world.links.open(token)).toBeNull();
    expect(kinds('luis')).toEqual(['invitation', 'answer', 'cancel']);
    expect(world.lettersTo('luis')[2]?.invite?.method).toBe('CANCEL');
    expect(await world.claims.ahead('person luis', '2027-01-01T00:00:00Z')).toEqual([]);
    await world.byHand.substitute(id, 'kim', 'luis', by);
    expect(await places()).toEqual({ ana: 'unknown, holds', luis: 'unknown, holds' });
    expect(kinds('kim')).toEqual(['invitation', 'cancel']);
  });
});

describe('no trip is overfilled', () => {
  const base: CrewEvent = {
    id: 'evt_1',
    booking: null,
    revision: 1,
    title: 'Race',
    vessel: 'heron',
    charterMode: 'time',
    start: aBooking().start,
    end: aBooking().end,
    callTime: aBooking().start,
    berth: heron.berth,
    headCount: null,
    guestFirstName: null,
    notes: '',
    status: 'on',
    origin: 'api',
    needs: { captain: 0, crew: 1 },
    roster: [],
    passed: [],
    excused: [],
    renterChose: null,
    rosterIs: 'chosen',
    checklist: [],
    createdAt: '2027-05-01T10:00:00.000Z',
    changedAt: '2027-05-01T10:00:00.000Z',
  };
  const overfilled = ({ needs, roster }: CrewEvent) =>
    (['captain', 'crew'] as const).some(role => roomIn({ needs, roster }, role) < 0) ||
    roster.some(({ answer, holds }) => (answer === 'accepted') !== holds && answer !== 'unknown');

  it('in 1,000 races of three for the last place, through the store', async () => {
    const store = sqliteCrewStore(openSqlite(':memory:'));
    const dice = seededRandom('races');
    let late = 0;
    for (let race = 0; race < 1000; race++) {
      const id = `evt_${race}` as const;
      const racers = ['kim', 'nia', 'pat'].sort(() => (dice.bytes(1, 'dice')[0] ?? 0) - 128);
      await store.add({
        event: asked({ ...base, id }, 'crew', racers, '2027-05-21T10:00:00.000Z'),
        entries: [],
      });
      const tried = await Promise.allSettled(
        racers.map(person => {
          const act = { by: person, at: '2027-05-20T10:00:00.000Z' };
          return store.change(id, before => {
            const event = answered(before, person, 'accepted', act);
            return event && { event, entries: [{ ...act, what: `${person} accepted.` }] };
          });
        }),
      );
      const after = await store.find(id);
      expect(after?.roster.filter(({ answer }) => answer === 'accepted')).toHaveLength(1);
      expect(await store.audit(id)).toHaveLength(1);
      late += tried.filter(
        result => result.status === 'rejected' && result.reason.code === 'place-taken',
      ).length;
    }
    expect(late).toBe(2000);
  });

  it('whatever is done to it, in any order', () => {
    const people = ['ana', 'bo', 'kim', 'luis', 'nia'];
    for (let seed = 0; seed < 400; seed++) {
      const dice = seededRandom(`offers ${seed}`);
      const pick = <T>(of: readonly T[]): T => of[(dice.bytes(1, 'dice')[0] ?? 0) % of.length] as T;
      let event: CrewEvent = {
        ...base,
        needs: { captain: 1, crew: 1 },
        roster: [heldBy({ person: 'ana', role: 'captain' }), heldBy({ person: 'luis', role: 'crew' })],
      };
      let now = Date.parse('2027-05-20T10:00:00Z');
      for (let step = 0; step < 30; step++) {
        now += (dice.bytes(1, 'dice')[0] ?? 0) * 60_000;
        const act = { by: 'x', at: new Date(now).toISOString() };
        const role = pick(['captain', 'crew'] as const);
        const person = pick(people);
        try {
          const free = people.map(id => ({ person: id, rank: 1 }));
          event = pick([
            () => answered(event, person, pick(answers), act) ?? event,
            () => answered(event, person, 'accepted', act) ?? event,
            () => placed(event, { person, role }, act.at),
            () => released(event, person, pick([true, false])),
            () => asked(event, role, [person], act.at),
            () => crewed(event, { captain: free, crew: free }, { now, answerHours: 2 })?.event ?? event,
          ])();
        } catch (error) {
          expect((error as { code: string }).code).toMatch(/place-taken|not-on-crew/);
        }
        expect(overfilled(event), `seed ${seed}, step ${step}: ${JSON.stringify(event.roster)}`).toBe(false);
        const named = [...event.roster, ...event.passed].map(place => place.person);
        expect(new Set(named).size).toBe(named.length);
      }
    }
  });
});
