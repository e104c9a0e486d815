import type { Booking } from '#booking/booking.ts';
import { sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { mailIntake } from '#intake/mail/mail-intake.fixture.ts';
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
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      const name = `x${seed}m`;
      const noted = world.notes.length;
      const honest = sampleMail('boatsetter-new', { xhqgmdh: name }).toString('latin1');
      const garbled = garble(honest, dice);
      try {
        const { state, problems, outcome } = await world.bring(
          await signedBy('boatsetter.com', Buffer.from(garbled.mail, 'latin1')),
        );
        if (state === 'recorded') {
          figures['read all the same']++;
          const booking = outcome?.booking ? await world.bookings.find(outcome.booking) : null;
          const wrong = wrongIn(name, booking, world.notes.slice(noted));
          if (wrong) violations.push({ seed, what: `${wrong} after ${garbled.how}` });
        } else if (state === 'quarantined') {
          figures[problems[0]?.code === 'mail-malformed' ? 'not even a mail' : 'held for a person']++;
        } else violations.push({ seed, what: `${state} after ${garbled.how}` });
      } catch (error) {
        violations.push({ seed, what: `${String(error)} after ${garbled.how}` });
      }
    }
    return { done: to - from, figures, violations };
  },
});

type Notes = ReturnType<typeof mailIntake>['notes'];

/** What differs from the booking that the mail is about; null where nothing does. */
function wrongIn(name: string, booking: Booking | null, notes: Notes): string | null {
  const seen = booking && [
    booking.names[0]?.externalId,
    booking.vessel,
    booking.start.at,
    booking.end.at,
    booking.guest.name,
    booking.guest.email,
    booking.guest.phone,
    booking.partySize,
  ];
  const meant = [
    name,
    'heron',
    '2027-05-30T23:30:00Z',
    '2027-05-31T02:30:00Z',
    'Carole Whitfield',
    'carole.whitfield@example.org',
    '+1 619 555 0142',
    4,
  ];
  if (JSON.stringify(seen) !== JSON.stringify(meant)) return `booked as ${JSON.stringify(seen)}`;
  const gross = notes.flatMap(({ note }) => note.gross ?? []);
  const isWrong = (amount: string) => /^\d+(\.\d+)?$/.test(amount) && amount !== '840.75';
  return gross.some(isWrong) ? `an amount of ${gross.join(', ')}` : null;
}

/** Garbles the subject, the text part or the HTML part, and nothing else: what is left has to agree with itself. */
export function garble(mail: string, dice: Dice): { mail: string; how: string } {
  const { pick, below, between } = dice;
  const html = mail.indexOf('--=_synthetic_0001\r\nContent-Type: text/html');
  const text = mail.indexOf('Good news');
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
