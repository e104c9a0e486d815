import { authenticate, type DNSResolver } from 'mailauth';
import { Unavailable } from '#lib/refusal.ts';
import type { MailEvidence, MailVerifier } from './vouch.ts';

/** Looks a DNS record up: `TXT` of a name, as `node:dns` answers. */
export type Resolver = DNSResolver;

/**
 * Checks DKIM and DMARC of a mail through `resolve`; no SPF, because the server that sent it is not known here.
 * Throws `Unavailable` with `mail-dns-unavailable` when DNS has no answer: that says nothing about the mail.
 */
export const mailVerifier =
  (resolve: Resolver): MailVerifier =>
  async bytes => {
    const { dkim, dmarc } = await authenticate(Buffer.from(bytes), {
      resolver: resolve,
      mta: 'gangway.invalid',
      strict: true,
      disableArc: true,
      disableBimi: true,
    });
    const isUnanswered =
      dkim.results.some(({ status }) => status.result === 'temperror') ||
      (dmarc !== false && dmarc?.status.result === 'temperror');
    const signatures = dkim.results
      .filter(({ status, signatureTimeValid }) => {
        return status.result === 'pass' && !status.testing && signatureTimeValid !== false;
      })
      .map(
        ({
          signingDomain = '',
          status,
          signingHeaders,
          canonBodyLengthLimited,
        }): MailEvidence['signatures'][number] => ({
          domain: signingDomain,
          isAligned: Boolean(status.aligned),
          covers: (signingHeaders?.keys ?? '')
            .split(':')
            .map(name => name.trim().toLowerCase())
            .filter(name => name !== ''),
          coversWholeBody: canonBodyLengthLimited !== true && (status.underSized ?? 0) === 0,
        }),
      );
    const passes = dmarc !== false && dmarc?.status.result === 'pass';
    if (isUnanswered && !passes) {
      throw new Unavailable('mail-dns-unavailable', 'DNS does not answer, so the mail cannot be checked.');
    }
    return { dmarc: passes ? 'pass' : 'fail', signatures };
  };
