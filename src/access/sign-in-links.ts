import { type Clock, isoInstant } from '#lib/clock.ts';
import type { LinkPurpose, Links } from './links.ts';

/** A way in, to be put into a letter or printed: the token and until when it works (ISO 8601 UTC). */
export type SignInLink = { readonly token: string; readonly expiresAt: string };

export type SignInLinks = ReturnType<typeof signInLinks>;

/**
 * The links by which people come in at one door. One works for `windowMs` from when it was first asked for and any number
 * of times in it, so a mail scanner burns nothing; asked for again with less than `restMs` left, it is a new one.
 */
export function signInLinks(parts: {
  links: Links;
  clock: Clock;
  purpose: Extract<LinkPurpose, 'sign-in' | 'pay'>;
  subject: string;
  windowMs: number;
  restMs: number;
}) {
  const { links, clock, purpose, subject } = parts;

  const issue = async (holder: string): Promise<SignInLink> => {
    const until = isoInstant(clock.now() + parts.windowMs);
    const token = await links.issue({ purpose, subject, holder, expiresAt: until });
    return { token, expiresAt: (await links.open(token))?.expiresAt ?? until };
  };
  const revoke = (person: string): Promise<void> => links.revoke(purpose, subject, person);

  return {
    async for(person: string): Promise<SignInLink> {
      const link = await issue(person);
      if (Date.parse(link.expiresAt) - clock.now() >= parts.restMs) return link;
      await revoke(person);
      return issue(person);
    },

    /** Whose link this is, or null when it opens nothing at this door (any more). */
    async holder(token: string): Promise<string | null> {
      const link = await links.open(token);
      return link?.purpose === purpose && link.subject === subject ? link.holder : null;
    },

    /** Ends the person's link at once. Idempotent. */
    revoke,
  };
}
