import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import type { Letter } from '#mail/letter.ts';
import type { Handed, Mailer } from '#mail/mailer.ts';
import type { Config } from '#main/config/config.ts';
import { type App, composeEmbedded } from '#main/embedded/embedded.ts';
import { silentLog } from '#platform/log.ts';
import { secrets, simulated } from './sim/fleet.ts';

/** When the scripted trips are booked: four weeks before the first of them. */
export const bookedAt = '2027-05-01T19:00:00Z';

/** The production wiring on a folder, without a port; a start, as the server makes it. */
export async function openHouse(it: {
  folder: string;
  clock?: SettableClock;
  seed?: string;
  mailer?: Mailer;
  config?: Config;
  /** Where guest pages live, instead of the folder. */
  host?: PageHost;
  /** Before anything that a crash interrupted is gone over. */
  untouched?: boolean;
}): Promise<House> {
  const { folder, clock = settableClock(bookedAt), seed = 'house', config = simulated } = it;
  mkdirSync(folder, { recursive: true });
  const app = await composeEmbedded({
    config,
    data: { file: name => join(folder, name) },
    log: silentLog,
    clock,
    random: seededRandom(seed),
    ...(it.mailer ? { mailer: it.mailer } : {}),
    ...(it.host ? { host: it.host } : {}),
  });
  if (!it.untouched) {
    await app.resume();
    await app.tick();
    await app.settle();
  }
  return { app, folder, clock };
}

export type House = { app: App; folder: string; clock: SettableClock };

/** Brings a message to the door, signed at this moment; returns the status. */
export async function knock({ app, clock }: House, id: string, body: string): Promise<number> {
  const at = new Date(clock.now());
  const response = await app.fetch(
    new Request('https://sailjada.com/webhooks/boatsetter', {
      method: 'POST',
      headers: {
        host: 'sailjada.com',
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secrets.BOATSETTER_WEBHOOK_SECRET).sign(id, at, body),
      },
      body,
    }),
  );
  return response.status;
}

export const bookingsOf = ({ app }: House) =>
  app.operate('booking list', { when: 'all', limit: 1000 }) as Promise<Booking[]>;

export const beliefsOf = async ({ app }: House, booking: string) =>
  ((await app.operate('beliefs', { booking })) as { surfaces: Belief[] }).surfaces;

/** A mail server that takes everything, or goes through what it is told, and remembers. */
export function listeningMailer(answer: (letter: Letter) => Handed = () => ({ kind: 'sent' })) {
  const sent: Letter[] = [];
  const mailer: Mailer = {
    exactlyOnce: false,
    close: async () => {},
    async send(letter) {
      const handed = answer(letter);
      if (handed.kind === 'sent') sent.push(letter);
      return handed;
    },
  };
  return { mailer, sent };
}

/** What a marketplace says about a booking. */
export type Said = {
  id: string;
  version: number;
  kind?: 'created' | 'changed' | 'cancelled';
  start?: string;
  end?: string;
  party?: number;
  guest?: string;
  vessel?: string;
};

/** The bytes of a message as the marketplace of the example sends it. */
export function message(said: Said): string {
  const { id, version, kind = 'created', start = '2027-05-30T16:30', end = '2027-05-30T19:30' } = said;
  return JSON.stringify({
    type: `booking.${kind}`,
    occurred_at: new Date(Date.parse('2027-04-30T18:00:00Z') + version * 60_000).toISOString(),
    booking: {
      id,
      version,
      status: kind === 'cancelled' ? 'cancelled' : 'confirmed',
      vessel: said.vessel ?? 'jada',
      start,
      end,
      guest: {
        name: said.guest ?? 'Carole Whitfield',
        email: `guest.${id}@example.org`,
        phone: '+1 619 555 0142',
      },
      party_size: said.party ?? 4,
    },
    payout: { gross: '840.75', currency: 'USD' },
  });
}
