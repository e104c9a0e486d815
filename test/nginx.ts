import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startOn } from './ports.ts';

const program = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find(existsSync);

export type Nginx = {
  port: number;
  /** What it keeps of answers, as it keeps them: key, headers and body of each. */
  cached: () => { key: string; bytes: string }[];
  close: () => Promise<void>;
};

/** A real nginx on a free port. `server` is what stands in the block of its server; a cache named `edge` is at hand. */
export async function openNginx(server: string): Promise<Nginx> {
  if (!program) throw new Error('nginx is missing: install the package nginx-light');
  const folder = mkdtempSync(join(tmpdir(), 'gangway-nginx-'));
  const port = await freePort();
  const cache = join(folder, 'cache');
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, server));
  // Run by root it would give its workers another user, who may not read this folder.
  const user = process.getuid?.() === 0 ? ['-g', 'daemon off; user root;'] : ['-g', 'daemon off;'];
  const stop = await startOn(
    port,
    program,
    ['-p', folder, '-e', join(folder, 'error.log'), '-c', 'nginx.conf', ...user],
    said => `nginx ended: ${said} ${read(join(folder, 'error.log'))}`,
  );
  return {
    port,
    cached: () =>
      readdirSync(cache, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .map(bytes => ({ key: /\nKEY: (.*)\n/.exec(bytes)?.[1] ?? '', bytes })),
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (folder: string, port: number, server: string) => `
worker_processes 1;
pid ${folder}/pid;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=edge:1m use_temp_path=off;
  server {
    listen 127.0.0.1:${port};
    ${server}
  }
}
`;

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
