import { describe, expect, it } from 'vitest';
import { newChecklist } from './checklist.ts';
import { wall } from './crew.fixture.ts';
import { type CrewEvent, type CrewEventId, heldBy } from './crew.ts';
import type { CrewStore } from './crew-store.ts';
import { answered } from './offers.ts';
import { promisedBy, type Told } from './told.ts';

const anEvent = (rest: Partial<CrewEvent> = {}): CrewEvent => ({
  id: 'evt_1',
  booking: 'bkg_1',
  revision: 1,
  title: 'Charter: Carole, party of 4',
  vessel: 'heron',
  charterMode: 'time',
  start: wall('2027-05-30T16:30'),
  end: wall('2027-05-30T19:30'),
  callTime: wall('2027-05-30T15:30'),
  berth: null,
  headCount: 4,
  guestFirstName: 'Carole',
  notes: '',
  status: 'on',
  origin: 'booking',
  roster: [place('ana'), place('luis')],
  needs: { captain: 0, crew: 2 },
  passed: [],
  excused: [],
  renterChose: null,
  rosterIs: 'usual',
  checklist: newChecklist(),
  createdAt: '2027-05-01T10:00:00.000Z',
  changedAt: '2027-05-01T10:00:00.000Z',
  ...rest,
});

const place = (person: string) => heldBy({ person, role: 'crew' });

const entry = (what: string) => ({ at: '2027-05-01T10:00:00.000Z', by: 'booking', what });

const onDay = (id: CrewEventId, day: string, rest: Partial<CrewEvent> = {}) =>
  anEvent({ id, booking: null, start: wall(`${day}T16:30`), end: wall(`${day}T19:30`), ...rest });

