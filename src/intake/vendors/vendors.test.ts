import { describe, expect, it } from 'vitest';
import { testIntake } from '#intake/intake.fixture.ts';
import { sourceKinds } from '#intake/source-kinds.ts';
import { adapters } from '#intake/sources.ts';
import {
  apiOf,
  type Expected,
  expected,
  fixture,
  type Step,
  type Story,
  vendorFolders,
  vendorSource,
} from './vendor.fixture.ts';

const ownKinds = ['boatsetter', 'getmyboat', 'manual'];

describe('the folders of examples', () => {
  it('are there for every marketplace with messages of its own', () => {
    const told = new Set(vendorFolders.map(folder => expected(folder).source.kind));
    expect(sourceKinds.filter(kind => !ownKinds.includes(kind) && !told.has(kind))).toEqual([]);
  });
  it('tell of a booking made, of one called off, and of something held back', () => {
    for (const folder of vendorFolders) {
      const steps = expected(folder).stories.flatMap(story => story.steps);
      const tells = (what: (step: Step) => boolean | undefined) => [folder, steps.some(what)];
      expect(
        tells(({ becomes, booking }) => becomes === 'created' || booking?.status === 'confirmed'),
      ).toEqual([folder, true]);
      expect(tells(({ booking }) => booking?.status === 'cancelled')).toEqual([folder, true]);
      expect(tells(({ held, answerHeld }) => (held ?? answerHeld) !== undefined)).toEqual([folder, true]);
    }
  });
});

for (const folder of vendorFolders) {
  const vendor = expected(folder);
  describe(`${vendor.marketplace} (${folder})`, () => {
    it.each(vendor.stories.map(story => [story.title, story] as const))('%s', async (_title, story) => {
      const { take, notes, booking, inbox, at } = play(folder, vendor, story);
      for (const step of story.steps) {
        at(step);
        const delivery = await take(step);
        const problems = delivery.problems.map(({ code }) => code);
        if (step.held) expect(problems, step.file).toEqual(step.held);
        else expect([delivery.outcome?.kind, problems], step.file).toEqual([step.becomes, []]);
        if (step.answerHeld) {
          const [answer] = await inbox.list({ state: 'quarantined' });
          expect(
            answer?.problems.map(({ code }) => code),
            step.file,
          ).toEqual(step.answerHeld);
        }
        if (step.booking) expect(await booking(), step.file).toMatchObject(told(step.booking));
        if (step.gross !== undefined) expect(notes.at(-1)?.note.gross ?? null, step.file).toBe(step.gross);
      }
    });

    const unordered = vendor.stories.filter(story => story.orderDoesNotMatter);
    it.each(unordered.map(story => [story.title, story] as const))(
      '%s: in whatever order it is told',
      async (_title, story) => {
        const ends = new Set<string>();
        for (const order of permutations(story.steps)) {
          const { take, at, booking } = play(folder, vendor, story);
          for (const step of order) {
            at(step);
            await take(step);
          }
          const { status, start, end, partySize, names } = (await booking()) ?? {};
          ends.add(JSON.stringify({ status, start, end, partySize, names }));
        }
        expect([...ends]).toHaveLength(1);
      },
    );

    it('gives its money and its words to the books alone', async () => {
      for (const story of vendor.stories) {
        const { take, at, all } = play(folder, vendor, story);
        for (const step of story.steps) {
          at(step);
          await take(step);
        }
        expect(await all()).not.toMatch(/840|84075|dollars|\bUSD\b/);
      }
    });

    it('reads nothing else that is sent to it as a booking', async () => {
      const strange = [
        {},
        [],
        'text',
        17,
        null,
        { booking: null },
        { data: [] },
        { payload: 'x' },
        { items: {} },
      ];
      for (const body of strange) {
        const { deliver, bookings } = play(folder, vendor, { title: '', steps: [] });
        const delivery = await deliver(JSON.stringify(body));
        expect(['quarantined', 'recorded'], JSON.stringify(body)).toContain(delivery.state);
        if (delivery.state === 'recorded') expect(delivery.outcome?.kind).toBe('nothing');
        expect(await bookings.count()).toBe(0);
      }
    });
  });
}

/** A house that knows the marketplace, a minute later with each message. */
function play(folder: string, vendor: Expected, story: Story) {
  let current: Step | undefined;
  const api = apiOf(folder, () => current?.api ?? {});
  const isAsked = adapters[vendor.source.kind].api?.isNeeded || story.steps.some(step => step.api);
  const house = testIntake({ sourcesNow: [vendorSource(vendor, isAsked)], outside: api });
  const only = async () => (await house.bookings.list({}))[0] ?? null;
  return {
    ...house,
    api,
    at: (step: Step) => {
      current = step;
      house.clock.advance(60_000);
    },
    take: ({ file }: Step) => house.deliver(fixture(folder, file).toString()),
    booking: only,
    all: async () => {
      const all = await house.bookings.list({});
      return JSON.stringify([all, await Promise.all(all.map(({ id }) => house.bookings.messages(id)))]);
    },
  };
}

/** Times of a booking by their wall clock. */
function told({ start, end, ...rest }: Record<string, unknown>) {
  return { ...rest, ...(start ? { start: { local: start } } : {}), ...(end ? { end: { local: end } } : {}) };
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map(rest => [item, ...rest]));
}
