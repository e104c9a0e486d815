import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type MailboxSettings, tryMailbox } from '#intake/mail/mailbox.imapflow.ts';
import type { Config } from '../config/config.ts';
import type { Finding } from '../doctor/finding.ts';

/** The mailboxes at mail servers, as the configuration has them, each with its source. */
export function mailboxesOf(config: Config): { source: string; settings: MailboxSettings }[] {
  return config.shape.sources.flatMap(({ id, mail }) => {
    if (!mail?.imap) return [];
    const { host, port, tls, user, folder, moveTo, authority } = mail.imap;
    const settings = {
      name: `${id} ${user}@${host} ${folder}`,
      host,
      port,
      tls,
      user,
      password: config.secret(`${id} mailbox password`) ?? '',
      folder,
      moveTo: moveTo ?? null,
      authority: authority ? readFileSync(resolve(dirname(config.path), authority), 'utf8') : null,
    };
    return [{ source: id, settings }];
  });
}

/** Whether each lets us in and has its folder. Reads no mail. */
export function mailboxFindings(config: Config): Promise<Finding[]> {
  return Promise.all(
    mailboxesOf(config).map(async ({ source, settings }): Promise<Finding> => {
      const what = `mailbox of ${source}`;
      const where = `${settings.folder} at ${settings.host}:${settings.port}`;
      try {
        await tryMailbox(settings);
        return { what, state: 'ok', detail: `${where} is open to us` };
      } catch (error) {
        const said = (error as { responseText?: string }).responseText ?? (error as Error).message;
        const cure = 'Check host, port, tls, user, password and folder under mail.imap.';
        return { what, state: 'failing', detail: `${where}: ${said}`, cure };
      }
    }),
  );
}
