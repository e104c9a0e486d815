import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { type EnvelopeDoor, keepEnvelope, mailSourceAt } from './keep-envelope.ts';
import { mailLimits } from './opened-mail.ts';

export type MailListener = {
  port: number;
  /** Takes no new mail; what is being received is kept or refused first. */
  close: () => Promise<void>;
};

/** What the listener works with. */
export type MailListening = EnvelopeDoor & {
  log: Log;
  /** 0 picks a free one. */
  port: number;
  address: string;
  /** The name it greets with, as in the MX record. */
  name: string;
  /** Certificate and key (PEM) for STARTTLS; without them mails come in the clear, as between most mail servers. */
  tls?: Pick<SecureContextOptions, 'cert' | 'key'> | undefined;
  /** Where mail servers report on our own letters; what is no report is taken and dropped. */
  reports?: { address: string; take: (mail: Uint8Array) => Promise<unknown> } | undefined;
};

/** So many connections at once, and seconds of silence before one is cut. */
const limits = { connections: 20, silenceSeconds: 60, recipients: 20 } as const;

/**
 * A mail server for nothing but booking mails: `{source}@…` and `{source}+{secret}@…`, everything else is refused at the
 * first word. It answers 250 once the mail is on disk, and 451 when it could not be kept, so that the sender tries again.
 */
export async function listenForMail(at: MailListening): Promise<MailListener> {
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    name: at.name,
    banner: 'booking mails only',
    logger: false,
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: at.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...at.tls,
    size: mailLimits.bytes,
    maxClients: limits.connections,
    socketTimeout: limits.silenceSeconds * 1000,
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= limits.recipients)
        return done(answer(452, 'too many recipients'));
      done(
        isReport(at, address) || mailSourceAt(at.sources, address) ? null : answer(550, 'no such mailbox'),
      );
    },
    onData(stream, session, done) {
      take(at, stream, session).then(
        () => done(),
        error => done(refusal(at, error)),
      );
    },
  });
  server.on('error', error => at.log.warn('a connection of the mail listener broke', { error }));
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(at.port, at.address, () =>
      resolve({
        port: (server.server.address() as AddressInfo).port,
        close: () => new Promise(closed => server.close(() => closed())),
      }),
    );
  });
}

async function take(at: MailListening, stream: SMTPServerDataStream, session: SMTPServerSession) {
  const body = await whole(stream);
  const addresses = session.envelope.rcptTo.map(({ address }) => address);
  if (addresses.some(address => isReport(at, address))) {
    await at.reports?.take(body);
    at.count('mails', { source: 'bounces', outcome: 'received' });
  }
  await keepEnvelope(at, addresses, body);
}

async function whole(stream: SMTPServerDataStream): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  // The server counts what is too much; it is heard out so that the sender reads the answer.
  for await (const piece of stream) if (!stream.sizeExceeded) pieces.push(piece as Buffer);
  if (stream.sizeExceeded) throw answer(552, `more than ${mailLimits.bytes} bytes`);
  return Buffer.concat(pieces);
}

const isReport = ({ reports }: MailListening, address: string) =>
  reports?.address.toLowerCase() === address.toLowerCase();

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

function refusal({ log }: MailListening, error: unknown): Error {
  if (error instanceof Error && 'responseCode' in error) return error;
  if (error instanceof Refusal) return answer(554, error.code);
  if (!(error instanceof Unavailable)) log.error('a mail could not be kept', { error });
  return answer(451, 'try again later');
}
