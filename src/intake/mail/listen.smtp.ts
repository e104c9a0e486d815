import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { DeliveryId, Inbox } from '#intake/inbox.ts';
import type { Source, Sources } from '#intake/source.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { mailLimits } from './opened-mail.ts';
import { keepMail } from './receive-mail.ts';
import { type Vouch, vouchByAddress } from './vouch.ts';

export type MailListener = {
  port: number;
  /** Takes no new mail; what is being received is kept or refused first. */
  close: () => Promise<void>;
};

/** What the listener works with. */
export type MailListening = {
  sources: Sources;
  inbox: Inbox;
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
  count: (name: 'mails', labels: { source: string; outcome: string }) => void;
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
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
  const addresses = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
  if (addresses.some(address => isReport(at, address))) {
    await at.reports?.take(body);
    at.count('mails', { source: 'bounces', outcome: 'received' });
  }
  const bySource = Map.groupBy(addresses, address => mailSourceAt(at.sources, address));
  for (const [source, mine] of bySource) {
    if (!source?.mail) continue;
    const { id } = source.settings;
    const vouch: Vouch = vouchByAddress({ recipients: [] }, mine, source.mail.trust);
    const kept = await keepMail(at.inbox, {
      source: id,
      via: 'smtp',
      body,
      ...(vouch.by === 'nobody' ? {} : { vouched: vouch }),
    });
    at.count('mails', { source: id, outcome: kept.kind });
    if (kept.kind === 'received') at.onReceived(kept.delivery.id);
  }
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

/** The source that takes mails at an address: the word before the @, or before a + in it. */
function mailSourceAt(sources: Sources, address: string): Source | null {
  const source = sources(/^([a-z][a-z0-9-]{0,39})(?:\+[^@]*)?@/i.exec(address)?.[1]?.toLowerCase() ?? '');
  return source?.mail ? source : null;
}

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

function refusal({ log }: MailListening, error: unknown): Error {
  if (error instanceof Error && 'responseCode' in error) return error;
  if (error instanceof Refusal) return answer(554, error.code);
  if (!(error instanceof Unavailable)) log.error('a mail could not be kept', { error });
  return answer(451, 'try again later');
}
