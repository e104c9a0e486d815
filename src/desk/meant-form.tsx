import type { Fleet } from '#booking/fleet.ts';
import { isNotEmpty, type Problem } from '#booking/problem.ts';
import { correctedFields } from '#intake/corrected.ts';
import type { Correction, Meant } from '#intake/inbox.ts';
import { fromText, type MailAccount } from '#intake/mail/mail-account.ts';
import { Button, Card, Choice, Field, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { problemsBeside, wrongWith } from './form.ts';
import { ProblemNotices } from './problem-notices.tsx';

/** What the form of a correction holds, as typed. */
export type MeantFields = Record<keyof Correction, string>;

const names = [
  'kind',
  'externalId',
  'vessel',
  'start',
  'end',
  'guestName',
  'guestEmail',
  'guestPhone',
  'partySize',
] as const satisfies readonly (keyof Correction)[];

/** The form as it stands before anybody typed. */
export const meantBefore = (known: Meant): MeantFields => fieldsFrom(name => String(known[name] ?? ''));

/** The form as it was posted. */
export const meantPosted = (field: (name: string) => string): MeantFields => fieldsFrom(field);

const fieldsFrom = (of: (name: keyof Correction) => string) =>
  Object.fromEntries(names.map(name => [name, of(name)])) as MeantFields;

/** What a person typed as a correction, or what is wrong with it. */
export function correctionFrom(
  typed: MeantFields,
  fleet: Fleet,
): { correction: Correction } | { problems: readonly Problem[] } {
  const kind = typed.kind === 'changed' || typed.kind === 'cancelled' ? typed.kind : 'created';
  const needed = kind === 'cancelled' ? (['externalId'] as const) : required;
  const missing = needed.filter(name => typed[name] === '').map(name => notSaid(name));
  if (isNotEmpty(missing)) return { problems: missing };
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(typed.externalId)) return { problems: [noName] };
  const correction = {
    kind,
    externalId: typed.externalId,
    vessel: typed.vessel,
    start: typed.start,
    end: typed.end,
    guestName: typed.guestName.slice(0, 200),
    guestEmail: typed.guestEmail || null,
    guestPhone: typed.guestPhone || null,
    partySize: /^\d{1,3}$/.test(typed.partySize) ? Number(typed.partySize) : 0,
  } as const;
  const read = correctedFields(correction, { fleet });
  return 'problems' in read ? { problems: read.problems } : { correction };
}

const required = ['externalId', 'vessel', 'start', 'end', 'guestName', 'partySize'] as const;

const notSaid = (field: string): Problem => ({
  field,
  code: 'field-missing',
  reason: 'This is not said yet.',
  cure: 'Take it from the message or from the marketplace.',
});

const noName: Problem = {
  field: 'externalId',
  code: 'field-wrong',
  reason: 'That is no name of a booking.',
  cure: 'Letters, digits and . _ : - as the marketplace writes it.',
};

/** Every field of a message that was held back, with what was read there, for a person to say what is meant. */
export function MeantForm(props: {
  fleet: Fleet;
  delivery: string;
  formToken: string;
  fields: MeantFields;
  account: MailAccount | null;
  problems: readonly Problem[];
}) {
  const { fields, problems, account } = props;
  const about = (name: keyof Correction, label: string) => ({
    name,
    label,
    value: fields[name],
    hint: readAs(name, account),
    wrong: wrongWith(problems, name),
  });
  const time = (name: 'start' | 'end') =>
    wrongWith(problems, name) && /[Z+]|-\d{2}:\d{2}$/.test(fields[name]) ? 'text' : 'datetime-local';
  return (
    <Card title="Say what it means" id="meant">
      <ProblemNotices problems={problemsBeside(problems, names)} />
      <PostForm action={paths.deskMeant(props.delivery)} formToken={props.formToken}>
        <p class="quiet">
          Look at the marketplace and fill in what is missing or wrong. The message is then read as you say;
          what it says about money still goes to the books by itself.
        </p>
        <div class="fields">
          <Choice
            {...about('kind', 'What happened')}
            options={[
              { value: 'created', label: 'A new booking' },
              { value: 'changed', label: 'A booking changed' },
              { value: 'cancelled', label: 'A booking is off' },
            ]}
          />
          <Field {...about('externalId', 'Its name at the marketplace')} required input={{ maxlength: 64 }} />
          <Choice
            {...about('vessel', 'Vessel')}
            none="Choose"
            options={props.fleet.vessels.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
        <div class="fields">
          <Field {...about('start', 'Start, the clock at the berth')} type={time('start')} />
          <Field {...about('end', 'End')} type={time('end')} />
        </div>
        <div class="fields">
          <Field {...about('partySize', 'Passengers')} type="number" input={{ min: 1, max: 999 }} />
          <Field {...about('guestName', 'Guest')} input={{ maxlength: 120, autocomplete: 'off' }} />
          <Field {...about('guestEmail', 'E-mail')} type="email" input={{ autocomplete: 'off' }} />
          <Field {...about('guestPhone', 'Telephone')} type="tel" input={{ autocomplete: 'off' }} />
        </div>
        <div class="row">
          <Button kind="main">Read it as I say</Button>
        </div>
      </PostForm>
    </Card>
  );
}

const placesOf: Readonly<Record<keyof Correction, readonly string[]>> = {
  kind: [],
  externalId: ['booking'],
  vessel: ['vessel'],
  start: ['date', 'start', 'startAt'],
  end: ['end', 'endAt', 'endDate', 'hours'],
  guestName: ['guestName'],
  guestEmail: ['guestEmail'],
  guestPhone: ['guestPhone'],
  partySize: ['partySize'],
};

/** `Read: “Old boat” (row “Boat” of the text part)`, once for each value that differs. */
function readAs(name: keyof Correction, account: MailAccount | null): string | undefined {
  const read = (account?.fields ?? []).filter(({ place }) => placesOf[name].includes(place));
  const distinct = [...new Map(read.map(one => [`${one.place} ${one.value}`, one])).values()];
  if (distinct.length === 0) return undefined;
  return `Read: ${distinct.map(({ value, from, row }) => `“${value ?? 'withheld'}” (${fromText(from, row)})`).join(', ')}`;
}
