import type { Audience } from '#lib/audience.ts';
import { fenced } from '#lib/audience.ts';
import { Refusal } from '#lib/refusal.ts';

/** One thing that leaves the program: a page, a letter, a feed, a response. */
export type Outgoing = {
  audience: Audience;
  /** Where it goes, for the alert and the tap: `page`, `mail`, `http`, `feed`. */
  channel: string;
  /** The ids of the bookings or crew events it is about: whose amounts are looked for. */
  about: readonly string[];
  body: string | Uint8Array;
};

/**
 * The single way out. Every byte for a person passes `emit` before it is compressed or encoded, so one place can
 * refuse a leak and one place can be tapped by a test.
 */
export interface Egress {
  /** Resolves when it may leave; rejects with `money-in-output` where a fenced audience would be sent one of the booking's own amounts. */
  emit(outgoing: Outgoing): Promise<void>;
}

/**
 * Whether something holds an amount of what it is about. Answered on the money side, yes or no: who asks never sees an
 * amount, and in the AWS edition has no right to.
 */
export type Leaks = (outgoing: Outgoing) => Promise<boolean>;

/** How an amount of a booking could be spelled in text. Supplied by the finances room; the rest of the program cannot ask. */
export type Canaries = (
  about: readonly string[],
  audience: Audience,
) => readonly string[] | Promise<readonly string[]>;

/** Looks through the text for each spelling. */
export const lookingFor =
  (canaries: Canaries): Leaks =>
  async ({ about, audience, body }) => {
    const amounts = await canaries(about, audience);
    if (amounts.length === 0) return false;
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    return amounts.some(amount => containsWhole(text, amount));
  };

export function egress(options: {
  leaks: Leaks;
  /** Told of each refusal: an alert, because it means that a leak was written and only the last gate held. */
  onRefused: (outgoing: Outgoing) => void;
  /** Sees everything that leaves, in order. Tests only. */
  tap?: (outgoing: Outgoing) => void;
}): Egress {
  return {
    async emit(outgoing) {
      const { audience, channel, about } = outgoing;
      const isWatched = about.length > 0 && (fenced.has(audience) || audience === 'payee');
      if (isWatched && (await options.leaks(outgoing))) {
        options.onRefused(outgoing);
        throw new Refusal(
          'money-in-output',
          'This was held back: it contains an amount of the booking and is not for the owner.',
          'Remove the amount from what was typed, then retry. If nobody typed it, report it: it is a defect.',
          { channel, audience },
        );
      }
      options.tap?.(outgoing);
    },
  };
}

const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';

/** Whether `needle` stands in `text` with no digit touching either end: 840.75 is not in 1840.75. */
function containsWhole(text: string, needle: string): boolean {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    if (!isDigit(text[at - 1]) && !isDigit(text[end]) && !isHexadecimal(text, at, end)) return true;
  }
  return false;
}

/**
 * Whether these characters are part of a colour (`#39454d`) or of a digest, which stand on every page and hold any five
 * digits now and then: a page must not be held back because of its price. `USD39454` is neither.
 */
function isHexadecimal(text: string, from: number, to: number): boolean {
  const isOf = (pattern: RegExp, at: number) => pattern.test(text[at] ?? '');
  for (let at = from; at < to; at++) if (!isDigit(text[at])) return false;
  let [start, end] = [from, to];
  while (isOf(/[0-9a-z]/i, start - 1)) start--;
  while (isOf(/[0-9a-z]/i, end)) end++;
  const word = text.slice(start, end);
  if (text[start - 1] === '#' && word.length === 6) return /^[0-9a-f]+$/i.test(word);
  return word.length >= 32 && /^[0-9a-f]+$/.test(word) && /[a-f]/.test(word);
}
