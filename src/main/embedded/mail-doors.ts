import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DeliveryId } from '#intake/inbox.ts';
import { listenForMail, type MailListener } from '#intake/mail/listen.smtp.ts';
import { imapMailbox } from '#intake/mail/mailbox.imapflow.ts';
import { sqliteMailboxMemory } from '#intake/mail/mailbox-memory.sqlite.ts';
import { type Maildir, maildir } from '#intake/mail/maildir.disk.ts';
import { keepMail } from '#intake/mail/receive-mail.ts';
import type { Sources } from '#intake/source.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Config } from '../config/config.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Files } from './files.ts';
import { mailboxesOf } from './mailboxes.ts';

/** The ways in for mails besides HTTP: the listener and the mail folders, each only where it is configured. */
export type MailDoors = {
  /** Opens them. Returns the port of the listener, null without one. */
  open: () => Promise<{ smtpPort: number | null }>;
  /** Looks into the mail folders. Safe at any time. */
  sweep: () => Promise<void>;
  close: () => Promise<void>;
};

export function mailDoors(
  of: Rooms,
  { config, log, clock, random, files }: RoomOptions & { files: Pick<Files, 'open'> },
  {
    sources,
    onReceived,
    onReport,
  }: {
    sources: Sources;
    onReceived: (id: DeliveryId) => void;
    /** A mail server reports on a letter of ours. Whether it was one. */
    onReport: (mail: Uint8Array) => Promise<boolean>;
  },
): MailDoors {
  const { count } = of.numbers;
  const takeFor = (id: string) => async (body: Uint8Array) => {
    try {
      const { kind, delivery } = await keepMail(of.inbox, { source: id, via: 'folder', body });
      count('mails', { source: id, outcome: kind });
      if (kind === 'received') onReceived(delivery.id);
      return 'taken';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      count('mails', { source: id, outcome: error.code });
      return 'refused';
    }
  };
  const folders = config.shape.sources.flatMap(({ id, mail }) => {
    if (mail?.folder === undefined) return [];
    const trouble = (error: unknown) => log.warn('a mail folder could not be read', { source: id, error });
    return [maildir(besides(config, mail.folder), takeFor(id), trouble)];
  });
  const { bounces } = config.shape.inbound;
  if (bounces?.folder !== undefined) {
    const trouble = (error: unknown) => log.warn('the folder of bounces could not be read', { error });
    const take = async (mail: Uint8Array) => ((await onReport(mail)) ? 'taken' : 'refused');
    folders.push(maildir(besides(config, bounces.folder), take, trouble));
  }
  const memory = sqliteMailboxMemory(files.open);
  const mailboxes = mailboxesOf(config).map(({ source, settings }) =>
    imapMailbox(settings, {
      memory,
      take: takeFor(source),
      trouble: error => log.warn('a mailbox cannot be followed; it is tried again', { source, error }),
      clock,
      random,
    }),
  );
  let listener: MailListener | undefined;

  return {
    async open() {
      for (const folder of folders) folder.watch();
      for (const mailbox of mailboxes) mailbox.open();
      const { smtp } = config.shape.inbound;
      if (!smtp) return { smtpPort: null };
      listener = await listenForMail({
        sources,
        inbox: of.inbox,
        log,
        port: smtp.port,
        address: smtp.listen,
        name: smtp.name ?? config.shape.house.host,
        tls: smtp.tls && {
          cert: readFileSync(besides(config, smtp.tls.certificate)),
          key: readFileSync(besides(config, smtp.tls.key)),
        },
        reports: bounces?.address ? { address: bounces.address, take: onReport } : undefined,
        count,
        onReceived,
      }).catch((error: unknown) => {
        throw explained(error, smtp.port);
      });
      log.info('listening for mails', { port: listener.port });
      return { smtpPort: listener.port };
    },
    async sweep() {
      await Promise.all(folders.map((folder: Maildir) => folder.sweep()));
    },
    async close() {
      await listener?.close();
      await Promise.all([...folders, ...mailboxes].map(each => each.close()));
    },
  };
}

const besides = ({ path }: Config, file: string) => resolve(dirname(path), file);

function explained(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new Refusal(
      'port-taken',
      `Port ${port}, for mails, is used by another program.`,
      'Set another one with inbound.smtp.port.',
    );
  if (code === 'EACCES')
    return new Refusal(
      'port-forbidden',
      `This user may not open port ${port}, for mails.`,
      'Use one above 1023, such as 2525, and have port 25 forwarded to it.',
    );
  return error;
}
