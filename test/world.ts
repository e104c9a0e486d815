import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Mailer } from '#mail/mailer.ts';
import { checkConfig } from '#main/config/config.ts';
import { type App, composeEmbedded } from '#main/embedded/embedded.ts';
import { type HttpServer, listen } from '#main/embedded/http-server.ts';
import type { Outgoing } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import { silentLog } from '#platform/log.ts';
import type { Outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import jada from '../examples/jada/gangway.config.ts';
import {
  type Answer,
  type Init,
  keysFor,
  type LetterFilter,
  linksOf,
  lookingAt,
  postedIn,
  type Senders,
  senders,
} from './story-world.ts';

export { type Answer, example, type Init, type Posted } from './story-world.ts';

export type WorldOptions = {
  now?: string;
  seed?: string;
  /** Changes the example fleet before it is checked. */
  config?: (config: typeof jada) => unknown;
  /** Secrets by the names of their variables, over the generated ones. */
  keys?: Record<string, string>;
  mailer?: (clock: SettableClock) => Mailer;
  /** What DNS answers; nothing at all unless given. */
  dns?: Resolver;
  /** Who answers outside; nobody unless given. */
  outside?: Outside;
  log?: Log;
  /** Stands between everybody and the server, whose port it is given. */
  edge?: (port: number) => Promise<{ port: number; close: () => Promise<void> }>;
  /** The demo's mailbox, open to anybody; the production rule when false. */
  openMailbox?: boolean;
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/**
 * The whole embedded edition in a temp folder: the production wiring behind a real port, with a clock that a test moves
 * and randomness that repeats. Close it in the end.
 */
export async function openWorld(options: WorldOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-world-'));
  const clock = settableClock(options.now ?? '2027-05-01T19:00:00Z');
  const written = options.config ? options.config(structuredClone(jada)) : jada;
  const { keys, environment } = keysFor(written as typeof jada, options.keys);
  const config = checkConfig(written, join(folder, 'gangway.config.ts'), environment);
  const tapped: Outgoing[] = [];

  let app: App;
  let starts = 0;
  const open = () =>
    composeEmbedded({
      config,
      data: { file: name => join(folder, name) },
      log: options.log ?? silentLog,
      clock,
      // A program that starts again does not repeat itself.
      random: seededRandom(`${options.seed ?? 'world'} ${starts++}`),
      port,
      openMailbox: options.openMailbox ?? true,
      operatorToken: 'test operator',
      tap: outgoing => tapped.push(outgoing),
      ...(options.mailer ? { mailer: options.mailer(clock) } : {}),
      dns: options.dns ?? noSuchName,
      outside: options.outside ?? nobodyAnswers,
    });
  const server: HttpServer = await listen({
    fetch: (request, env) => app.fetch(request, env),
    port: 0,
    address: '127.0.0.1',
  });
  const edge = await options.edge?.(server.port);
  const port = edge?.port ?? server.port;
  app = await open();

  const http = (url: string, init: Init = {}): Promise<Answer> => call(port, url, init);

  const house = `http://localhost:${port}`;
  const sending: Senders = senders({ clock, environment, http, house });

  const world = {
    folder,
    clock,
    keys,
    config,
    tapped,
    port,
    /** Past the edge, if there is one. */
    origin: server.port,
    house,
    brand: (id: string) => `http://${id}.localhost:${port}`,
    app: () => app,
    http,

    ...sending,
    /** Lets everything that is due happen. */
    settle: () => app.settle(),
    /** Moves the clock and lets what fell due happen. */
    async later(ms: number) {
      clock.advance(ms);
      await app.tick();
      await app.settle();
    },
    ...lookingAt((name, input = {}) => app.operate(name, input)),
    /** Every letter in the outbox, oldest first. */
    letters: (filter: LetterFilter = {}) =>
      postedIn(
        outboxFiles(join(folder, 'outbox')).map(file => ({
          file,
          bytes: readFileSync(file),
          owner: file.includes('private'),
        })),
        filter,
      ),
    /** A browser at the desk, signed in with the link that the command line gives. */
    async atDesk(person = 'owner-joan'): Promise<Visitor> {
      const { url } = await world.operate<{ url: string }>('key sign-in', { person });
      return visitor(
        world.port,
        await signedIn(world.port, `${world.house}${paths.deskSession}`, 'token', url),
      );
    },
    links: linksOf,
    /** A phone on which somebody of the crew opened the link of their letter and pressed the button. */
    async onBoard(link: string): Promise<Visitor> {
      return visitor(
        world.port,
        await signedIn(world.port, `${world.house}${paths.crewSession}`, 'link', link),
      );
    },
    /** Closes politely and opens again on the same folder. */
    async restart() {
      await app.close();
      app = await open();
      await app.resume();
      await app.tick();
      await app.settle();
    },
    async close() {
      await edge?.close();
      await server.stop(0);
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** Somebody who is signed in: reads pages, and sends their forms with the hidden fields that the page gave them. */
export type Visitor = {
  /** Where signing in led to. */
  landed: string;
  get: (at: string) => Promise<Answer>;
  /** Presses a button of the form that goes to `action`, found on the page at `at`. */
  press: (at: string, action: string, fields?: Record<string, string>) => Promise<Answer>;
};

type SignedIn = { cookie: string; landed: string };

async function signedIn(port: number, session: string, field: string, secret: string): Promise<SignedIn> {
  const answer = await call(port, session, formOf({ [field]: secret }, new URL(session).origin));
  if (answer.status !== 303) throw new Error(`the link did not open: ${answer.status} ${answer.body}`);
  const cookie = (answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return { cookie, landed: new URL(answer.headers.location ?? '', session).href };
}

function visitor(port: number, { cookie, landed }: SignedIn): Visitor {
  const get = (at: string) =>
    call(port, new URL(at, landed).href, { headers: { cookie, accept: 'text/html' } });
  return {
    landed,
    get,
    async press(at, action, fields = {}) {
      const { body } = await get(at);
      const formToken = /name="formToken" value="([^"]+)"/.exec(body)?.[1];
      if (!formToken || !body.includes(`action="${action}"`))
        throw new Error(`there is no form ${action} at ${at}`);
      const { headers, ...form } = formOf({ formToken, ...fields }, new URL(landed).origin);
      return call(port, new URL(action, landed).href, {
        ...form,
        headers: { ...headers, cookie, accept: 'text/html' },
      });
    },
  };
}

const formOf = (fields: Record<string, string>, origin: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
  body: new URLSearchParams(fields).toString(),
});

const nobodyAnswers: Outside = () =>
  Promise.reject(new Unavailable('outside-unreachable', 'No answer: there is nobody.'));

const noSuchName: Resolver = name =>
  Promise.reject(Object.assign(new Error(`there is no ${name}`), { code: 'ENOTFOUND' }));

/** Speaks to our own port under any host name: names below `localhost` need no DNS this way. */
export function call(port: number, url: string, init: Init = {}): Promise<Answer> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path: pathname + search,
        method: init.method ?? 'GET',
        headers: { ...init.headers, host },
      },
      response => {
        const chunks: Buffer[] = [];
        const done = () => {
          const body = Buffer.concat(chunks).toString('utf8');
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([key, value]) => [key, String(value)]),
          );
          resolve({ status: response.statusCode ?? 0, headers, body, json: <T>() => JSON.parse(body) as T });
        };
        response.on('data', chunk => {
          chunks.push(chunk);
          if (init.until === undefined || !Buffer.concat(chunks).includes(init.until)) return;
          done();
          request.destroy();
        });
        response.on('error', reject);
        response.on('end', done);
      },
    );
    request.on('error', reject);
    request.end(init.body);
  });
}

/** The letters of an outbox folder, as files. */
export const outboxFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.eml'))
    .map(entry => join(entry.parentPath, entry.name));
