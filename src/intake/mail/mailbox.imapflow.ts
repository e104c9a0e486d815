import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { MailboxMemory } from './mailbox-memory.ts';
import { mailLimits } from './opened-mail.ts';

/** A folder of a mailbox at a mail server, reached over TLS only. */
export type MailboxSettings = {
  /** What it is remembered by. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte; `starttls`: TLS or nothing is said. */
  readonly tls: 'implicit' | 'starttls';
  readonly user: string;
  readonly password: string;
  readonly folder: string;
  /** Where mails go once they are taken; null to mark them as read and leave them. */
  readonly moveTo: string | null;
  /** PEM of an authority to trust, for a server that certifies itself. */
  readonly authority: string | null;
};

export type Mailbox = {
  /** Begins to follow it, and goes on until it is closed. */
  open(): void;
  close(): Promise<void>;
};

/** Waits before each further try while the server is away, ms; the last one from then on. */
const triesAfter = [5_000, 15_000, 60_000, 300_000] as const;
/** Asks anew this often although the server promised to tell: some forget. */
const askEveryMs = 5 * 60_000;

/** So long after our last question the server is asked to tell by itself; until then nobody hears of a new mail. */
const listenAfterMs = 200;

/**
 * Follows a folder: what is new is fetched without marking it, kept, and only then marked as read or moved. The server
 * tells of new mails where it can (IDLE), and is asked every five minutes; while it is away it is tried again. A mail that
 * comes twice, after a crash between keeping and marking, is known by its bytes.
 */
export function imapMailbox(
  settings: MailboxSettings,
  it: {
    memory: MailboxMemory;
    /** Resolves when the mail is durable, or is refused for good. */
    take: (mail: Uint8Array) => Promise<'taken' | 'refused'>;
    /** Said once when it cannot be followed, and again after it could. */
    trouble: (error: unknown) => void;
    clock: Clock;
    random: Random;
  },
): Mailbox {
  const { clock } = it;
  let client: ImapFlow | null = null;
  let closed = false;
  let failures = 0;
  let callOff = () => {};
  let working: Promise<void> = Promise.resolve();

  const later = (ms: number, work: () => void) => {
    callOff();
    const [dice = 0] = it.random.bytes(1, 'mailbox');
    callOff = clock.after(ms * (1 + dice / 1024), work);
  };
  const inTurn = (work: () => Promise<void>) => {
    working = working.then(work).catch(failed);
    return working;
  };
  const failed = (error: unknown) => {
    drop();
    if (closed) return;
    if (failures === 0) it.trouble(error);
    later(triesAfter[Math.min(failures++, triesAfter.length - 1)] ?? 0, () => void inTurn(connect));
  };
  const drop = () => {
    const dropped = client;
    // First, so that its end is nobody's trouble.
    client = null;
    dropped?.close();
  };
  const connect = async () => {
    if (closed) return;
    drop();
    const mine = await connected(settings);
    client = mine;
    const gone = () => {
      if (client === mine) failed(new Error('the connection ended'));
    };
    mine.on('close', gone).on('error', gone);
    mine.on('exists', () => void inTurn(look));
    await look();
    failures = 0;
  };
  const look = async () => {
    if (closed || !client) return;
    await takeNew(client, settings, it);
    later(askEveryMs, () => void inTurn(look));
  };

  return {
    open: () => void inTurn(connect),
    async close() {
      closed = true;
      callOff();
      await working;
      drop();
    },
  };
}

/** Whether the server lets us in and has the folder. Rejects with what it said. */
export async function tryMailbox(settings: MailboxSettings): Promise<void> {
  const client = await connected(settings);
  client.close();
}

async function connected({ host, port, tls, user, password, folder, authority }: MailboxSettings) {
  // Only for a house that has such a mailbox.
  const { imapClient } = await import('./imap-client.imapflow.ts');
  const options: ImapFlowOptions = {
    host,
    port,
    secure: tls === 'implicit',
    ...(tls === 'starttls' ? { doSTARTTLS: true } : {}),
    auth: { user, pass: password },
    tls: { minVersion: 'TLSv1.2', ...(authority ? { ca: authority } : {}) },
    logger: false,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    maxLiteralSize: 64 * 1024 * 1024,
    autoIdleDelay: listenAfterMs,
  };
  const client = imapClient(options);
  // What breaks after connecting is told to whoever listens by then.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.mailboxOpen(folder);
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
}

async function takeNew(
  client: ImapFlow,
  { name, moveTo }: MailboxSettings,
  { memory, take }: { memory: MailboxMemory; take: (mail: Uint8Array) => Promise<'taken' | 'refused'> },
): Promise<void> {
  const { mailbox } = client;
  if (!mailbox) throw new Error('the folder is closed');
  const validity = String(mailbox.uidValidity);
  const known = await memory.find(name);
  let lastUid = known?.validity === validity ? known.lastUid : 0;
  const arrived: { uid: number; size: number }[] = [];
  // The last mail is named by * even where it is an old one.
  for await (const { uid, size = 0 } of client.fetch(`${lastUid + 1}:*`, { size: true }, { uid: true }))
    if (uid > lastUid) arrived.push({ uid, size });
  for (const { uid, size } of arrived.toSorted((a, b) => a.uid - b.uid)) {
    const mail =
      size <= mailLimits.bytes ? await client.fetchOne(String(uid), { source: true }, { uid: true }) : false;
    const body = mail ? mail.source : undefined;
    const outcome = body ? await take(body) : 'refused';
    // What is not taken stays as it is, for a person to see.
    if (outcome === 'taken') {
      if (moveTo === null) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      else await client.messageMove(String(uid), moveTo, { uid: true });
    }
    lastUid = uid;
    await memory.put(name, { validity, lastUid });
  }
}
