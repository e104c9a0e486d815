import { Hono } from 'hono';
import type { DeliveryId } from '#intake/inbox.ts';
import type { HttpEvent, HttpResult } from '#web/api-gateway.ts';
import { notHere } from '../not-here.ts';
import { booted } from './boot.ts';
import { callsFrom } from './calls-from.ts';
import { serving } from './http.ts';
import type { Means } from './means.ts';
import { takingIn } from './taking-in.ts';
import { wholeSide } from './whole-side.ts';

/** A delivery that is kept, to be read. */
type ReadAsked = { readonly read: DeliveryId };

/** Senders are answered once a delivery is kept; another invocation reads it, and the tick those that nobody read. */
export const make = (means: Means) => {
  const side = wholeSide(means, {
    mailer: notHere('mail'),
    host: notHere('pages'),
    photoStore: notHere('photos'),
  });
  const intake = takingIn(side, means, id =>
    callsFrom(means).handOver('intake', { read: id } satisfies ReadAsked, 'until Lambda has it'),
  );
  const http = serving(side, { guest: () => new Hono(), house: [intake.routes] });
  const handler = async (event: HttpEvent | ReadAsked): Promise<HttpResult | null> => {
    if ('read' in event) {
      await intake.read(event.read);
      await side.after.done();
      return null;
    }
    const answer = await http(event);
    await intake.settled();
    return answer;
  };
  return Object.assign(handler, { mounted: http.mounted });
};

export const handler = booted(make);
