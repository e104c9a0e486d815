import { readFileSync } from 'node:fs';
import PostalMime, { type Email } from 'postal-mime';
import { Webhook } from 'standardwebhooks';
import type { Booking } from '#booking/booking.ts';
import type { Belief, SurfaceName } from '#booking/surface.ts';
import type { SettableClock } from '#lib/clock.ts';
import { newKeys } from '#main/new-keys.ts';
import type jada from '../examples/jada/gangway.config.ts';

export type Answer = { status: number; headers: Record<string, string>; body: string; json: <T>() => T };
export type Init = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For a stream that stays open: it is let go of once this has come. */
  until?: string;
};
export type Posted = Email & { file: string; owner: boolean };

export type LetterFilter = { to?: string; subject?: RegExp };

/** What a story needs of a world, whichever edition it is. */
export type StoryWorld = ReturnType<typeof lookingAt> &
  Senders & {
    clock: SettableClock;
    keys: ReturnType<typeof newKeys>;
    house: string;
    brand: (id: string) => string;
    http: (url: string, init?: Init) => Promise<Answer>;
    /** Lets everything that is due happen. */
    settle: () => Promise<void>;
    /** Moves the clock and lets what fell due happen. */
    later: (ms: number) => Promise<void>;
    /** Every letter that went out, oldest first. */
    letters: (filter?: LetterFilter) => Promise<Posted[]>;
    links: (letter: Posted) => string[];
    /** Ends whatever runs and begins again on what is kept. */
    restart: () => Promise<void>;
    close: () => Promise<void>;
  };

/** Keys for a fleet; the one of the links is fixed, so that two worlds of one seed make the same links. */
export function keysFor(written: typeof jada, more: Record<string, string> = {}) {
  const { sources = [] } = written;
  const keys = newKeys(
    sources.flatMap(({ id, secret }) => (secret && 'env' in secret ? [{ id, variable: secret.env }] : [])),
  );
  const environment: Record<string, string> = {
    ...keys.environment,
    GANGWAY_LINK_KEY: 'p9Vw3kQzR7tLx2Nf8HcJ5mYb4Gd6SaEu',
    ...more,
  };
  return { keys, environment };
}

export type Senders = {
  /** Sends a webhook body to the running server, signed as Standard Webhooks asks. The id is new unless given. */
  deliver: (body: unknown, how?: { id?: string; source?: string; secret?: string }) => Promise<Answer>;
  /** Brings a mail to the HTTP door as a provider does, signed like a webhook. */
  bring: (source: string, mail: Uint8Array) => Promise<Answer>;
};

/** Marketplaces and mail providers that send to the house. */
export function senders(it: {
  clock: SettableClock;
  environment: Readonly<Record<string, string>>;
  house: string;
  http: (url: string, init: Init) => Promise<Answer>;
}): Senders {
  const { clock, environment, house, http } = it;
  let sent = 0;
  const secretOf = (source: string) => environment[`${source.toUpperCase()}_WEBHOOK_SECRET`] ?? '';
  const signed = (url: string, type: string, body: string | Uint8Array, id: string, secret: string) => {
    const at = new Date(clock.now());
    const text = typeof body === 'string' ? body : Buffer.from(body).toString();
    return http(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, text),
      },
      body,
    });
  };
  return {
    deliver(body, how = {}) {
      const source = how.source ?? 'boatsetter';
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const id = how.id ?? `msg_${++sent}`;
      const secret = how.secret ?? secretOf(source);
      return signed(`${house}/webhooks/${source}`, 'application/json', text, id, secret);
    },
    bring: (source, mail) =>
      signed(`${house}/inbound/mail/${source}`, 'message/rfc822', mail, `mail_${++sent}`, secretOf(source)),
  };
}

/** What the command line can have done, and the questions that every story asks. */
export function lookingAt(act: (name: string, input?: unknown) => Promise<unknown>) {
  const operate = <T>(name: string, input: unknown = {}) => act(name, input) as Promise<T>;
  const bookings = () => operate<Booking[]>('booking list', { when: 'all', limit: 1000 });
  const beliefs = async (booking: string): Promise<readonly Belief[]> =>
    (await operate<{ surfaces: Belief[] }>('beliefs', { booking })).surfaces;
  return {
    operate,
    bookings,
    /** The only booking there is. */
    async booking(): Promise<Booking> {
      const all = await bookings();
      if (all.length !== 1 || !all[0]) throw new Error(`expected one booking, there are ${all.length}`);
      return all[0];
    },
    beliefs,
    async belief(booking: string, surface: SurfaceName, recipient?: string): Promise<Belief> {
      const found = (await beliefs(booking)).filter(
        belief => belief.surface === surface && (recipient === undefined || belief.recipient === recipient),
      );
      if (found.length !== 1 || !found[0])
        throw new Error(`expected one belief of ${surface}, there are ${found.length}`);
      return found[0];
    },
  };
}

/** Letters as they went out, opened, oldest first. */
export async function postedIn(
  letters: readonly { file: string; bytes: Uint8Array; owner: boolean }[],
  filter: LetterFilter = {},
): Promise<Posted[]> {
  const all = await Promise.all(
    letters.map(async ({ bytes, ...rest }) => ({ ...(await PostalMime.parse(bytes)), ...rest })),
  );
  return all
    .filter(letter => !filter.to || letter.to?.some(({ address }) => address === filter.to))
    .filter(letter => !filter.subject || filter.subject.test(letter.subject ?? ''))
    .sort((a, b) => (a.date ?? '').localeCompare(b.date ?? '') || a.file.localeCompare(b.file));
}

/** The links of a letter, as somebody would click them. */
export const linksOf = (letter: Posted): string[] => [
  ...new Set(
    [...(letter.html ?? '').matchAll(/href="(http[^"]+)"/g)].map(
      match => match[1]?.replaceAll('&amp;', '&') ?? '',
    ),
  ),
];

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
