import type { Problem } from '#booking/problem.ts';
import { looksLikeMoney } from '#crew/money-words.ts';
import type { Correction, Meant } from '#intake/inbox.ts';
import type { ReadingRoom } from '#intake/source.ts';
import { vesselOf } from '#intake/vessel-of.ts';
import type { Place, Said } from './form.ts';
import type { MailPart } from './look-at-mail.ts';
import type { MailReading } from './mail-reading.ts';
import type { MailExplained } from './take-mail.ts';
import { shownLabels, type Template } from './template.ts';
import type { Vouch } from './vouch.ts';

/** What became of a mail in words for whoever asks why. Nothing that is for the books is in it, so operators may read it. */
export type MailAccount = {
  readonly part: MailPart;
  readonly vouch: Vouch;
  readonly template: Pick<Template, 'name' | 'kind'> | null;
  readonly coverage: readonly CoverageShown[];
  readonly fields: readonly FieldShown[];
  readonly problems: readonly Problem[];
  /** What a correction by a person may start from: values that all parts agree on. */
  readonly meant: Meant;
};

/** How much of one part its template knows. */
export type CoverageShown = {
  readonly part: 'text' | 'html';
  readonly found: number;
  readonly understood: number;
  /** Rows no template names, as far as their labels can be shown. */
  readonly unknown: string;
};

/** One place, what was read there, and which rule took it from where. `value` is null for what only the books may know. */
export type FieldShown = {
  readonly place: Place;
  readonly value: string | null;
  readonly from: 'subject' | 'text' | 'html';
  /** The label of the row; null for the subject. */
  readonly row: string | null;
  /** The form it was read by. */
  readonly form: string;
};

/** Tells what was found out about a mail. */
export function mailAccount({ part, vouch, reading, read }: MailExplained, room: ReadingRoom): MailAccount {
  const { template } = reading;
  return {
    part,
    vouch,
    template: template && { name: template.name, kind: template.kind },
    coverage: reading.parts.map(one => ({
      part: one.part,
      found: one.coverage.found,
      understood: one.coverage.understood,
      unknown: shownLabels(one.coverage.unknown),
    })),
    fields: fieldsOf(reading),
    problems: 'problems' in read ? read.problems : [],
    meant: meantBy(reading, room),
  };
}

const kinds: Partial<Record<Template['kind'], Correction['kind']>> = {
  new: 'created',
  changed: 'changed',
  cancelled: 'cancelled',
};

function meantBy({ template, values, problems }: MailReading, room: ReadingRoom): Meant {
  const said = (place: Place) => {
    const value = problems.some(({ field }) => field === place) ? undefined : values.get(place)?.value;
    return value === undefined || looksLikeMoney(value) ? undefined : value;
  };
  const [day, until, word, party] = [said('date'), said('endDate'), said('vessel'), said('partySize')];
  const at = (date: string | undefined, clock: string | undefined) => date && clock && `${date}T${clock}`;
  const kind = template ? kinds[template.kind] : undefined;
  const all = {
    kind,
    externalId: said('booking'),
    vessel: word === undefined ? undefined : vesselOf(word, room)?.id,
    start: said('startAt') ?? at(day, said('start')),
    end: said('endAt') ?? at(until ?? day, said('end')),
    guestName: said('guestName'),
    guestEmail: said('guestEmail'),
    guestPhone: said('guestPhone'),
    partySize: party === undefined ? undefined : Number(party),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function fieldsOf({ subject, parts, template }: MailReading): FieldShown[] {
  return [
    ...subject.map(one => shown(one, 'subject', null, template?.subject ?? '')),
    ...parts.flatMap(({ part, said }) => said.map(one => shown(one, part, one.row, one.form))),
  ];
}

/** A template that went wrong may take an amount for a name: what looks like one is not shown either. */
const shown = (
  { place, value, isFinance }: Said,
  from: FieldShown['from'],
  row: string | null,
  form: string,
): FieldShown => ({ place, value: isFinance || looksLikeMoney(value) ? null : value, from, row, form });

/** The account as lines for a terminal. */
export function accountText({ part, vouch, template, coverage, fields, problems }: MailAccount): string {
  const voucher = vouch.by === 'nobody' ? `nobody: ${vouch.why}` : vouch.by;
  const width = Math.max(0, ...fields.map(({ place }) => place.length));
  return [
    `Read: ${part}`,
    `Vouched for by: ${voucher}`,
    `Template: ${template ? `${template.name} (${template.kind})` : 'none fits'}`,
    ...coverage.map(coverageText),
    ...(fields.length > 0 ? ['', 'Fields:'] : []),
    ...fields.map(
      ({ place, value, from, row, form }) =>
        `  ${place.padEnd(width)}  ${value ?? '(for the books only)'}  ← ${fromText(from, row)}, read as ${form}`,
    ),
    '',
    ...(problems.length === 0
      ? ['Wholly understood.']
      : problems.map(
          ({ field, code, reason, cure }) => `Problem with ${field} (${code}): ${reason}\n  ${cure}`,
        )),
  ].join('\n');
}

/** `HTML part: 9 of 10 rows understood; unknown: “Deposit”`. */
export const coverageText = ({ part, found, understood, unknown }: CoverageShown): string =>
  `${partWord(part)} part: ${understood} of ${found} rows understood${unknown === '' ? '' : `; unknown: ${unknown}`}`;

/** `row “Date” of the text part`, or `the subject`. */
export const fromText = (from: FieldShown['from'], row: string | null): string =>
  from === 'subject' ? 'the subject' : `row “${row}” of the ${partWord(from)} part`;

const partWord = (part: 'text' | 'html') => (part === 'html' ? 'HTML' : 'text');
