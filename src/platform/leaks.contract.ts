import { describe, expect, it } from 'vitest';
import { fenced } from '#lib/audience.ts';
import { type Canaries, egress, type Leaks } from './egress.ts';

/** What whoever says whether something holds an amount must do; `open` is given what the money side knows. */
export function leaksContract(name: string, open: (canaries: Canaries) => Leaks): void {
  const knows = (...amounts: string[]) => open(async () => amounts);
  const about = ['bkg_a'];

  describe(`whether an amount leaves: ${name}`, () => {
    it.each([...fenced, 'payee' as const])('is answered for %s', async audience => {
      const leaks = knows('840.75');
      expect(await leaks({ audience, channel: 'mail', about, body: 'You pay 840.75.' })).toBe(true);
      expect(await leaks({ audience, channel: 'mail', about, body: 'You pay 1840.75.' })).toBe(false);
    });

    it('is asked about just what it is about, for just whom it is for', async () => {
      const asked: unknown[] = [];
      const leaks = open((...question) => {
        asked.push(question);
        return [];
      });
      await leaks({ audience: 'payee', channel: 'mail', about: ['bkg_a', 'ana'], body: '' });
      expect(asked).toEqual([[['bkg_a', 'ana'], 'payee']]);
    });

    it('is seen in bytes as in text, beside every kind of character', async () => {
      const leaks = knows('840,75 €');
      const body = `"Grüße" \\ \u{1f6a2}\u2028\0 840,75 €`;
      expect(await leaks({ audience: 'guest', channel: 'page', about, body })).toBe(true);
      expect(await leaks({ audience: 'guest', channel: 'page', about, body: Buffer.from(body) })).toBe(true);
      expect(
        await leaks({ audience: 'guest', channel: 'page', about, body: Buffer.from([0xff, 0xfe]) }),
      ).toBe(false);
    });

    it('is seen at the end of a long text', async () => {
      const leaks = knows('840.75');
      const long = 'x '.repeat(500_000);
      expect(await leaks({ audience: 'guest', channel: 'page', about, body: `${long}840.75` })).toBe(true);
      expect(await leaks({ audience: 'guest', channel: 'page', about, body: long })).toBe(false);
    });

    it('keeps everything back while the money side does not know', async () => {
      const leaks = open(async () => {
        throw new Error('the table is away');
      });
      const left: string[] = [];
      const out = egress({
        leaks,
        onRefused: () => left.push('taken for a leak'),
        tap: ({ channel }) => left.push(channel),
      });
      await expect(out.emit({ audience: 'guest', channel: 'page', about, body: 'Hello' })).rejects.toThrow();
      expect(left).toEqual([]);
    });
  });
}
