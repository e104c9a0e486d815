import type { Booking } from '#booking/booking.ts';
import { sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { mailIntake } from '#intake/mail/mail-intake.fixture.ts';
import type { MailSender } from '#intake/mail/senders.ts';
import type { Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';

export const mutatedMails = inSlices({
  name: 'mutated-mails',
  promise:
    'A mail of the marketplace of which one part was garbled becomes the booking it was or waits for a person: never another booking, never another amount.',
  unit: 'mails',
  gate: 10_000,
  full: 100_000,
  chunk: 50,
  async slice(from, to) {
    const violations: Violation[] = [];
    const figures = { 'read all the same': 0, 'held for a person': 0, 'not even a mail': 0 };
    const world = mailIntake();
    world.clock.set('2027-05-01T15:30:00Z');
    for (let seed = from; seed < to; seed++) {
      const sample = samples[seed % samples.length] ?? samples[0];
      const { sender } = sample;
      const name = `x${seed}m`;
      const named = { [sample.booking]: name };
      if (sample.after) await world.sample(sample.after, named);
      const noted = world.notes.length;
      const garbled = garble(sampleMail(sample.mail, named).toString('latin1'), diceOf(seed));
      const violation = (what: string) =>
        violations.push({ seed, what: `${what} after ${garbled.how} of ${sample.mail}` });
      try {
        const mail = await signedBy(`${sender}.com`, Buffer.from(garbled.mail, 'latin1'));
        const { state, problems, outcome } = await world.bring(mail, sender);
        if (state === 'recorded') {
          figures['read all the same']++;
          const booking = outcome?.booking ? await world.bookings.find(outcome.booking) : null;
          const wrong = wrongIn(name, sample, booking, world.notes.slice(noted));
          if (wrong) violation(wrong);
        } else if (state === 'quarantined') {
          figures[problems[0]?.code === 'mail-malformed' ? 'not even a mail' : 'held for a person']++;
        } else violation(state);
      } catch (error) {
        violation(String(error));
      }
    }
    return { done: to - from, figures, violations };
  },
});

type Sample = {
  readonly mail: string;
  readonly sender: MailSender;
  /** The name of the booking in it, and the mail that has to have come before it. */
  readonly booking: string;
  readonly after?: string;
  /** What the booking is afterwards. */
  readonly truth: readonly unknown[];
  readonly gross: string | null;
};

const whitfield = ['Carole Whitfield', 'carole.whitfield@example.org', '+1 619 555 0142'];
const booked = ['confirmed', 'heron', '2027-05-30T23:30:00Z', '2027-05-31T02:30:00Z', ...whitfield, 4];
const ofBoatsetter = { sender: 'boatsetter', booking: 'xhqgmdh' } as const;
const samples: readonly [Sample, ...Sample[]] = [
  { ...ofBoatsetter, mail: 'boatsetter-new', truth: booked, gross: '840.75' },
  {
    ...ofBoatsetter,
    mail: 'boatsetter-changed',
    truth: ['confirmed', 'heron', '2027-05-30T22:30:00Z', '2027-05-31T01:30:00Z', ...whitfield, 5],
    gross: '840.75',
  },
  {
    ...ofBoatsetter,
    mail: 'boatsetter-cancelled',
    after: 'boatsetter-new',
    truth: ['cancelled', ...booked.slice(1)],
    gross: null,
  },
  {
    mail: 'getmyboat-new',
    sender: 'getmyboat',
    booking: 'GMB-481516',
    truth: [
      ...['confirmed', 'heron', '2027-06-13T00:00:00Z', '2027-06-13T03:00:00Z'],
      ...['Otto Lindqvist', 'otto@example.org', null, 6],
    ],
    gross: '912.00',
  },
];

type Notes = ReturnType<typeof mailIntake>['notes'];

/** What differs from the booking that the mail is about; null where nothing does. */
function wrongIn(
  name: string,
  { truth, gross }: Sample,
  booking: Booking | null,
  notes: Notes,
): string | null {
  const seen = booking && [
    booking.names[0]?.externalId,
    booking.status,
    booking.vessel,
    booking.start.at,
    booking.end.at,
    booking.guest.name,
    booking.guest.email,
    booking.guest.phone,
    booking.partySize,
  ];
  if (JSON.stringify(seen) !== JSON.stringify([name, ...truth])) return `booked as ${JSON.stringify(seen)}`;
  const told = notes.flatMap(({ note }) => note.gross ?? []);
  const isWrong = (amount: string) => /^\d+(\.\d+)?$/.test(amount) && amount !== gross;
  return told.some(isWrong) ? `an amount of ${told.join(', ')}` : null;
}

/** Garbles the subject, the text part or the HTML part, and nothing else: what is left has to agree with itself. */
export function garble(mail: string, dice: Dice): { mail: string; how: string } {
  const { pick, below, between } = dice;
  const html = mail.indexOf('--=_synthetic_0001\r\nContent-Type: text/html');
  const text = mail.indexOf('\r\n\r\n', mail.indexOf('Content-Type: text/plain')) + 4;
  const subject = mail.indexOf('Subject: ') + 9;
  const [from, to, where] = pick([
    [text, html, 'the text part'],
    [html + 60, mail.lastIndexOf('--=_synthetic_0001--'), 'the HTML part'],
    [subject, mail.indexOf('\r\n', subject), 'the subject'],
  ] as const);
  let part = mail.slice(from, to);
  const done: string[] = [];
  for (let times = between(1, 4); times > 0; times--) {
    const at = below(part.length);
    const length = between(1, 12);
    const how = pick([
      'another digit',
      'cut',
      'doubled',
      'noise',
      'swapped lines',
      'a line less',
      'a line twice',
      'white space',
    ] as const);
    const lines = part.split('\r\n');
    const [a, b] = [below(lines.length), below(lines.length)];
    const [lineA = '', lineB = ''] = [lines[a], lines[b]];
    switch (how) {
      case 'another digit': {
        const digits = [...part.matchAll(/\d/g)];
        const where = digits.length > 0 ? pick(digits).index : 0;
        part = digits.length > 0 ? part.slice(0, where) + String(below(10)) + part.slice(where + 1) : part;
        break;
      }
      case 'cut':
        part = part.slice(0, at) + part.slice(at + length);
        break;
      case 'doubled':
        part = part.slice(0, at + length) + part.slice(at);
        break;
      case 'noise':
        part = part.slice(0, at) + String.fromCharCode(between(32, 126)) + part.slice(at + 1);
        break;
      case 'swapped lines':
        lines[a] = lineB;
        lines[b] = lineA;
        part = lines.join('\r\n');
        break;
      case 'a line less':
        part = lines.filter((_, index) => index !== a).join('\r\n');
        break;
      case 'a line twice':
        part = lines.toSpliced(b, 0, lineA).join('\r\n');
        break;
      case 'white space':
        part = part.slice(0, at) + pick([' ', '\t', '  ', '\xa0']) + part.slice(at);
        break;
    }
    done.push(how);
  }
  return { mail: mail.slice(0, from) + part + mail.slice(to), how: `${done.join(', ')} in ${where}` };
}
