import type { Adapter } from '#intake/adapter.ts';
import { at, words } from '#intake/at-path.ts';
import type { Mapping } from '#intake/mapping.ts';
import { standardWebhooks } from '#intake/proofs.ts';
import { fromCents, nothing, readTold, statusUnknown, type Told } from './told.ts';

/**
 * JSON of somebody's own making, read by the mapping that the operator wrote into the configuration. Signed as Standard
 * Webhooks has it, or with an HMAC in a header of its own (`signature`), or not, and then the address is the secret.
 */
export const json: Adapter = {
  proof: standardWebhooks,
  media: ['json'],
  times: null,
  naming: 'arrival',
  api: null,
  read(sent, delivery, room) {
    const { mapping } = room.settings;
    if (!mapping) throw new Error('a source of the kind json has no mapping');
    const find = (path: string | undefined) => (path === undefined ? undefined : found(sent, path));
    const word = words(find(mapping.state.at));
    const means =
      word !== null && Object.hasOwn(mapping.state.words, word) ? mapping.state.words[word] : undefined;
    if (means === undefined) return statusUnknown(word, 'the sender');
    if (means === 'nothing') return nothing;
    const gross = find(mapping.money?.gross);
    const told: Told = {
      event: means === 'cancelled' ? 'cancelled' : 'changed',
      status: means === 'tentative' ? 'tentative' : 'confirmed',
      id: find(mapping.id),
      version: find(mapping.version),
      replaces: find(mapping.replaces),
      occurredAt: find(mapping.occurredAt),
      note: words(find(mapping.note)) ?? undefined,
      payout: mapping.money && {
        gross: mapping.money.isCents ? fromCents(gross) : gross,
        currency: words(find(mapping.money.currency)) ?? undefined,
      },
    };
    const how = { marketplace: 'the sender', timed: mapping.occurredAt !== undefined };
    if (means === 'cancelled') return readTold(told, how, delivery, room);
    const trip = {
      listing: [find(mapping.vessel)],
      start: timeIn(mapping.start, find),
      end: timeIn(mapping.end, find),
      guest: {
        name: [mapping.guest.name]
          .flat()
          .map(path => words(find(path)))
          .filter(Boolean)
          .join(' '),
        email: find(mapping.guest.email),
        phone: find(mapping.guest.phone),
      },
      passengers: total(find(mapping.partySize)),
    };
    return readTold({ ...told, trip }, how, delivery, room);
  },
};

type Find = (path: string | undefined) => unknown;

function timeIn(where: Mapping['start'] | Mapping['end'], find: Find): unknown {
  if (where === undefined || typeof where === 'string') return find(where);
  if ('minutes' in where) {
    const minutes = find(where.minutes);
    return minutes === undefined ? undefined : { minutes };
  }
  const [date, time] = [words(find(where.date)), words(find(where.time))];
  return date === null || time === null ? undefined : `${date}T${time}`;
}

/** `a.b[0].c`; behind `[]` everything in a list, as a list. */
function found(sent: unknown, path: string): unknown {
  const steps = [...path.matchAll(/[^.[\]]+|\[\d*\]/g)].map(([step]) => step);
  const all = steps.indexOf('[]');
  const keys = (of: readonly string[]) =>
    of.map(step => (step.startsWith('[') ? Number(step.slice(1, -1)) : step));
  if (all < 0) return at(sent, ...keys(steps));
  const list = at(sent, ...keys(steps.slice(0, all)));
  return Array.isArray(list) ? list.map(item => at(item, ...keys(steps.slice(all + 1)))) : undefined;
}

/** A list is added up; one that holds anything but whole numbers is no number, and is refused as it stands. */
function total(value: unknown): unknown {
  if (!Array.isArray(value)) return value ?? null;
  const counts = value.map(one => Number(words(one) ?? Number.NaN));
  return counts.length > 0 && counts.every(Number.isInteger)
    ? counts.reduce((a, b) => a + b, 0)
    : 'not a number';
}
