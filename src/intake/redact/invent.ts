import { sha256 } from '#lib/digest.ts';
import { literal } from '#lib/literal.ts';

/** What is known of a mail before anything in it is replaced. */
export type Known = {
  /** Names of people, as they stand there. */
  readonly names: readonly string[];
  /** What guests typed, as a whole. */
  readonly notes: readonly string[];
  /** Names of bookings. */
  readonly ids: readonly string[];
  /** Words that say nothing about anybody: labels, vessels, the words of templates. Lower case. */
  readonly keep: ReadonlySet<string>;
};

/** The same text with everybody in it invented. One inventor for a mail, so that its parts still agree. */
export type Invent = (text: string) => string;

const first = ['Avery', 'Blake', 'Casey', 'Drew', 'Ellis', 'Flynn', 'Gray', 'Harper', 'Indigo', 'Jules'];
const last = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy', 'Juniper'];

const months =
  'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec';

/** Days and clocks, which stay: without them a fixture shows nothing. */
const times = [
  '\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?)?',
  '\\d{1,2}:\\d{2}(?::\\d{2})?',
  `(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?(?![\\d.,]*\\d)`,
  `\\d{1,2}(?:st|nd|rd|th)? (?:${months})\\.?(?:,? \\d{4})?`,
  '\\d{1,2}/\\d{1,2}/\\d{2,4}',
].join('|');

const email = '[^\\s<>@"(),;:]+@[^\\s<>@"(),;:]+\\.[a-z]{2,}';
const number = '\\p{Sc}?[ \\u00a0]?\\+?\\(?\\d[\\d.,()\\u00a0 /-]*\\d\\)?|\\p{Sc}[ \\u00a0]?\\d|\\d';
const code = '(?=[\\p{L}_-]*\\d)(?=[\\d_-]*\\p{L})[\\p{L}\\d_-]{5,}';
const word = "\\p{L}[\\p{L}\\p{M}'’-]*";

const tokens = new RegExp(
  `(?<url>https?://[^\\s<>"')]+)|(?<email>${email})|(?<time>${times})|(?<code>${code})|(?<number>${number})|(?<word>${word})`,
  'giu',
);

/** Words every mail has. */
const usual = new Set(
  `a about accept account after again all am an and any app are arrival as at be before below best boat boats booked booking bookings button by can cancel cancellation cancelled captain charter check click confirm confirmed contact copyright customer date day days dear deposit details do earnings email end enjoy every fee for from get go good great guest guests happy has have hello help here hey hi hour hours how if in include information is it just learn let link list listing look make manage may me message minutes more need new news no not note now of on open or order our out owner paid party passengers payment payout phone please policy price questions read refund reminder rent renter reply request reservation reserved review see send service share sincerely start status support team terms thank thanks the there this time to today total trip trips until update updated us view visit we welcome when will with you your yours mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday am pm utc gmt pst pdt mst mdt cst cdt est edt usd eur gbp ${months.toLowerCase().replaceAll('|', ' ').replace('sept?', 'sep sept')}`.split(
    ' ',
  ),
);

/**
 * Makes an inventor. What people are called, where they are reached, what they paid and what they typed becomes something
 * else of the same shape: digits stay digits, capitals stay capitals. Days and clocks stay. `seed` is drawn for one mail and
 * kept nowhere, so that nobody can calculate back.
 */
export function inventor({ names, notes, ids, keep }: Known, seed: string): Invent {
  const nameWords = new Set(
    names.flatMap(name => name.match(new RegExp(word, 'gu')) ?? []).map(one => one.toLowerCase()),
  );
  const known = new Set(ids.map(id => id.toLowerCase()));
  const invented = new Map<string, string>();
  const people = new Map<string, string>();
  const draw = (text: string, at: number) => Number.parseInt(sha256(`${seed} ${text} ${at}`).slice(0, 8), 16);

  const person = (original: string): string => {
    const key = original.toLowerCase();
    const taken = people.size;
    // Nobody is called by the name of another who is in the mail.
    const list = (taken % 2 === 0 ? first : last).filter(one => !nameWords.has(one.toLowerCase()));
    const fresh = `${list[Math.floor(taken / 2) % list.length]}${taken < 16 ? '' : letters(taken)}`;
    const chosen = people.get(key) ?? fresh;
    people.set(key, chosen);
    if (original === original.toUpperCase() && original.length > 1) return chosen.toUpperCase();
    return original === key ? chosen.toLowerCase() : chosen;
  };
  const shaped = (original: string) => {
    const before = invented.get(original.toLowerCase());
    if (before !== undefined) return before;
    const text = [...original]
      .map((char, at) => otherChar(char, draw(original.toLowerCase(), at), at === 0))
      .join('');
    invented.set(original.toLowerCase(), text);
    return text;
  };
  const digits = (original: string) => {
    const bare = original.replace(/\D/g, '');
    let at = 0;
    return original.replace(/\d/g, digit => otherChar(digit, draw(bare, at), at++ === 0));
  };
  const address = (original: string) => {
    const key = original.toLowerCase();
    const text = invented.get(key) ?? `guest${invented.size + 1}@example.org`;
    invented.set(key, text);
    return text;
  };
  const wordOf = (original: string) => {
    const key = original.toLowerCase();
    if (known.has(key)) return shaped(original);
    if (nameWords.has(key) && !(usual.has(key) && original === key)) return person(original);
    if (keep.has(key) || usual.has(key) || key.length < 2) return original;
    const isPlain = /^\p{Ll}/u.test(original) && /^[\p{Script=Latin}\p{M}'’-]+$/u.test(original);
    return isPlain ? original : person(original);
  };

  const phrases = names.filter(name => /\s/.test(name.trim())).toSorted((a, b) => b.length - a.length);
  const note = anyOf(notes);
  const wholes = new RegExp(`(${note}|${anyOf(phrases)})`, 'giu');
  const isNote = new RegExp(`^(?:${note})$`, 'iu');
  const inventWords = (text: string) =>
    text.replace(tokens, (original: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Record<string, string | undefined>;
      if (groups.url) return 'https://www.example.com/';
      if (groups.email) return address(original);
      if (groups.time) return original;
      if (groups.code) return keep.has(original.toLowerCase()) ? original : shaped(original);
      if (groups.number) return /^\d{1,2}$/.test(original.trim()) ? original : digits(original);
      return wordOf(original);
    });
  // Every second piece is a note or a whole name; what was invented for it is not invented again.
  return text =>
    text
      .split(wholes)
      .map((piece, at) => {
        if (at % 2 === 0) return inventWords(piece);
        return isNote.test(piece) ? 'A note, left out.' : piece.replace(new RegExp(word, 'gu'), person);
      })
      .join('');
}

const letters = (n: number) => String.fromCharCode(97 + (n % 26));

/** Another character of the same kind; a leading digit stays one that can lead. */
function otherChar(char: string, chance: number, leads: boolean): string {
  if (/\d/.test(char)) {
    const from = leads ? 1 : 0;
    const choices = '0123456789'.slice(from).replace(char, '');
    return choices[chance % choices.length] ?? '1';
  }
  if (!/\p{L}/u.test(char)) return char;
  const choices = 'bcdfghkmnpqrstvwxz'.replace(char.toLowerCase(), '');
  const other = choices[chance % choices.length] ?? 'x';
  return char === char.toLowerCase() ? other : other.toUpperCase();
}

/** What any of these texts looks like, however the white space between their words stands; nothing looks like none. */
const anyOf = (texts: readonly string[]) => texts.map(loosely).join('|') || '(?!)';

const loosely = (text: string) => text.trim().split(/\s+/).map(literal).join('[\\s>]+');
