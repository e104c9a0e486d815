import { verifyWebhook, webhookKey } from '#intake/verify-webhook.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { honestSecret, type Signed, signedWith, spoil } from './spoil.ts';

const keys = [webhookKey(honestSecret)];
const now = Date.parse('2027-05-01T19:00:00Z');
const clock = { now: () => now, after: () => () => {} };

/** One message in a hundred is left as it is, because a door that lets nobody in would pass all the rest. */
const honestShare = 0.01;

export const forgeries = inSlices({
  name: 'forgeries',
  promise:
    'A message that is not signed, byte for byte, by who it says it is from is let in by nothing in it.',
  unit: 'messages',
  gate: 100_000,
  full: 1_000_000,
  chunk: 5_000,
  async slice(from, to) {
    const violations: Violation[] = [];
    let forged = 0;
    let honest = 0;
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      const { chance, below } = dice;
      const body = Buffer.from(
        `{"type":"booking.created","booking":{"id":"b${below(1_000_000)}","party_size":${below(9)}}}`,
      );
      const good: Signed = signedWith(honestSecret, {
        id: `msg_${seed}`,
        timestamp: String(Math.floor(now / 1000) - 300 + below(601)),
        body,
      });
      const isHonest = chance(honestShare);
      const { sent, how } = isHonest ? { sent: good, how: 'as it was' } : spoil(good, dice, now);
      const isIn = accepted(sent);
      if (isHonest) honest++;
      else forged++;
      if (isIn !== isHonest)
        violations.push({ seed, what: isIn ? `let in: ${how}` : 'an honest message was refused' });
    }
    return { done: to - from, figures: { forged, 'honest ones let in': honest }, violations };
  },
});

function accepted({ headers, body }: Signed): boolean {
  try {
    // As the HTTP server hands them over: names without case, repeated ones joined.
    const given = new Map<string, string>();
    for (const [name, value] of headers) {
      const before = given.get(name.toLowerCase());
      given.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
    }
    verifyWebhook({ header: name => given.get(name) ?? null, body }, keys, clock);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
