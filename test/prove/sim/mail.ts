import type { Letter } from '#mail/letter.ts';
import type { Handed, Mailer } from '#mail/mailer.ts';
import type { Fate, Life } from './life.ts';

/** A letter in somebody's mailbox. */
export type Arrival = { readonly letter: Letter; readonly at: number };

/** Everybody's mailboxes, and what a mail server may do on the way there. */
export type Mail = {
  readonly arrived: Arrival[];
  /** How often each letter went out in a way that leaves its sender in doubt, by id. */
  readonly doubts: Map<string, number>;
  heldBy(life: Life, patience: (work: () => void) => void, now: () => number): Mailer;
};

export function mail(): Mail {
  const arrived: Arrival[] = [];
  const doubts = new Map<string, number>();
  const doubt = ({ id }: Letter) => doubts.set(id, (doubts.get(id) ?? 0) + 1);

  return {
    arrived,
    doubts,
    heldBy(life, patience, now) {
      const deliver = (letter: Letter) => void arrived.push({ letter, at: now() });
      return {
        exactlyOnce: false,
        send: letter =>
          new Promise<Handed>((resolve, reject) => {
            if (life.isOver()) return;
            const fate = life.boundary('send', letter.id);
            if (leavesDoubt.has(fate)) doubt(letter);
            switch (fate) {
              case 'crash before':
                return life.end(fate);
              case 'crash after':
              case 'power after':
                deliver(letter);
                return life.end(fate);
              case 'later':
                return resolve({ kind: 'later', reason: 'Try again later.', blocks: 'letter' });
              case 'later for all':
                return resolve({ kind: 'later', reason: 'The mail server is down.', blocks: 'all' });
              case 'returned':
                return resolve({ kind: 'returned', reason: 'No such mailbox.' });
              case 'unclear, arrived':
                deliver(letter);
                return resolve({ kind: 'unclear', reason: 'The line broke after the last dot.' });
              case 'unclear, lost':
                return resolve({ kind: 'unclear', reason: 'The line broke after the last dot.' });
              case 'throws':
                return reject(new TypeError('the simulated mailer broke'));
              case 'slow':
                return patience(() => {
                  // Whoever sent it may be gone by now; it arrives all the same.
                  deliver(letter);
                  resolve({ kind: 'sent' });
                });
              default:
                deliver(letter);
                resolve({ kind: 'sent' });
            }
          }),
        async close() {},
      };
    },
  };
}

/** After these the sender cannot know whether the letter is there. */
const leavesDoubt: ReadonlySet<Fate> = new Set(['unclear, arrived', 'unclear, lost', 'throws']);
