import { LambdaClient } from '@aws-sdk/client-lambda';
import { durableHandler } from '#durable/run.lambda.ts';
import { notHere } from '../not-here.ts';
import { hostOf, mailerOf } from './beside.ts';
import { booted } from './boot.ts';
import { executing } from './executing.ts';
import type { Means } from './means.ts';
import { openSide } from './open-side.ts';

export const make = (means: Means) => {
  const { telling, after } = openSide(means, {
    mailer: mailerOf(means),
    host: hostOf(means),
    photoStore: notHere('photos'),
  });
  const client = new LambdaClient({});
  const ready = telling().then(({ workflows }) => durableHandler({ workflows, client, log: means.log }));
  return executing(async (event, context) => (await ready)(event, context), after);
};

export const handler = booted(make);
