import { describe, expect, it } from 'vitest';
import type { HeldLetters } from './held-letters.ts';
import type { Letter } from './letter.ts';
import type { Handed, Mailer } from './mailer.ts';
import { type MakeOffice, named, type Office } from './post.testing.ts';

const since = '2027-04-30T02:00:00.000Z';

/** A mail server that is down until `up`, and what it took. */
function line() {
  const sent: string[] = [];
  const is = { up: false };
  const mailer: Mailer = {
    exactlyOnce: false,
    close: async () => {},
    async send(letter: Letter): Promise<Handed> {
      if (!is.up) return { kind: 'later', reason: 'no line', blocks: 'all' };
      sent.push(letter.id);
      return { kind: 'sent' };
    },
  };
  return { is, sent, mailer: () => mailer };
}

/**
 * What holding letters back must do wherever a post is kept: `office` opens one, `hold` is what a restore does to it,
 * `leaveOnWire` makes it look as if a process had died while it handed over all that waits.
 */
export function heldLettersContract<O extends Office>(kept: {
  office: MakeOffice<O>;
  hold: (office: O, since: string) => Promise<number>;
  held: (office: O) => HeldLetters;
  leaveOnWire: (office: O) => Promise<void>;
}): void {
  const { office, hold } = kept;

  async function restored() {
    const { is, sent, mailer } = line();
    const before = office(mailer);
    for (const n of [1, 2, 3]) await before.post.post(named(n));
    await before.pass(0);
    await before.post.close();
    expect(await hold(before, since)).toBe(3);
    is.up = true;
    const after = office(mailer, { place: before.place, clock: before.clock });
    return { ...after, office: after, sent, held: kept.held(after) };
  }

  describe('letters held after a restore', () => {
    it('do not go out by themselves, however long they wait and whatever else goes out', async () => {
      const { post, pass, sent, held } = await restored();
      await pass(1);
      await post.post(named('new'));
      for (let days = 0; days < 7; days++) await pass(24 * 60);
      expect(sent).toEqual(['letter/new']);
      expect(await held.count()).toBe(3);
      expect((await held.list(2)).map(({ id, error }) => [id, error])).toEqual([
        ['letter/1', expect.stringContaining(since)],
        ['letter/2', expect.stringContaining(since)],
      ]);
    });

    it('go out once when a person releases them, or never when they are counted as sent', async () => {
      const { post, pass, sent, held, changes } = await restored();
      await held.release('letter/1');
      await held.countAsSent('letter/2');
      await pass(1);
      expect(sent).toEqual(['letter/1']);
      expect((await held.list(9)).map(({ id }) => id)).toEqual(['letter/3']);
      expect(await post.find('letter/2')).toMatchObject({ state: 'sent', error: null });
      expect(changes).toContain('letter/2: sent');
      for (const id of ['letter/1', 'letter/2', 'letter/nowhere']) {
        await expect(held.release(id)).rejects.toMatchObject({ code: 'letter-not-held' });
        await expect(held.countAsSent(id)).rejects.toMatchObject({ code: 'letter-not-held' });
      }
    });

    it('count as read when they are recalled: what comes next is written as to somebody who knows', async () => {
      const { post, held } = await restored();
      expect(await post.recall('letter/1')).toBe(false);
      expect(await held.count()).toBe(2);
    });

    it('stay held when holding is repeated', async () => {
      const { office: after, held } = await restored();
      const before = await held.list(9);
      expect(await hold(after, '2027-05-02T00:00:00.000Z')).toBe(3);
      expect(await held.list(9)).toEqual(before);
    });

    it('hold one that was on the wire when the backup was taken', async () => {
      const { is, mailer, sent } = line();
      const before = office(mailer);
      await before.post.post(named(1));
      await before.pass(0);
      await before.post.close();
      await kept.leaveOnWire(before);
      expect(await hold(before, since)).toBe(1);
      is.up = true;
      const after = office(mailer, { place: before.place, clock: before.clock });
      await after.pass(60 * 24);
      expect(sent).toEqual([]);
    });
  });
}
