import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { freePort, startOn } from './ports.ts';

const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find(existsSync);

export type Dovecot = Awaited<ReturnType<typeof openDovecot>>;

/** A real Dovecot on a free port, TLS only with a certificate of its own, with a mailbox of one user. */
export async function openDovecot() {
  if (!program) throw new Error('Dovecot is missing: install the package dovecot-imapd');
  const folder = mkdtempSync(join(tmpdir(), 'gangway-dovecot-'));
  const at = (name: string) => join(folder, name);
  const port = await freePort();
  certify(at('key.pem'), at('cert.pem'));
  // It lets nobody be root; run by root it keeps mails as the user of mails does.
  const isRoot = process.getuid?.() === 0;
  const [uid, gid] = isRoot ? [8, 8] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  mkdirSync(at('mails'));
  if (isRoot) {
    execFileSync('chmod', ['755', folder]);
    chownSync(at('mails'), uid, gid);
  }
  writeFileSync(at('dovecot.conf'), configuration(folder, { port, uid, gid, isRoot }));
  const start = () =>
    startOn(
      port,
      program,
      ['-F', '-c', at('dovecot.conf')],
      () => `Dovecot ended: ${existsSync(at('log')) ? readFileSync(at('log'), 'utf8') : ''}`,
    );
  let stopMaster = await start();
  // Left alone, a part of it with a client goes on for ten seconds after its master.
  const stop = async () => {
    const master = readFileSync(at('run/master.pid'), 'utf8').trim();
    const parts = readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').split(' ').filter(Boolean);
    const stopped = stopMaster();
    for (const part of parts) endIfThere(Number(part));
    await stopped;
  };
  const [user, password] = ['joan', 'mails-of-the-boats'];
  const authority = at('cert.pem');

  /** What somebody else's mail program does. */
  const asOwner = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: true,
      auth: { user, pass: password },
      tls: { ca: readFileSync(authority, 'utf8') },
      logger: false,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };

  return {
    host: '127.0.0.1',
    port,
    user,
    password,
    authority,
    makeFolder: (name: string) => asOwner(client => client.mailboxCreate(name)),
    deleteFolder: (name: string) => asOwner(client => client.mailboxDelete(name)),
    deliver: (to: string, mail: Uint8Array) => asOwner(client => client.append(to, Buffer.from(mail))),
    /** The flags of every mail in a folder. */
    flags: (name: string) =>
      asOwner(async client => {
        const box = await client.mailboxOpen(name);
        if (box.exists === 0) return [];
        const all = await client.fetchAll('1:*', { flags: true });
        return all.map(({ flags }) => [...(flags ?? [])].filter(flag => flag !== '\\Recent'));
      }),
    stop,
    async startAgain() {
      stopMaster = await start();
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const certify = (key: string, certificate: string) =>
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );

const configuration = (
  folder: string,
  { port, uid, gid, isRoot }: { port: number; uid: number; gid: number; isRoot: boolean },
) => `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
mail_location = maildir:${folder}/mails/%u
first_valid_uid = 1
${isRoot ? '' : `default_internal_user = ${process.env.USER}\ndefault_login_user = ${process.env.USER}`}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=mails-of-the-boats
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mails/%u
}
`;
