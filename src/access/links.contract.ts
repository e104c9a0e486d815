import { describe, expect, it } from 'vitest';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import type { Link, Links } from './links.ts';

const hourMs = 3_600_000;
const crewLink: Link = {
  purpose: 'crew',
  subject: 'evt_1',
  holder: 'ines',
  expiresAt: '2027-06-06T22:30:00.000Z',
};
const signIn: Link = {
  purpose: 'sign-in',
  subject: 'desk',
  holder: 'ines',
  expiresAt: '2027-05-31T10:00:00.000Z',
};

/** What every keeper of links must do. `make` gives a fresh, empty one on the given clock. */
export function linksContract(make: (clock: SettableClock) => Links, { many = 1_000 } = {}) {
  const fresh = () => {
    const clock = settableClock('2027-05-30T10:00:00Z');
    return { clock, links: make(clock) };
  };

  describe('a link', () => {
    it('opens what it was made for', async () => {
      const { links } = fresh();
      const token = await links.issue(crewLink);
      expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(await links.open(token)).toEqual({ ...crewLink, epoch: 1 });
    });

    it('is said again with the same words', async () => {
      const { links } = fresh();
      const token = await links.issue(crewLink);
      expect(await links.issue(crewLink)).toBe(token);
      expect(await links.issue({ ...crewLink, expiresAt: '2027-06-01T00:00:00Z' })).toBe(token);
      expect((await links.open(token))?.expiresAt).toBe(crewLink.expiresAt);
    });

    it('is nobody else’s: purpose, subject and holder each make another', async () => {
      const { links } = fresh();
      const tokens = await Promise.all([
        links.issue(crewLink),
        links.issue({ ...crewLink, purpose: 'person feed' }),
        links.issue({ ...crewLink, subject: 'evt_2' }),
        links.issue({ ...crewLink, holder: 'tom' }),
        // Run together these read like the first.
        links.issue({ ...crewLink, subject: 'evt_1","ines', holder: '' }),
        links.issue({ ...crewLink, subject: 'evt_', holder: '1ines' }),
      ]);
      expect(new Set(tokens).size).toBe(6);
    });

    it('survives fifty openings, and opening changes nothing', async () => {
      const { links } = fresh();
      const token = await links.issue(crewLink);
      const first = await links.open(token);
      for (let i = 0; i < 50; i++) expect(await links.open(token)).toEqual(first);
      expect(await links.issue(crewLink)).toBe(token);
    });

    it('opens for its exact token only', async () => {
      const { links } = fresh();
      const token = await links.issue(crewLink);
      const near = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
      for (const wrong of [
        '',
        near,
        token.toLowerCase(),
        token.slice(0, -1),
        `${token}A`,
        ` ${token}`,
        'x'.repeat(1e6),
      ]) {
        expect(await links.open(wrong)).toBeNull();
      }
    });

    it('ends when its time is up, and a later one extends it', async () => {
      const { clock, links } = fresh();
      const token = await links.issue(crewLink);
      clock.set('2027-06-06T22:29:59.999Z');
      expect(await links.open(token)).not.toBeNull();
      clock.set('2027-06-06T22:30:00Z');
      expect(await links.open(token)).toBeNull();
      expect(await links.epoch('crew', 'evt_1', 'ines')).toBeNull();
      expect(await links.issue({ ...crewLink, expiresAt: '2027-06-07T00:00:00Z' })).toBe(token);
      expect(await links.open(token)).toMatchObject({ expiresAt: '2027-06-07T00:00:00.000Z' });
      await links.issue({ ...crewLink, expiresAt: null });
      clock.set('2037-01-01T00:00:00Z');
      expect(await links.open(token)).toMatchObject({ expiresAt: null });
    });

    it('needs an instant to end at', async () => {
      const { links } = fresh();
      await expect(links.issue({ ...crewLink, expiresAt: 'soon' })).rejects.toThrow(TypeError);
    });
  });

  describe('a revoked link', () => {
    it('is over at once, and the next one has another token and generation', async () => {
      const { links } = fresh();
      const old = await links.issue(crewLink);
      await links.revoke('crew', 'evt_1', 'ines');
      expect(await links.open(old)).toBeNull();
      expect(await links.epoch('crew', 'evt_1', 'ines')).toBeNull();
      const next = await links.issue(crewLink);
      expect(next).not.toBe(old);
      expect(await links.open(old)).toBeNull();
      expect(await links.open(next)).toEqual({ ...crewLink, epoch: 2 });
      expect(await links.epoch('crew', 'evt_1', 'ines')).toBe(2);
    });

    it('takes no other link with it, and may be revoked again or never have been', async () => {
      const { links } = fresh();
      const other = await links.issue({ ...crewLink, holder: 'tom' });
      const token = await links.issue(crewLink);
      await links.revoke('crew', 'evt_9', 'nobody');
      await links.revoke('crew', 'evt_1', 'ines');
      await links.revoke('crew', 'evt_1', 'ines');
      expect(await links.open(other)).not.toBeNull();
      expect(await links.open(await links.issue(crewLink))).toMatchObject({ epoch: 2 });
      expect(await links.open(token)).toBeNull();
    });

    it('never opens once the revoking has returned: many links under load', async () => {
      const { links } = fresh();
      let openedAfterwards = 0;
      let openedBefore = 0;
      await Promise.all(
        Array.from({ length: many }, async (_, i) => {
          const holder = `person-${i}`;
          const token = await links.issue({ ...crewLink, holder });
          let revoked = false;
          const knock = async () => {
            for (let tries = 0; tries < 10; tries++) {
              const sure = revoked;
              if (await links.open(token)) sure ? openedAfterwards++ : openedBefore++;
              await new Promise(setImmediate);
            }
          };
          const revoke = links.revoke('crew', 'evt_1', holder).then(() => {
            revoked = true;
          });
          await Promise.all([knock(), revoke, knock()]);
          if ((await links.open(token)) || (await links.epoch('crew', 'evt_1', holder)) !== null)
            openedAfterwards++;
        }),
      );
      expect(openedBefore).toBeGreaterThan(0);
      expect(openedAfterwards).toBe(0);
    });
  });

  describe('a sign-in link', () => {
    it('keeps its first window, and once run out does not come alive again', async () => {
      const { clock, links } = fresh();
      const token = await links.issue(signIn);
      clock.advance(12 * hourMs);
      expect(await links.issue({ ...signIn, expiresAt: '2027-05-31T22:00:00Z' })).toBe(token);
      expect((await links.open(token))?.expiresAt).toBe(signIn.expiresAt);
      clock.advance(12 * hourMs);
      const next = await links.issue({ ...signIn, expiresAt: '2027-06-01T10:00:00Z' });
      expect(next).not.toBe(token);
      expect(await links.open(token)).toBeNull();
      expect(await links.open(next)).not.toBeNull();
    });
  });
}
