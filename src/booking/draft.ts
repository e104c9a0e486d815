import type { Clock } from '#lib/clock.ts';
import { canonicalJson } from '#lib/digest.ts';
import { epochOf, rangeText } from '#lib/zoned.ts';
import type { Booking, BookingField } from './booking.ts';
import type { CharterMode, Fleet, Vessel } from './fleet.ts';
import type { Account } from './fold.ts';
import { isNotEmpty, type Problem } from './problem.ts';

/** A booking but for what the store and the house add: what its messages say, with nothing missing. */
export type Facts = Pick<
  Booking,
  'vessel' | 'status' | 'start' | 'end' | 'guest' | 'partySize' | 'names' | 'origins'
>;

/** Whether what the messages add up to may become the booking. `withheld`: off, and too little is known to show it. */
export type Judgement =
  | { kind: 'accepted'; facts: Facts; brand: string; charterMode: CharterMode }
  | { kind: 'withheld' }
  | { kind: 'refused'; problems: readonly [Problem, ...Problem[]] };

/** Asked inside the write, so it answers at once and from the configuration only. `before` is the booking as it stands. */
export type Judge = (account: Account, before: Booking | null) => Judgement;

/** Longest trip taken without a person: hours. */
const longestHours = 72;

/** 46 U.S.C. 2101 (uninspected passenger vessel under 100 gross tons): six for hire, or twelve on a bare boat. */
const legalLimit: Record<CharterMode, { limit: number; rule: string }> = {
  time: {
    limit: 6,
    rule: 'an uninspected vessel carries at most 6 passengers for hire (46 U.S.C. 2101)',
  },
  bareboat: { limit: 12, rule: 'a bareboat charter carries at most 12 passengers (46 U.S.C. 2101)' },
  inspected: { limit: Number.POSITIVE_INFINITY, rule: '' },
};

/**
 * The rules a booking has to meet before anything is made from it. A cancellation always passes. Of a booking that
 * stands, only rules about fields that change are asked again: a new phone number does not re-open an old trip's date.
 * Problem codes: `field-missing`, `vessel-unknown`, `guest-name-missing`, `guest-name-too-long`, `email-malformed`, `phone-malformed`,
 * `date-past`, `end-before-start`, `trip-too-long`, `party-empty`, `party-over-limit`.
 */
export function judgeBy(house: { fleet: Fleet; clock: Clock }): Judge {
  return (account, before) => {
    const facts = factsOf(account);
    const vessel = facts ? house.fleet.vessel(facts.vessel) : null;
    if (account.status === 'cancelled') {
      const known = vessel ?? before;
      return facts && known
        ? { kind: 'accepted', facts, brand: known.brand, charterMode: known.charterMode }
        : { kind: 'withheld' };
    }
    const problems = facts
      ? factProblems({ facts, vessel, before, now: house.clock.now() })
      : missing(account).map(field => fieldMissing(field));
    if (isNotEmpty(problems)) return { kind: 'refused', problems };
    if (!facts || !vessel) return { kind: 'withheld' };
    return { kind: 'accepted', facts, brand: vessel.brand, charterMode: vessel.charterMode };
  };
}

/** What people see of a booking: two with the same text need no new revision. */
export const visible = ({ vessel, status, start, end, guest, partySize }: Facts): string =>
  canonicalJson({ vessel, status, start, end, guest, partySize });

const required = ['vessel', 'start', 'end', 'guestName', 'partySize'] as const;
const missing = ({ fields }: Account) => required.filter(field => fields[field] === undefined);

function factsOf({ status, fields, names, origins }: Account): Facts | null {
  const { vessel, start, end, guestName, partySize } = fields;
  if (vessel === undefined || !start || !end || guestName === undefined || partySize === undefined)
    return null;
  const guest = { name: guestName, email: fields.guestEmail ?? null, phone: fields.guestPhone ?? null };
  return { vessel, status, start, end, guest, partySize, names, origins };
}

const words: Record<BookingField, string> = {
  vessel: 'the vessel',
  status: 'the status',
  start: 'when the trip starts',
  end: 'when the trip ends',
  guestName: "the guest's name",
  guestEmail: "the guest's e-mail address",
  guestPhone: "the guest's telephone number",
  partySize: 'how many passengers come',
};

/** The problem of a booking that leaves out what no booking can do without. */
export const fieldMissing = (field: BookingField): Problem => ({
  field,
  code: field === 'guestName' ? 'guest-name-missing' : 'field-missing',
  reason: `The booking does not say ${field === 'guestName' ? 'who the guest is' : words[field]}.`,
  cure: `Find out ${words[field]} and say the booking again with it.`,
});

/** The problem of a vessel nobody configured. */
export const vesselUnknown = (vessel: string): Problem => ({
  field: 'vessel',
  code: 'vessel-unknown',
  reason: `There is no vessel “${vessel.slice(0, 60)}” in the fleet.`,
  cure: "Add the vessel, or the source's name for her, to the configuration; then run this again.",
});

