import { expect, it } from 'vitest';
import { calendarOf, entry } from './feed.fixture.ts';
import { feedReader } from './feed-reader.thread.ts';

const zone = 'America/Los_Angeles';
const trip = calendarOf(entry('a', '20270530T233000Z', '20270531T023000Z'));

it('reads a calendar on a thread of its own', async () => {
  const read = feedReader({ ms: 20_000 });
  expect(await read(Buffer.from(trip), zone)).toMatchObject({ kind: 'read', events: [{ kind: 'reserved' }] });
});

it('gives up what takes too long', async () => {
  const many = calendarOf(
    ...Array.from({ length: 5000 }, (_, at) => entry(String(at), '20270530T233000', '20270531T023000')),
  );
  expect(await feedReader({ ms: 1 })(Buffer.from(many), zone)).toMatchObject({ code: 'feed-too-slow' });
});

it('survives what eats all the memory it may have', async () => {
  const hungry = feedReader({ ms: 20_000, megabytes: 24 });
  const wide = calendarOf(['BEGIN:VEVENT', 'A:1\r\n'.repeat(4_000_000), 'END:VEVENT']);
  expect(await hungry(Buffer.from(wide), zone)).toMatchObject({
    kind: 'unreadable',
    code: 'feed-not-calendar',
  });
  expect(await hungry(Buffer.from(trip), zone)).toMatchObject({ kind: 'read' });
});
