import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import { renderPage, sampleViews } from '../../dist/embedded.js';
import { ms, perSecond } from '../figures.js';
import { freshFolder, openGangway } from '../gangway.js';

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find(existsSync);

/** One guest page, asked for again and again, from Gangway and from nginx on the same folder. */
export async function pages({ row, saw }, { seconds }) {
  const gangway = await openGangway();
  const { booking } = await gangway.deliver();
  await gangway.told(booking, 1);
  const [file] = readdirSync(join(gangway.folder, 'pages'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.html'))
    .map(entry => join(entry.parentPath, entry.name));
  const slug = gangway.ask('gangway.db', 'SELECT slug FROM guest_pages');
  const here = { port: gangway.port, host: `queenofsandiego.localhost:${gangway.port}`, path: `/g/${slug}` };
  const html = readFileSync(file);
  const small = brotliCompressSync(html).length;
  saw('pages', { small });
  row('guest page: plain / brotli 11', `${html.length} / ${small} bytes`, 'goal 8,000 brotli');
  const rendered = rendering(seconds);
  saw('pages', { rendered });
  row(
    'guest page rendered, with its digest',
    perSecond(rendered),
    `${ms(1000 / rendered)} each, on one core`,
  );

  const there = await openNginx(join(file, '..'), file);
  for (const [what, headers] of await kinds(here)) {
    const ours = await rate(here, await headers(here), seconds);
    const theirs = there && (await rate(there, await headers(there), seconds));
    const beside = theirs ? `${(ours / theirs).toFixed(2)} of nginx, ${perSecond(theirs)}` : 'no nginx here';
    if (theirs) saw('pages', { [what]: ours / theirs });
    row(`guest page served, ${what}`, perSecond(ours), beside);
  }
  there?.close();
  await gangway.close();
}

/** How many one core renders in a second: the phases of a trip in turn, as when a theme changes; nothing is written. */
function rendering(seconds) {
  const views = sampleViews();
  const render = ms => {
    let count = 0;
    for (const end = performance.now() + ms; performance.now() < end; count++)
      renderPage(views[count % views.length]);
    return count;
  };
  render(500);
  const before = process.cpuUsage();
  const count = render(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  return count / ((user + system) / 1e6);
}

const kinds = async () => [
  ['whole', async () => ({})],
  ['not changed (304)', async from => ({ 'if-none-match': (await head(from)).etag })],
];

const head = ({ port, host, path }) =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers: { host } }, response => {
      response.resume();
      response.once('end', () => resolve(response.headers));
    })
      .once('error', reject)
      .end();
  });

/** Answers a second over eight connections, eight questions under way on each, so that the asking costs little. */
async function rate({ port, host, path }, headers, seconds) {
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const question = `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  let answers = 0;
  const sockets = Array.from({ length: 8 }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let held = Buffer.alloc(0);
    socket.on('data', chunk => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      let whole = 0;
      for (let end = lengthOf(held); end > 0; end = lengthOf(held)) {
        held = held.subarray(end);
        whole++;
      }
      answers += whole;
      if (whole > 0) socket.write(question.repeat(whole));
    });
    socket.on('error', () => {});
    socket.write(question.repeat(8));
    return socket;
  });
  await sleep(500);
  const from = answers;
  const begin = performance.now();
  await sleep(seconds * 1000);
  const counted = (answers - from) / ((performance.now() - begin) / 1000);
  for (const socket of sockets) socket.destroy();
  return counted;
}

/** How long the first answer in the buffer is, or 0 when it is not all there. */
function lengthOf(buffer) {
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const top = buffer.toString('latin1', 0, end);
  if (/^HTTP\/1\.1 304/.test(top)) return end + 4;
  if (!/^HTTP\/1\.1 200/.test(top)) throw new Error(`the page is answered with ${top}`);
  const length = end + 4 + Number(/content-length: (\d+)/i.exec(top)?.[1]);
  return length <= buffer.length ? length : 0;
}

async function openNginx(root, file) {
  if (!nginx) return null;
  const folder = freshFolder();
  const port = await freePort();
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `worker_processes 1; daemon off; pid ${folder}/pid; ${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 512; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; etag on; open_file_cache max=1000;
  ${temp.join(' ')}
  types { text/html html; }
  server { listen 127.0.0.1:${port}; root ${root}; }
}`,
  );
  const child = spawn(nginx, ['-p', folder, '-e', join(folder, 'error.log'), '-c', 'nginx.conf'], {
    stdio: 'ignore',
  });
  const here = { port, host: '127.0.0.1', path: `/${file.slice(root.length + 1)}` };
  for (let tries = 0; tries < 100 && !(await head(here).catch(() => null)); tries++) await sleep(50);
  return { ...here, close: () => child.kill('SIGTERM') };
}

const freePort = () =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
