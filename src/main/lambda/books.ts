import { durableHandler } from '#durable/durable.lambda.ts';
import { mailerOf } from './beside.ts';
import { booted } from './boot.ts';
import { executing } from './executing.ts';
import type { Means } from './means.ts';
import { notHere } from './open-stores.ts';
import { wholeSide } from './whole-side.ts';

export const make = (means: Means) => {
  const { fulfil, after } = wholeSide(means, {
    mailer: mailerOf(means),
    host: notHere('pages'),
    photoStore: notHere('photos'),
  });
  return executing(
    durableHandler({ workflows: fulfil.workflows, client: means.lambda, log: means.log }),
    after,
  );
};

export const handler = booted(make);
