import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { type Random, seededRandom } from '#lib/random.ts';
import { message, minute, testFleet, testNow, wall, wholeTrip } from './booking.fixture.ts';
import type { Booking } from './booking.ts';
import type { BookingStore } from './booking-store.ts';
import { judgeBy, visible } from './draft.ts';
import type { Fields, Message } from './message.ts';

/** What every booking store has to do. `open` gives an empty one each time. */
export function bookingStoreContract(
  open: (house: { clock: SettableClock; random: Random }) => BookingStore,
  { orders = 150 } = {},
): void {
  const fresh = () => {
    const clock = settableClock(testNow);
    const bookings = open({ clock, random: seededRandom('bookings') });
    const judge = judgeBy({ fleet: testFleet, clock });
    return { clock, bookings, record: (said: Message) => bookings.record(said, judge) };
  };
  const created = (rest: Partial<Message> = {}) => message({ at: minute(1), ...rest });
  const changed = (at: number, fields: Partial<Fields>, rest: Partial<Message> = {}) =>
    message({ at: minute(at), kind: 'changed', fields: { ...wholeTrip, ...fields }, ...rest });
  const cancelled = (at: number, rest: Partial<Message> = {}) =>
    message({ at: minute(at), kind: 'cancelled', ...rest });
  const made = async (recording: ReturnType<BookingStore['record']>): Promise<Booking> => {
    const recorded = await recording;
    if (recorded.kind === 'refused' || !recorded.booking) throw new Error(recorded.kind);
    return recorded.booking;
  };
  const market = 'market';

  describe('recording', () => {
    it('a first message makes a booking at revision 1 with an id that says nothing', async () => {
      const { record, bookings } = fresh();
      const recorded = await record(created());
      expect(recorded).toMatchObject({
        kind: 'created',
        absorbed: [],
        booking: {
          revision: 1,
          status: 'confirmed',
          brand: 'blue',
          charterMode: 'time',
          vessel: 'heron',
          start: wholeTrip.start,
          guest: { name: 'Carole Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
          partySize: 4,
          names: [{ source: market, externalId: 'xhqgmdh' }],
          recordedAt: testNow,
        },
      });
      const { id } = await made(record(created()));
      expect(id).toMatch(/^bkg_[0-9a-z]{16}$/);
      expect(await bookings.find(id)).toEqual(await bookings.byName(market, 'xhqgmdh'));
    });

    it('the same message again changes nothing, ever', async () => {
      const { record, bookings } = fresh();
      await record(created());
      await record(changed(2, { partySize: 5 }));
      expect(await record(created())).toMatchObject({
        kind: 'unchanged',
        booking: { revision: 2, partySize: 5 },
      });
      expect(await bookings.count()).toBe(1);
    });

    it('a repeat under a new id is kept but makes no revision', async () => {
      const { record, bookings } = fresh();
      const { id } = await made(record(created()));
      expect(await record(changed(2, {}))).toMatchObject({ kind: 'unchanged', booking: { revision: 1 } });
      expect(await bookings.messages(id)).toHaveLength(2);
    });

    it('a real change makes the next revision, and the old one can still be read', async () => {
      const { record, bookings, clock } = fresh();
      const { id } = await made(record(created()));
      clock.advance(60_000);
      const start = wall('2027-05-30T15:30');
      expect(await record(changed(2, { start }))).toMatchObject({
        kind: 'changed',
        booking: { revision: 2, start },
      });
      expect((await bookings.at(id, 1))?.start).toEqual(wholeTrip.start);
      expect(await bookings.at(id, 2)).toEqual(await bookings.find(id));
      expect(await bookings.at(id, 3)).toBeNull();
    });

    it('a late message that only explains where a field came from makes no revision', async () => {
      const { record } = fresh();
      await record(changed(5, {}));
      const recorded = await record(created());
      expect(recorded).toMatchObject({ kind: 'unchanged', booking: { revision: 1 } });
      expect((await made(record(created()))).origins.vessel?.at).toBe(minute(1));
    });

    it('a cancellation ends it and nothing late revives it', async () => {
      const { record } = fresh();
      await record(created());
      expect(await record(cancelled(3))).toMatchObject({ kind: 'cancelled', booking: { revision: 2 } });
      expect(await record(changed(2, { partySize: 5 }))).toMatchObject({ kind: 'remembered' });
      expect(await record(changed(9, { partySize: 6 }))).toMatchObject({
        kind: 'remembered',
        booking: { status: 'cancelled', partySize: 5 },
      });
    });

    it('cancelled before created is remembered and never waits to be published', async () => {
      const { record, bookings } = fresh();
      expect(await record(cancelled(3))).toEqual({ kind: 'remembered', booking: null, absorbed: [] });
      expect(await record(created())).toMatchObject({
        kind: 'remembered',
        booking: { status: 'cancelled', revision: 1 },
      });
      expect(await bookings.unfulfilled(9)).toEqual([]);
      expect(await bookings.byName(market, 'xhqgmdh')).toMatchObject({ status: 'cancelled' });
    });

    it('what is refused leaves no trace and can be said again', async () => {
      const { record, bookings, clock } = fresh();
      const seven = changed(2, { partySize: 7 });
      expect(await record(seven)).toMatchObject({
        kind: 'refused',
        problems: [{ code: 'party-over-limit' }],
      });
      expect(await bookings.count()).toBe(0);
      expect(await bookings.byName(market, 'xhqgmdh')).toBeNull();
      const lenient = judgeBy({
        clock,
        fleet: { ...testFleet, vessel: () => ({ ...(testFleet.vessel('pelican') ?? never()), id: 'heron' }) },
      });
      expect(await bookings.record(seven, lenient)).toMatchObject({
        kind: 'created',
        booking: { partySize: 7 },
      });
    });

    it('the desk names a booking by its id, and enters new ones under an id of its choice', async () => {
      const { record, bookings } = fresh();
      const { id } = await made(record(created()));
      const start = wall('2027-05-30T15:30');
      const move = message({
        source: 'desk',
        externalId: id,
        messageId: 'm1',
        kind: 'changed',
        at: minute(9),
        fields: { start },
      });
      expect(await record(move)).toMatchObject({ kind: 'changed', booking: { id, start } });
      const entered = message({
        source: 'desk',
        externalId: 'bkg_0123456789abcdef',
        messageId: 'm2',
        at: minute(9),
      });
      expect(await record(entered)).toMatchObject({
        kind: 'created',
        booking: { id: 'bkg_0123456789abcdef', names: [] },
      });
      expect(await bookings.count()).toBe(2);
    });

    it('many at once are all kept', async () => {
      const { record, bookings } = fresh();
      await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          record(changed(n, { partySize: 1 + (n % 6) }, { externalId: `x${n % 20}` })),
        ),
      );
      expect(await bookings.count()).toBe(20);
      expect((await bookings.byName(market, 'x7'))?.partySize).toBe(1 + (47 % 6));
    });
  });

  describe('a booking under several names', () => {
    const second = { externalId: 'second', replaces: 'xhqgmdh' };

    it('keeps its identity when the guest books again under a new name', async () => {
      const { record, bookings } = fresh();
      const { id } = await made(record(created()));
      await record(cancelled(3));
      const again = await record(created({ ...second, at: minute(4) }));
      expect(again).toMatchObject({ kind: 'changed', booking: { id, status: 'confirmed', revision: 3 } });
      expect((await bookings.byName(market, 'second'))?.id).toBe(id);
    });

    it('is one booking when the new name comes first', async () => {
      const { record, bookings } = fresh();
      const { id } = await made(record(created({ ...second, at: minute(4) })));
      await record(cancelled(3));
      expect(await record(created())).toMatchObject({ kind: 'unchanged', booking: { id, revision: 1 } });
      expect(await bookings.count()).toBe(1);
    });

    it('absorbs the younger of two bookings that turn out to be one', async () => {
      const { record, bookings, clock } = fresh();
      const elder = await made(record(created()));
      clock.advance(1000);
      const younger = await made(record(created({ externalId: 'second', at: minute(4) })));
      await bookings.markFulfilled(younger.id, 1);
      const move = {
        source: 'desk',
        externalId: younger.id,
        kind: 'changed',
        at: minute(8),
        fields: { partySize: 2 },
      } as const;
      await record(message({ ...move, messageId: 'm1' }));
      const linked = await record(changed(9, {}, second));
      expect(linked).toMatchObject({ booking: { id: elder.id, partySize: 2 }, absorbed: [younger.id] });
      expect(await bookings.find(younger.id)).toMatchObject({ status: 'cancelled', revision: 3, names: [] });
      expect((await bookings.unfulfilled(9)).map(booking => booking.id).sort()).toEqual(
        [elder.id, younger.id].sort(),
      );
      expect((await bookings.byName('desk', younger.id))?.id).toBe(elder.id);
      expect((await bookings.list({})).map(booking => booking.id)).toEqual([elder.id]);
      expect(await bookings.messages(elder.id)).toHaveLength(4);
      const late = await record(
        message({ ...move, messageId: 'm2', at: minute(20), fields: { partySize: 3 } }),
      );
      expect(late).toMatchObject({
        kind: 'changed',
        booking: { id: elder.id, partySize: 3 },
        absorbed: [younger.id],
      });
    });

    describe('two trips that were taken as one', () => {
      const other = {
        source: 'bay',
        externalId: 'z9',
        fields: { ...wholeTrip, guestName: 'Maya Lindqvist', partySize: 2 },
      };
      const z9 = { source: 'bay', externalId: 'z9' };
      const word = { messageId: 'split', at: minute(30), by: 'ana', why: 'two families' };
      const merged = async () => {
        const world = fresh();
        const elder = await made(world.record(created()));
        world.clock.advance(1000);
        const younger = await made(world.record(created({ ...other, at: minute(2) })));
        await made(
          world.record(
            message({
              source: 'desk',
              externalId: elder.id,
              messageId: 'merge',
              kind: 'changed',
              at: minute(10),
              fields: {},
              sameAs: z9,
            }),
          ),
        );
        const judge = judgeBy({ fleet: testFleet, clock: world.clock });
        const [part, ...more] = await world.bookings.parts(elder.id);
        if (!part) throw new Error('there is no part');
        const parted = async () => {
          const done = await world.bookings.split(elder.id, part, word, judge);
          if (done.kind === 'refused') throw new Error(done.problems[0].reason);
          return done;
        };
        return { ...world, elder, younger, part, more, parted };
      };

      it('are split again into what they were before, each with its own names and messages', async () => {
        const { bookings, elder, younger, part, more, parted } = await merged();
        expect([part.was, part.names[0], more]).toEqual([younger.id, z9, []]);
        const done = await parted();
        expect(done.booking).toMatchObject({
          id: elder.id,
          partySize: 4,
          guest: { name: 'Carole Whitfield' },
          names: [{ source: market, externalId: 'xhqgmdh' }],
        });
        expect(done.other).toMatchObject({
          id: younger.id,
          status: 'confirmed',
          partySize: 2,
          guest: { name: 'Maya Lindqvist' },
          names: [z9],
        });
        expect((await bookings.byName('bay', 'z9'))?.id).toBe(younger.id);
        expect((await bookings.byName('desk', younger.id))?.id).toBe(younger.id);
        expect((await bookings.list({})).map(({ id }) => id).sort()).toEqual([elder.id, younger.id].sort());
        const sources = async (id: Booking['id']) =>
          (await bookings.messages(id)).map(({ message: said }) => said.source);
        expect(await sources(elder.id)).toEqual([market, 'desk', 'desk']);
        expect(await sources(younger.id)).toEqual(['bay', 'desk']);
        expect(await bookings.parts(elder.id)).toEqual([]);
        expect((await bookings.unfulfilled(9)).map(({ id }) => id)).toContain(younger.id);
      });

      it('stay apart whatever comes in, until the desk says that they are one after all', async () => {
        const { bookings, record, elder, younger, parted } = await merged();
        await parted();
        await record(
          message({ ...other, kind: 'changed', at: minute(40), fields: { ...other.fields, partySize: 3 } }),
        );
        expect(await bookings.find(younger.id)).toMatchObject({ partySize: 3 });
        expect(await bookings.find(elder.id)).toMatchObject({ partySize: 4 });
        const again = await record(
          message({
            source: 'desk',
            externalId: elder.id,
            messageId: 'merge again',
            kind: 'changed',
            at: minute(50),
            fields: {},
            sameAs: z9,
          }),
        );
        expect(again).toMatchObject({ booking: { id: elder.id }, absorbed: [younger.id] });
        expect((await bookings.byName('bay', 'z9'))?.id).toBe(elder.id);
        expect((await bookings.parts(elder.id)).map(({ was }) => was)).toEqual([younger.id]);
      });

      it('that a source told as one, too: the second name gets a booking of its own, and its claim counts no longer', async () => {
        const { bookings, record, clock } = fresh();
        const one = await made(record(created()));
        await record(
          created({ externalId: 'second', replaces: 'xhqgmdh', at: minute(4), fields: other.fields }),
        );
        const parts = await bookings.parts(one.id);
        const part = parts.find(({ names }) => names.some(({ externalId }) => externalId === 'second'));
        if (!part) throw new Error(JSON.stringify(parts));
        const done = await bookings.split(one.id, part, word, judgeBy({ fleet: testFleet, clock }));
        expect(done).toMatchObject({
          booking: { id: one.id, guest: { name: 'Carole Whitfield' } },
          other: {
            revision: 1,
            guest: { name: 'Maya Lindqvist' },
            names: [{ source: market, externalId: 'second' }],
          },
        });
        await record(
          message({
            externalId: 'second',
            replaces: 'xhqgmdh',
            kind: 'changed',
            at: minute(60),
            fields: { ...other.fields, partySize: 5 },
          }),
        );
        expect(await bookings.find(one.id)).toMatchObject({ partySize: 4, status: 'confirmed' });
        expect(await bookings.byName(market, 'second')).toMatchObject({ partySize: 5, status: 'confirmed' });
      });

      it('are left as they are where one of them could not be a booking', async () => {
        const { bookings, elder, part, clock } = await merged();
        clock.set('2030-01-01T00:00:00Z');
        const before = await bookings.messages(elder.id);
        expect(
          await bookings.split(elder.id, part, word, judgeBy({ fleet: testFleet, clock })),
        ).toMatchObject({ kind: 'refused', problems: [{ code: 'date-past' }] });
        expect(await bookings.messages(elder.id)).toEqual(before);
        expect((await bookings.byName('bay', 'z9'))?.id).toBe(elder.id);
      });
    });

    it('says the same whatever order its messages come in', async () => {
      const names = ['n1', 'n2', 'n3'] as const;
      const anyMessage = fc.record({
        externalId: fc.constantFrom(...names),
        replaces: fc.option(fc.constantFrom(...names), { nil: undefined }),
        kind: fc.constantFrom('created', 'changed', 'cancelled' as const),
        at: fc.integer({ min: 0, max: 5 }).map(minute),
        partySize: fc.integer({ min: 1, max: 6 }),
      });
      const twoOrders = fc
        .array(anyMessage, { minLength: 1, maxLength: 7 })
        .map(all => all.map((one, n) => ({ ...one, messageId: `m${n}` })))
        .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
      const outcome = async (all: readonly Saying[]) => {
        const { record, bookings } = fresh();
        for (const { partySize, replaces, ...one } of all) {
          const fields = one.kind === 'cancelled' ? {} : { ...wholeTrip, partySize };
          await record(message({ ...one, ...(replaces === undefined ? {} : { replaces }), fields }));
        }
        const found = await Promise.all(names.map(name => bookings.byName(market, name)));
        return found.map(one => one && { says: visible(one), names: one.names, origins: one.origins });
      };
      await fc.assert(
        fc.asyncProperty(twoOrders, async ([one, other]) => {
          expect(await outcome(other)).toEqual(await outcome(one));
        }),
        { numRuns: orders },
      );
    });
  });

  describe('the outbox', () => {
    it('holds what no surface shows yet, the longest waiting first', async () => {
      const { record, bookings, clock } = fresh();
      const first = await made(record(created({ externalId: 'a' })));
      clock.advance(1000);
      const second = await made(record(created({ externalId: 'b' })));
      expect((await bookings.unfulfilled(9)).map(booking => booking.id)).toEqual([first.id, second.id]);
      expect(await bookings.unfulfilled(1)).toHaveLength(1);
      await bookings.markFulfilled(first.id, 1);
      await bookings.markFulfilled(second.id, 2);
      expect((await bookings.unfulfilled(9)).map(booking => booking.id)).toEqual([second.id]);
      await record(changed(3, { partySize: 5 }, { externalId: 'a' }));
      await bookings.markFulfilled(first.id, 1);
      expect(await bookings.unfulfilled(9)).toHaveLength(2);
    });
  });

  describe('forgetting', () => {
    const past = '2027-07-01T00:00:00.000Z';

    it('drops the guest from the booking, its revisions, its messages and the search, and keeps the rest', async () => {
      const { record, bookings, clock } = fresh();
      const { id } = await made(record(created()));
      await record(changed(2, { guestName: 'Carole Quill', guestPhone: '+1 619 555 0199', partySize: 5 }));
      await record(cancelled(3, { fields: { guestName: 'Carole Quill', guestEmail: 'quill@example.org' } }));
      clock.advance(1000);
      await bookings.forget(id);
      const everything = JSON.stringify([
        await bookings.find(id),
        await Promise.all([1, 2, 3].map(revision => bookings.at(id, revision))),
        await bookings.messages(id),
      ]);
      expect(everything).not.toMatch(/carole|whitfield|quill|example\.org|555/i);
      expect(await bookings.find(id)).toMatchObject({
        revision: 3,
        partySize: 5,
        guest: { email: null, phone: null },
        forgottenAt: new Date(clock.now()).toISOString(),
      });
      for (const text of ['carole', 'quill', 'carole@example.org', '16195550142', 'erased'])
        expect(await bookings.list({ text })).toEqual([]);
      expect(await bookings.list({ text: 'xhqgmdh' })).toHaveLength(1);
      expect(await bookings.unfulfilled(9)).toEqual([]);
    });

    it('keeps nothing of what comes in later, under whichever of its names', async () => {
      const { record, bookings } = fresh();
      const { id } = await made(record(created()));
      await record(created({ at: minute(2), externalId: 'again', replaces: 'xhqgmdh' }));
      await bookings.forget(id);
      const before = await bookings.find(id);
      for (const late of [
        created(),
        changed(9, { guestName: 'Carole Late' }),
        cancelled(10, { externalId: 'again' }),
        changed(11, { partySize: 2 }, { externalId: 'again', replaces: 'xhqgmdh' }),
      ]) {
        expect(await record(late)).toMatchObject({ kind: 'remembered', booking: { id } });
      }
      expect(await bookings.find(id)).toEqual(before);
      expect(JSON.stringify(await bookings.messages(id))).not.toContain('Carole');
      expect(await bookings.count()).toBe(1);
    });

    it('a guest who books again is a new guest, also where the marketplace names the old booking', async () => {
      const { record, bookings } = fresh();
      const { id } = await made(record(created()));
      await bookings.forget(id);
      const next = await made(record(created({ at: minute(5), externalId: 'new', replaces: 'xhqgmdh' })));
      expect(next.id).not.toBe(id);
      expect(next.guest.name).toBe('Carole Whitfield');
      expect((await bookings.byName(market, 'xhqgmdh'))?.id).toBe(id);
    });

    it('forgets what it absorbed, and what was cancelled before anybody knew it', async () => {
      const { record, bookings, clock } = fresh();
      const { id } = await made(record(created()));
      clock.advance(1000);
      const other = await made(record(created({ at: minute(2), externalId: 'other' })));
      await record(changed(3, {}, { externalId: 'other', replaces: 'xhqgmdh' }));
      await bookings.forget(id);
      expect((await bookings.find(other.id))?.guest.name).not.toContain('Carole');

      await record(cancelled(4, { externalId: 'unborn', fields: { guestName: 'Una Born' } }));
      const unborn = (await bookings.toErase('2028-01-01T00:00:00.000Z', 9)).filter(
        each => each !== id && each !== other.id,
      );
      for (const each of unborn) {
        await bookings.forget(each);
        expect(JSON.stringify(await bookings.messages(each))).not.toContain('Una');
        await bookings.markErased(each);
      }
      expect(unborn).toHaveLength(1);
      expect(await record(created({ at: minute(1), externalId: 'unborn' }))).toMatchObject({
        kind: 'remembered',
        booking: null,
      });
    });

    it('knows whose guest is to be erased until that is done everywhere', async () => {
      const { record, bookings } = fresh();
      const late = await made(
        record(
          created({
            externalId: 'late',
            fields: { ...wholeTrip, start: wall('2027-06-30T12:00'), end: wall('2027-07-02T19:30') },
          }),
        ),
      );
      const { id } = await made(record(created()));
      expect(await bookings.toErase('2027-05-31T02:30:00.000Z', 9)).toEqual([]);
      expect(await bookings.toErase(past, 9)).toEqual([id]);
      await bookings.markErased(id);
      expect(await bookings.toErase(past, 9)).toEqual([id]);
      await bookings.forget(late.id);
      expect(await bookings.toErase(past, 9)).toEqual([late.id, id]);
      await bookings.markErased(late.id);
      await bookings.forget(id);
      await bookings.forget(id);
      expect(await bookings.toErase('2027-01-01T00:00:00.000Z', 9)).toEqual([id]);
      await bookings.markErased(id);
      expect(await bookings.toErase('2029-01-01T00:00:00.000Z', 9)).toEqual([]);
    });
  });

  describe('finding', () => {
    const stocked = async () => {
      const { record, bookings } = fresh();
      const trip = (day: string, fields: Partial<Fields>) =>
        created({
          externalId: `x-${day}`,
          fields: {
            ...wholeTrip,
            start: wall(`2027-06-${day}T10:00`),
            end: wall(`2027-06-${day}T13:00`),
            ...fields,
          },
        });
      await record(trip('03', { guestName: 'Zoë Ångström', guestEmail: 'zoe@example.net' }));
      await record(trip('01', { vessel: 'pelican', guestName: 'Bo Lind', guestEmail: null }));
      await record(trip('02', { status: 'tentative', guestPhone: null }));
      await record(trip('04', { vessel: 'pelican' }));
      await record(cancelled(5, { externalId: 'x-04' }));
      const days = async (filter: Parameters<BookingStore['list']>[0]) =>
        (await bookings.list(filter)).map(booking => booking.start.local.slice(8, 10)).join(' ');
      return { bookings, days };
    };

    it('lists by start, filtered by time, status and vessel', async () => {
      const { days } = await stocked();
      expect(await days({})).toBe('01 02 03 04');
      expect(await days({ from: wall('2027-06-02T10:00').at, to: wall('2027-06-04T10:00').at })).toBe(
        '02 03',
      );
      expect(await days({ status: 'tentative' })).toBe('02');
      expect(await days({ status: 'cancelled' })).toBe('04');
      expect(await days({ vessel: 'pelican', to: wall('2027-06-04T00:00').at })).toBe('01');
    });

    it('turns pages', async () => {
      const { bookings, days } = await stocked();
      const [first, second] = await bookings.list({ limit: 2 });
      expect(await days({ after: second?.id ?? first?.id ?? 'bkg_none' })).toBe('03 04');
    });

    it('lists and turns pages from the latest, if asked', async () => {
      const { bookings, days } = await stocked();
      expect(await days({ latestFirst: true })).toBe('04 03 02 01');
      const [latest] = await bookings.list({ limit: 1, latestFirst: true });
      expect(await days({ after: latest?.id ?? 'bkg_none', latestFirst: true })).toBe('03 02 01');
    });

    it('knows bookings by the beginnings of words, without accents', async () => {
      const { days } = await stocked();
      expect(await days({ text: 'angs' })).toBe('03');
      expect(await days({ text: 'ZOË ång' })).toBe('03');
      expect(await days({ text: 'zoe@example' })).toBe('03');
      expect(await days({ text: 'x-02' })).toBe('02');
      expect(await days({ text: '1619555' })).toBe('01 03 04');
      expect(await days({ text: 'carole pelican' })).toBe('04');
      expect(await days({ text: 'nobody' })).toBe('');
    });

    it('finds nothing under an unknown name', async () => {
      const { bookings } = fresh();
      expect(await bookings.find('bkg_none')).toBeNull();
      expect(await bookings.byName(market, 'none')).toBeNull();
      expect(await bookings.messages('bkg_none')).toEqual([]);
    });
  });
}

type Saying = Pick<Message, 'externalId' | 'kind' | 'at' | 'messageId'> & {
  partySize: number;
  replaces: string | undefined;
};

const never = (): never => {
  throw new Error('not in the fleet');
};
