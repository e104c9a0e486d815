import { readTime } from '#booking/times.ts';
import { looksLikeMoney } from '#crew/money-words.ts';
import { at, words } from './at-path.ts';
import type { Correction, Meant } from './inbox.ts';
import type { Read, ReadingRoom } from './source.ts';
import { vesselOf } from './vessel-of.ts';

/** Out of a message that was read, as where only a rule forbids the trip, or out of what was found while reading failed. */
export function meantIn(read: Read): Meant {
  if ('problems' in read) return read.meant ?? {};
  if (!('message' in read)) return {};
  const { kind, externalId, fields } = read.message;
  const { status: _, start, end, ...rest } = fields;
  return presentable({ kind, externalId, start: start?.local, end: end?.local, ...rest });
}

/** Out of a payload of ours that could not be read as a whole. */
export function meantBy(sent: unknown, room: ReadingRoom): Meant {
  const booking = (...path: string[]) => at(sent, 'booking', ...path);
  const vessel = vesselOf(words(booking('vessel')) ?? '', room);
  const time = (name: 'start' | 'end') => {
    const value = booking(name);
    const reading = vessel && readTime(value, room.settings.times, vessel.zone);
    if (reading?.kind === 'exact') return reading.time.local;
    // A time that the clock skips or shows twice is meant as written, once a person has seen it.
    return typeof value === 'string' ? /^\d{4}-\d\d-\d\dT\d\d:\d\d(?=(:\d\d)?$)/.exec(value)?.[0] : undefined;
  };
  const party = booking('party_size');
  const said = words(at(sent, 'type')) ?? '';
  const event = Object.hasOwn(events, said) ? events[said] : undefined;
  return presentable({
    kind: booking('status') === 'cancelled' ? 'cancelled' : event,
    externalId: words(booking('id')),
    vessel: vessel?.id,
    start: time('start'),
    end: time('end'),
    guestName: words(booking('guest', 'name')),
    guestEmail: words(booking('guest', 'email')),
    guestPhone: words(booking('guest', 'phone')),
    partySize: typeof party === 'number' ? party : undefined,
  });
}

const events: Readonly<Record<string, Correction['kind']>> = {
  'booking.created': 'created',
  'booking.changed': 'changed',
  'booking.cancelled': 'cancelled',
};

const presentable = (found: Record<string, unknown>): Meant =>
  Object.fromEntries(
    Object.entries(found).filter(
      ([, value]) =>
        value !== undefined && value !== null && !(typeof value === 'string' && looksLikeMoney(value)),
    ),
  );
