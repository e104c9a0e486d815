import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '#lib/digest.ts';
import { believedResults } from './authentication-results.ts';
import { domainOf, type Envelope, headerValues } from './opened-mail.ts';

/** Who answers for a mail being the marketplace's. `nobody`: it waits for a person. */
export type Vouch =
  | { readonly by: 'signature' | 'trusted receiver'; readonly domain: string }
  | { readonly by: 'secret address' }
  | { readonly by: 'nobody'; readonly why: string };

/** What the operator says about whose mails count. */
export type MailTrust = {
  /** Domains the marketplace writes from, exactly as they stand behind the @. */
  readonly domains: readonly string[];
  /** SHA-256 (hex) of secrets, in lower case, that may stand behind the + of an address mails are sent to. */
  readonly plusHashes: readonly string[];
  /** Name by which a mail server of the operator's signs its Authentication-Results (RFC 8601). */
  readonly trustedReceiver: string | null;
};

/** What DNS and arithmetic say about a mail. Names nobody and judges nothing. */
export type MailEvidence = {
  /** DMARC for the one domain in From. */
  readonly dmarc: 'pass' | 'fail';
  /** Signatures that hold. */
  readonly signatures: readonly {
    readonly domain: string;
    /** Aligned with the domain in From. */
    readonly isAligned: boolean;
    /** Names of the headers it covers, in lower case. */
    readonly covers: readonly string[];
    readonly coversWholeBody: boolean;
  }[];
};

/** Checks the signatures of a mail. Throws `Unavailable` when DNS does not answer. */
export type MailVerifier = (bytes: Uint8Array) => Promise<MailEvidence>;

/** Headers that decide what is read. What a signature leaves out of them, anybody could have written. */
const decisive = ['from', 'subject', 'date', 'content-type', 'content-transfer-encoding', 'mime-version'];

/** Headers of which there may be one only: of two, a reader and a verifier could believe different ones. */
const single = [...decisive, 'to', 'message-id'];

/** Whether the mail comes from one of the marketplace's domains, as it says itself. */
export const claimsToBe = (mail: Pick<Envelope, 'from'>, domains: readonly string[]): boolean =>
  mail.from.some(address => domains.includes(domainOf(address)));

/**
 * The verdict on a mail whose signatures were checked (RFC 6376, RFC 9989). Stricter than mail programs are, since
 * nobody looks at the mail: one author, aligned signature over the whole body and every header that decides.
 */
export function vouchBySignature(mail: Envelope, evidence: MailEvidence, trust: MailTrust): Vouch {
  const faults = structure(mail, trust);
  if (faults) return nobody(faults);
  const domain = domainOf(mail.from[0] ?? '');
  const aligned = evidence.signatures.filter(signature => signature.isAligned);
  if (aligned.length === 0) return nobody(`no valid DKIM signature of ${domain}`);
  if (evidence.dmarc !== 'pass') return nobody(`DMARC does not pass for ${domain}`);
  const present = decisive.filter(name => headerValues(mail, name).length > 0);
  const gap = (covers: readonly string[]) => present.filter(name => !covers.includes(name));
  if (aligned.some(signature => signature.coversWholeBody && gap(signature.covers).length === 0))
    return { by: 'signature', domain };
  const [first] = aligned;
  return nobody(
    first?.coversWholeBody
      ? `the signature leaves out ${gap(first.covers).join(', ')}`
      : 'the signature covers a part of the mail only',
  );
}

/** The verdict of a mail server the operator trusts, where the mail came through it. */
export function vouchByReceiver(mail: Envelope, trust: MailTrust): Vouch {
  const faults = structure(mail, trust);
  if (faults) return nobody(faults);
  if (trust.trustedReceiver === null) return nobody('no mail server is trusted to judge it');
  const domain = domainOf(mail.from[0] ?? '');
  return believedResults(mail, trust.trustedReceiver, domain)
    ? { by: 'trusted receiver', domain }
    : nobody(`${trust.trustedReceiver} did not find DKIM and DMARC of ${domain} in order`);
}

/** Whether it was sent to an address only the operator knows. `envelope`: recipients the mail server was told. */
export function vouchByAddress(
  mail: Pick<Envelope, 'recipients'>,
  envelope: readonly string[],
  trust: MailTrust,
): Vouch {
  const valid = trust.plusHashes.map(hash => Buffer.from(hash, 'hex')).filter(hash => hash.length === 32);
  const given = [...envelope, ...mail.recipients].flatMap(address => {
    const secret = /\+([^@+]{16,64})@[^@]+$/.exec(address)?.[1]?.toLowerCase();
    return secret ? [Buffer.from(sha256(secret), 'hex')] : [];
  });
  return given.some(one => valid.some(hash => timingSafeEqual(one, hash)))
    ? { by: 'secret address' }
    : nobody('it was not sent to the secret address');
}

export const nobody = (why: string): Vouch => ({ by: 'nobody', why });

function structure(mail: Envelope, { domains }: MailTrust): string | null {
  const twice = single.find(name => headerValues(mail, name).length > 1);
  if (twice) return `it has more than one header ${twice}`;
  if (mail.from.length !== 1) return `it has ${mail.from.length} senders`;
  const domain = domainOf(mail.from[0] ?? '');
  return domains.includes(domain) ? null : `${domain.slice(0, 80)} is not a domain of this marketplace`;
}
