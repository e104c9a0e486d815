import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Mailer } from './mailer.ts';
import { type Suppressed, withheld } from './suppressed.ts';

/**
 * Hands over nothing that is withheld, and notes an address of which the mail server says that it does not exist. Around
 * any mailer, so that both sides of the money fence keep to it.
 */
export function withholdingMailer(mailer: Mailer, suppressed: Suppressed, clock: Clock): Mailer {
  return {
    ...mailer,
    async send(letter) {
      const { address } = letter.to;
      const why = withheld(await suppressed.find(address), letter);
      if (why) return { kind: 'returned', reason: why };
      const handed = await mailer.send(letter);
      if (handed.kind === 'returned' && handed.noSuchMailbox) {
        await suppressed.add({
          why: 'bounce',
          address,
          at: isoInstant(clock.now()),
          said: handed.reason,
        });
      }
      return handed;
    },
  };
}
