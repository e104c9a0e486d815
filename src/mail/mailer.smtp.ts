import { createTransport } from 'nodemailer';
import type { Clock } from '#lib/clock.ts';
import { saysNoSuchMailbox } from './bounce.ts';
import { letterBytes } from './letter-bytes.ts';
import { messageIdOf } from './letter-key.ts';
import type { Handed, Mailer } from './mailer.ts';

export type SmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte (465). `starttls`: nothing is said before the upgrade (587). `none`: only to a server on this machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly login?: { readonly user: string; readonly password: string };
  /** PEM of the authority that signed the server's certificate, where it is not a public one. */
  readonly authority?: string;
  /** What we call ourselves in EHLO; some servers check it against the sender's domain. */
  readonly clientName?: string;
  /** Open at once; kept and reused. 5 unless told. */
  readonly connections?: number;
  readonly timeouts?: {
    /** From the DNS question to the greeting; 30 s unless told. */
    readonly connectMs?: number;
    /** Without a word from the server in mid-letter; 10 min unless told, what RFC 5321 section 4.5.3.2.6 asks for after the final dot. */
    readonly silenceMs?: number;
  };
  /** The envelope sender, to whom reports on letters go; else the address each letter is from. */
  readonly bounceTo?: string;
  readonly clock: Clock;
};

type SmtpError = Error & {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  permanent?: boolean;
};

/** Letters over SMTP, connections pooled. Says `unclear` only where the final dot may have been seen; see `Handed`. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const connectMs = options.timeouts?.connectMs ?? 30_000;
  const transport = createTransport({
    pool: true,
    host: options.host,
    port: options.port,
    secure: options.security === 'tls',
    requireTLS: options.security === 'starttls',
    ignoreTLS: options.security === 'none',
    auth: options.login && { user: options.login.user, pass: options.login.password },
    tls: options.authority === undefined ? undefined : { ca: options.authority },
    name: options.clientName,
    maxConnections: options.connections ?? 5,
    // Only for a kept connection that the server had closed meanwhile: nodemailer asks that not a byte of the letter was read.
    maxRequeues: 1,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: options.timeouts?.silenceMs ?? 600_000,
  });

  const mayHaveArrived = new WeakSet<object>();
  transport.use('stream', (mail, done) => {
    const bytes = mail.data.raw;
    // The connection writes the final dot only after it has read this stream, the last in line, to its end.
    mail.message.processFunc(stream =>
      stream.once('end', () => {
        if (Buffer.isBuffer(bytes)) mayHaveArrived.add(bytes);
      }),
    );
    done();
  });

  return {
    exactlyOnce: false,
    async send(letter) {
      const raw = letterBytes(letter, options.clock.now());
      const envelope = { from: options.bounceTo ?? letter.from.address, to: [letter.to.address] };
      try {
        await transport.sendMail({ raw, envelope, messageId: messageIdOf(letter) });
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error as SmtpError, mayHaveArrived.has(raw), `${options.host}:${options.port}`);
      }
    },
    async close() {
      transport.close({ force: true });
    },
  };
}

/** Refused because of who we are or how we came, not because of the letter: it must wait until the settings are mended. */
const refusesUs = new Set([530, 534, 535, 538]);

function outcomeOf(error: SmtpError, mayHaveArrived: boolean, server: string): Handed {
  const reply = quoted(error.response ?? '');
  const code = error.responseCode ?? 0;
  const aboutLetter = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';

  if (code >= 400 && code < 600) {
    if (!error.permanent) {
      const reason = `The mail server ${server} asked to try again later: ${reply}`;
      const blocks = aboutLetter && code !== 421 ? 'letter' : 'all';
      return {
        kind: 'later',
        reason,
        blocks,
        ...(/gr[ae]y-?list/i.test(reply) && { retryAfterMs: greylistMs }),
      };
    }
    if (aboutLetter && !refusesUs.has(code)) {
      return {
        kind: 'returned',
        reason: `The mail server ${server} refused the letter for good: ${reply}`,
        ...(error.command === 'RCPT TO' && saysNoSuchMailbox(reply) && { noSuchMailbox: true }),
      };
    }
    const reason = `The mail server ${server} does not let Gangway send. Check the mail settings. It said: ${reply}`;
    return { kind: 'later', reason, blocks: 'all' };
  }
  if (mayHaveArrived) {
    const reason = `The connection to the mail server ${server} broke before it confirmed the letter: it may have arrived.`;
    return { kind: 'unclear', reason };
  }
  if (aboutLetter) return { kind: 'returned', reason: `The letter cannot be sent: ${quoted(error.message)}` };
  return { kind: 'later', reason: unreachable(error, server), blocks: 'all' };
}

/** Greylisting servers commonly ask for five minutes and seldom say so in a form to be read. */
const greylistMs = 5 * 60_000;

function unreachable(error: SmtpError, server: string): string {
  const cause = error.originalCode ?? error.code;
  switch (cause) {
    case 'ECONNREFUSED':
      return `Nothing answers at the mail server ${server} (connection refused).`;
    case 'EDNS':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The mail server ${server} was not found: its name does not resolve.`;
    case 'ETIMEDOUT':
      return `The mail server ${server} did not answer in time.`;
    case 'ETLS':
      return `No secure connection to the mail server ${server}: ${quoted(error.message)}`;
    case 'ECONNECTION':
    case 'ECONNRESET':
      return `The mail server ${server} closed the connection before it took the letter.`;
    default:
      return `The mail server ${server} could not be used (${quoted(error.message)}).`;
  }
}

/** Foreign words, fit to be shown on one line. */
const quoted = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
