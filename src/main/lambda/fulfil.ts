import { durableHandler } from '#durable/durable.lambda.ts';
import { hostOf, mailerOf } from './beside.ts';
import { booted } from './boot.ts';
import { executing } from './executing.ts';
import type { Means } from './means.ts';
import { openSide } from './open-side.ts';
import { notHere } from './open-stores.ts';

export const make = (means: Means) => {
  const { fulfil, after } = openSide(means, {
    mailer: mailerOf(means),
    host: hostOf(means),
    photoStore: notHere('photos'),
  });
  return executing(
    durableHandler({ workflows: fulfil.workflows, client: means.lambda, log: means.log }),
    after,
  );
};

export const handler = booted(make);