/** What every store of crew events promises. `fresh` opens an empty one. */
export function crewStoreContract(fresh: () => CrewStore) {
  describe('a store of crew events', () => {
    it('finds an event by its id and by its booking, and nothing where there is none', async () => {
      const store = fresh();
      await store.add({ event: anEvent(), entries: [] });
      expect(await store.find('evt_1')).toEqual(anEvent());
      expect(await store.ofBooking('bkg_1')).toEqual(anEvent());
      expect(await store.find('evt_2')).toBeNull();
      expect(await store.ofBooking('bkg_2')).toBeNull();
      expect(await store.change('evt_2', event => ({ event, entries: [] }))).toBeNull();
    });

    it('keeps one event for a booking, however many want to make it at once', async () => {
      const store = fresh();
      const added = await Promise.all(
        [1, 2, 3].map(n => store.add({ event: anEvent({ id: `evt_${n}` }), entries: [entry('made')] })),
      );
      expect(added.map(result => result.kind).sort()).toEqual(['added', 'known', 'known']);
      const kept = (await store.ofBooking('bkg_1'))?.id ?? 'evt_none';
      expect(added.find(({ kind }) => kind === 'known')).toMatchObject({
        by: 'booking',
        event: { id: kept },
      });
      expect(await store.audit(kept)).toHaveLength(1);
    });

    it('makes one event for a request that is sent again, and none for its key with another body', async () => {
      const store = fresh();
      const once = { key: 'k', digest: 'd' };
      await store.add({ event: onDay('evt_1', '2027-05-30'), entries: [] }, once);
      const again = await store.add({ event: onDay('evt_2', '2027-05-30'), entries: [] }, once);
      expect(again).toMatchObject({ kind: 'known', by: 'request', event: { id: 'evt_1' } });
      const other = await store.add(
        { event: onDay('evt_3', '2027-05-30'), entries: [] },
        { key: 'k', digest: 'other' },
      );
      expect(other.kind).toBe('key-reused');
      expect(await store.find('evt_2')).toBeNull();
      expect(await store.find('evt_3')).toBeNull();
    });

    it('loses no answer when many are given at once', async () => {
      const store = fresh();
      const people = Array.from({ length: 20 }, (_, n) => `p${n}`);
      await store.add({ event: anEvent({ roster: people.map(place) }), entries: [] });
      await Promise.all(
        people.map((person, n) => {
          const act = { by: person, at: `2027-05-02T10:00:${10 + n}.000Z` };
          return store.change('evt_1', before => {
            const event = answered(before, person, n % 2 ? 'accepted' : 'declined', act);
            return event && { event, entries: [{ ...act, what: `${person} answered` }] };
          });
        }),
      );
      const event = await store.find('evt_1');
      expect(event?.roster.map(({ answer }) => answer)).toEqual(
        people.map((_, n) => (n % 2 ? 'accepted' : 'declined')),
      );
      expect((await store.audit('evt_1')).map(({ by }) => by).sort()).toEqual(people.toSorted());
    });

    it('changes nothing, history included, where an edit has nothing to change or throws', async () => {
      const store = fresh();
      await store.add({ event: anEvent(), entries: [entry('made')] });
      expect(await store.change('evt_1', () => null)).toEqual(anEvent());
      await expect(
        store.change('evt_1', () => {
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await store.find('evt_1')).toEqual(anEvent());
      expect(await store.audit('evt_1')).toEqual([entry('made')]);
    });

    it('hears a request with a key once, whatever happened since', async () => {
      const store = fresh();
      await store.add({ event: anEvent(), entries: [] });
      const call = (title: string, once?: string) =>
        store.change('evt_1', event => ({ event: { ...event, title }, entries: [entry(title)] }), once);
      expect(await store.heard('k')).toBe(false);
      await call('first', 'k');
      await call('second');
      expect(await call('first', 'k')).toMatchObject({ title: 'second' });
      expect(await store.heard('k')).toBe(true);
      expect((await store.audit('evt_1')).map(({ what }) => what)).toEqual(['first', 'second']);
      await store.change('evt_1', () => null, 'nothing to do');
      expect(await store.heard('nothing to do')).toBe(true);
      const thrown = store.change(
        'evt_1',
        () => {
          throw new Error('no');
        },
        'thrown out',
      );
      await expect(thrown).rejects.toThrow('no');
      expect(await store.heard('thrown out')).toBe(false);
    });

    it('keeps the history in the order in which things happened', async () => {
      const store = fresh();
      await store.add({ event: anEvent(), entries: [entry('made')] });
      for (const what of ['moved', 'moved back']) {
        await store.change('evt_1', event => ({ event, entries: [entry(what), entry(`${what}!`)] }));
      }
      expect((await store.audit('evt_1')).map(({ what }) => what)).toEqual([
        'made',
        'moved',
        'moved!',
        'moved back',
        'moved back!',
      ]);
    });

    it('lists what starts in a span of time, the first first', async () => {
      const store = fresh();
      for (const [id, day] of [
        ['evt_c', '2027-06-02'],
        ['evt_a', '2027-05-30'],
        ['evt_b', '2027-06-01'],
      ] as const) {
        await store.add({ event: onDay(id, day), entries: [] });
      }
      const ids = async (from: string, until: string, limit = 9) =>
        (await store.starting(from, until, limit)).map(({ id }) => id);
      expect(await ids('2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toEqual(['evt_a', 'evt_b', 'evt_c']);
      expect(await ids('2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z', 2)).toEqual(['evt_a', 'evt_b']);
      const startOfB = onDay('evt_b', '2027-06-01').start.at;
      expect(await ids(startOfB, '2028-01-01T00:00:00Z')).toEqual(['evt_b', 'evt_c']);
      expect(await ids('2027-01-01T00:00:00Z', startOfB)).toEqual(['evt_a']);
    });

    it('knows what is ahead of a person: not what is over, cancelled, or theirs no more', async () => {
      const store = fresh();
      await store.add({ event: onDay('evt_past', '2027-05-01'), entries: [] });
      await store.add({ event: onDay('evt_soon', '2027-05-30'), entries: [] });
      await store.add({ event: onDay('evt_late', '2027-06-30'), entries: [] });
      await store.add({ event: onDay('evt_off', '2027-06-01'), entries: [] });
      const ahead = async (person: string) =>
        (await store.ofPerson(person, '2027-05-20T00:00:00Z', 9)).map(({ id }) => id);
      expect(await ahead('luis')).toEqual(['evt_soon', 'evt_off', 'evt_late']);
      await store.change('evt_off', event => ({ event: { ...event, status: 'cancelled' }, entries: [] }));
      await store.change('evt_late', event => ({ event: { ...event, roster: [place('ana')] }, entries: [] }));
      expect(await ahead('luis')).toEqual(['evt_soon']);
      expect(await ahead('ana')).toEqual(['evt_soon', 'evt_late']);
    });

    it('remembers whose crew has yet to be told, until the latest change was', async () => {
      const store = fresh();
      await store.add({ event: onDay('evt_1', '2027-05-30'), entries: [], tell: true });
      await store.add({ event: onDay('evt_2', '2027-05-30'), entries: [] });
      expect(await store.untold(9)).toEqual(['evt_1']);
      await store.change('evt_1', event => ({ event: { ...event, revision: 2 }, entries: [], tell: true }));
      await store.markTold('evt_1', 1);
      expect(await store.untold(9)).toEqual(['evt_1']);
      await store.change('evt_1', event => ({ event, entries: [] }));
      expect(await store.untold(9)).toEqual(['evt_1']);
      await store.markTold('evt_1', 2);
      expect(await store.untold(9)).toEqual([]);
    });

    it('keeps the last thing each person was told', async () => {
      const store = fresh();
      await store.add({ event: anEvent(), entries: [] });
      const told = (person: string, serial: number): Told => ({
        event: 'evt_1',
        person,
        serial,
        kind: 'invitation',
        promised: promisedBy(anEvent(), 'crew', id => id),
        before: null,
        letter: `letter ${serial}`,
        sequence: serial,
        at: '2027-05-01T10:00:00.000Z',
      });
      for (const [person, serial] of [
        ['luis', 1],
        ['ana', 1],
        ['luis', 2],
      ] as const) {
        await store.putTold(told(person, serial));
      }
      expect(await store.told('evt_1')).toEqual([told('ana', 1), told('luis', 2)]);
      expect(await store.told('evt_2')).toEqual([]);
    });
  });
}
