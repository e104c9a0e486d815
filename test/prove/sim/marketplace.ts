import { Webhook } from 'standardwebhooks';
import { secrets } from './fleet.ts';
import type { Statement } from './history.ts';

const signers = {
  boatsetter: new Webhook(secrets.BOATSETTER_WEBHOOK_SECRET),
  manual: new Webhook(secrets.MANUAL_WEBHOOK_SECRET),
};

/** A statement as its marketplace sends it at an instant: the bytes, and the headers that vouch for them. */
export function signed(statement: Statement, now: number) {
  const text = bodyOf(statement);
  const at = new Date(now);
  const headers: Readonly<Record<string, string>> = {
    'content-type': 'application/json',
    'webhook-id': statement.key,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': signers[statement.source].sign(statement.key, at, text),
  };
  return { text, headers };
}

function bodyOf({ name, version, at, kind, replaces, trip, gross }: Statement): string {
  return JSON.stringify({
    type: `booking.${kind}`,
    ...(at === null ? {} : { occurred_at: at }),
    booking: {
      id: name,
      ...(version === null ? {} : { version }),
      ...(replaces === null ? {} : { replaces }),
      ...(trip && {
        status: trip.status,
        vessel: trip.vessel,
        start: trip.start,
        end: trip.end,
        guest: { name: trip.guest, email: trip.email },
        party_size: trip.party,
      }),
    },
    ...(gross === null ? {} : { payout: { gross, currency: 'USD' } }),
  });
}
