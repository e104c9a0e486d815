import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import { published, publishedJsonSchema } from './booking-payload.ts';
import { testIntake } from './intake.fixture.ts';
import { source, sources } from './sources.ts';

const folder = new URL('../../examples/webhooks/', import.meta.url);
const examples = readdirSync(folder).filter(name => name.startsWith('boatsetter-') && name.endsWith('.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** The example fleet sails on the heron here. */
const asMarket = () =>
  testIntake({
    sources: sources([
      source({ id: 'market', kind: 'boatsetter', times: 'local', listings: { jada: 'heron' } }),
    ]),
  });

describe('the published schema', () => {
  it('says what is read', async () => {
    await expect(`${JSON.stringify(publishedJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      '../../examples/webhooks/booking.schema.json',
    );
  });
  it.each(examples)('fits %s', name => {
    expect(published.safeParse(read(name)).error).toBeUndefined();
  });
});

describe('the examples', () => {
  it('are four', () => {
    expect(examples).toEqual([
      'boatsetter-cancelled.json',
      'boatsetter-changed.json',
      'boatsetter-created.json',
      'boatsetter-rescheduled-new-id.json',
    ]);
    expect(testFleet.vessel('heron')).not.toBeNull();
  });
  it('tell the story of one booking: made, moved, called off, made anew', async () => {
    const { deliver, bookings, notes } = asMarket();
    const kinds: string[] = [];
    for (const step of ['created', 'changed', 'cancelled', 'rescheduled-new-id']) {
      const { outcome, problems } = await deliver(read(`boatsetter-${step}.json`));
      kinds.push(outcome?.kind ?? JSON.stringify(problems));
    }
    expect(kinds).toEqual(['created', 'changed', 'cancelled', 'changed']);
    expect(await bookings.list({})).toMatchObject([
      {
        revision: 4,
        status: 'confirmed',
        partySize: 4,
        names: [{ externalId: 'xhqgmdh' }, { externalId: 'xhqgnp2' }],
      },
    ]);
    expect(notes.map(({ note }) => note.gross)).toEqual(['840.75', '840.75', '840.75']);
  });
});
