import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { Webhook } from 'standardwebhooks';
import type { Booking } from '#booking/booking.ts';
import type { Belief, SurfaceName } from '#booking/surface.ts';
import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Mailer } from '#mail/mailer.ts';
import { checkConfig } from '#main/config.ts';
import { type App, composeEmbedded } from '#main/embedded.ts';
import { type HttpServer, listen } from '#main/http-server.ts';
import { newKeys } from '#main/new-keys.ts';
import type { Outgoing } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import { silentLog } from '#platform/log.ts';
import type { Outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import jada from '../examples/jada/gangway.config.ts';

export type Answer = { status: number; headers: Record<string, string>; body: string; json: <T>() => T };
export type Init = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For a stream that stays open: it is let go of once this has come. */
  until?: string;
};
export type Posted = Email & { file: string; owner: boolean };

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
  const { sources = [] } = written as typeof jada;
  const keys = newKeys(
    sources.flatMap(({ id, secret }) => (secret && 'env' in secret ? [{ id, variable: secret.env }] : [])),
  );
  // Fixed, so that two worlds of one seed make the same links.
  const environment: Record<string, string> = {
    ...keys.environment,
    GANGWAY_LINK_KEY: 'p9Vw3kQzR7tLx2Nf8HcJ5mYb4Gd6SaEu',
    ...options.keys,
  };
  const config = checkConfig(written, join(folder, 'gangway.config.ts'), environment);
  const tapped: Outgoing[] = [];

  let app: App;
  let sent = 0;
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

  const world = {
    folder,
    clock,
    keys,
    config,
    tapped,
    port,
    /** Past the edge, if there is one. */
    origin: server.port,
    house: `http://localhost:${port}`,
    brand: (id: string) => `http://${id}.localhost:${port}`,
    app: () => app,
    http,

    /** Sends a webhook body to the running server, signed as Standard Webhooks asks. The id is new unless given. */
    deliver(body: unknown, how: { id?: string; source?: string; secret?: string } = {}): Promise<Answer> {
      const source = how.source ?? 'boatsetter';
      const secret = how.secret ?? environment[`${source.toUpperCase()}_WEBHOOK_SECRET`] ?? '';
      const id = how.id ?? `msg_${++sent}`;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const at = new Date(clock.now());
      return http(`http://localhost:${port}/webhooks/${source}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, text),
        },
        body: text,
      });
    },
    /** Brings a mail to the HTTP door as a provider does, signed like a webhook. */
    bring(source: string, mail: Uint8Array): Promise<Answer> {
      const at = new Date(clock.now());
      const id = `mail_${++sent}`;
      const secret = environment[`${source.toUpperCase()}_WEBHOOK_SECRET`] ?? '';
      return http(`http://localhost:${port}/inbound/mail/${source}`, {
        method: 'POST',
        headers: {
          'content-type': 'message/rfc822',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, Buffer.from(mail).toString()),
        },
        body: mail,
      });
    },
    /** Lets everything that is due happen. */
    settle: () => app.settle(),
    /** Moves the clock and lets what fell due happen. */
    async later(ms: number) {
      clock.advance(ms);
      await app.tick();
      await app.settle();
    },
    operate: <T>(name: string, input: unknown = {}) => app.operate(name, input) as Promise<T>,
    async bookings() {
      return world.operate<Booking[]>('booking list', { when: 'all', limit: 1000 });
    },
    /** The only booking there is. */
    async booking(): Promise<Booking> {
      const all = await world.bookings();
      if (all.length !== 1 || !all[0]) throw new Error(`expected one booking, there are ${all.length}`);
      return all[0];
    },
    async beliefs(booking: string): Promise<readonly Belief[]> {
      return (await world.operate<{ surfaces: Belief[] }>('beliefs', { booking })).surfaces;
    },
    async belief(booking: string, surface: SurfaceName, recipient?: string): Promise<Belief> {
      const found = (await world.beliefs(booking)).filter(
        belief => belief.surface === surface && (recipient === undefined || belief.recipient === recipient),
      );
      if (found.length !== 1 || !found[0])
        throw new Error(`expected one belief of ${surface}, there are ${found.length}`);
      return found[0];
    },
    /** Every letter in the outbox, oldest first. */
    async letters(filter: { to?: string; subject?: RegExp } = {}): Promise<Posted[]> {
      const all = await Promise.all(
        outboxFiles(join(folder, 'outbox')).map(async file => ({
          ...(await PostalMime.parse(readFileSync(file))),
          file,
          owner: file.includes('private'),
        })),
      );
      return all
        .filter(letter => !filter.to || letter.to?.some(({ address }) => address === filter.to))
        .filter(letter => !filter.subject || filter.subject.test(letter.subject ?? ''))
        .sort((a, b) => (a.date ?? '').localeCompare(b.date ?? '') || a.file.localeCompare(b.file));
    },
    /** A browser at the desk, signed in with the link that the command line gives. */
    async atDesk(person = 'owner-joan'): Promise<Visitor> {
      const { url } = await world.operate<{ url: string }>('key sign-in', { person });
      return visitor(
        world.port,
        await signedIn(world.port, `${world.house}${paths.deskSession}`, 'token', url),
      );
    },
    /** The links of a letter, as somebody would click them. */
    links: (letter: Posted) => [
      ...new Set(
        [...(letter.html ?? '').matchAll(/href="(http[^"]+)"/g)].map(
          match => match[1]?.replaceAll('&amp;', '&') ?? '',
        ),
      ),
    ],
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

/** A recorded delivery of `examples/webhooks`, with changes laid over its booking. */
export function example(
  name: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> & { booking: Record<string, unknown> } {
  const found = JSON.parse(
    readFileSync(new URL(`../examples/webhooks/${name}.json`, import.meta.url), 'utf8'),
  );
  return { ...found, booking: { ...found.booking, ...changes } };
}

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