type Case = { facts: Facts; vessel: Vessel | null; before: Booking | null; now: number };

function factProblems(it: Case): Problem[] {
  const { facts, vessel, now } = it;
  const problems: Problem[] = [];
  const changed = (...parts: readonly (keyof Facts)[]) => parts.some(part => differs(it, part));

  if (!vessel) problems.push(vesselUnknown(facts.vessel));
  if (changed('guest')) problems.push(...guestProblems(facts));
  if (changed('start', 'end')) problems.push(...timeProblems(facts, now));
  if (vessel && changed('partySize', 'vessel')) problems.push(...partyProblems(facts.partySize, vessel));
  return problems;
}

/** What is wrong with the guest and the party, for a form whose times cannot be read: everything is said in one go. */
export const withoutTimes = (facts: Pick<Facts, 'guest' | 'partySize'>, vessel: Vessel | null): Problem[] => [
  ...guestProblems(facts),
  ...(vessel ? partyProblems(facts.partySize, vessel) : []),
];

/** Whether a part is new compared with the booking as it stands; one that was off stands for nothing. */
const differs = ({ facts, before }: Case, part: keyof Facts) =>
  !before || before.status === 'cancelled' || canonicalJson(before[part]) !== canonicalJson(facts[part]);

const addressed = /^[^\s@<>()[\]\\",;:]{1,64}@[^\s@<>()[\]\\",;:]+\.[^\s@<>()[\]\\",;:.]+$/u;

const dialled = /^(?=.*\d)[\d\s+()./x#-]{3,40}$/i;
const longestName = 120;

function guestProblems({ guest }: Pick<Facts, 'guest'>): Problem[] {
  const problems: Problem[] = [];
  if (guest.name.trim() === '') problems.push(fieldMissing('guestName'));
  if (guest.name.length > longestName) {
    problems.push({
      field: 'guestName',
      code: 'guest-name-too-long',
      reason: `The guest's name has ${guest.name.length} characters; ${longestName} are the most that fit.`,
      cure: 'Shorten the name to what the guest is called.',
    });
  }
  if (guest.phone !== null && !dialled.test(guest.phone)) {
    problems.push({
      field: 'guestPhone',
      code: 'phone-malformed',
      reason: "The guest's telephone number cannot be one.",
      cure: 'Write it with digits, spaces and a leading +, or leave it out.',
    });
  }
  if (guest.email !== null && (guest.email.length > 254 || !addressed.test(guest.email))) {
    problems.push({
      field: 'guestEmail',
      code: 'email-malformed',
      reason: "The guest's e-mail address cannot be one.",
      cure: 'Ask the guest for the address, or leave it out: the trip works without letters to the guest.',
    });
  }
  return problems;
}

function timeProblems({ start, end }: Facts, now: number): Problem[] {
  const hours = (epochOf(end) - epochOf(start)) / 3_600_000;
  const problems: Problem[] = [];
  if (hours <= 0) {
    problems.push({
      field: 'end',
      code: 'end-before-start',
      reason: `The trip would end at ${end.local.replace('T', ' ')}, not after its start at ${start.local.replace('T', ' ')}.`,
      cure: 'Correct start or end; name the date of the end when the trip goes past midnight.',
    });
  } else if (hours > longestHours) {
    problems.push({
      field: 'end',
      code: 'trip-too-long',
      reason: `The trip would last ${Math.round(hours)} hours; ${longestHours} are the most that is taken.`,
      cure: 'Correct start or end, or enter a longer trip as several bookings.',
    });
  }
  if (epochOf(end) <= now) {
    problems.push({
      field: 'start',
      code: 'date-past',
      reason: `The trip would be over already: ${rangeText(start, end)}.`,
      cure: 'Check the year and the date.',
    });
  }
  return problems;
}

function partyProblems(partySize: number, vessel: Vessel): Problem[] {
  if (!Number.isInteger(partySize) || partySize < 1) {
    return [
      {
        field: 'partySize',
        code: 'party-empty',
        reason: `A party of ${partySize} cannot sail.`,
        cure: 'Ask how many passengers come, the guest included; crew do not count.',
      },
    ];
  }
  const { limit, rule } = legalLimit[vessel.charterMode];
  if (partySize <= Math.min(limit, vessel.capacity)) return [];
  const why = limit <= vessel.capacity ? rule : `${vessel.name} carries at most ${vessel.capacity}`;
  return [
    {
      field: 'partySize',
      code: 'party-over-limit',
      reason: `A party of ${partySize} is too many for ${vessel.name}: ${why}.`,
      cure: `Agree on at most ${Math.min(limit, vessel.capacity)} with the guest, or give them another vessel.`,
    },
  ];
}
