import { LambdaClient } from '@aws-sdk/client-lambda';
import { durableHandler } from '#durable/run.lambda.ts';
import { notHere } from '../not-here.ts';
import { mailerOf } from './beside.ts';
import { booted } from './boot.ts';
import { executing } from './executing.ts';
import type { Means } from './means.ts';
import { wholeSide } from './whole-side.ts';

export const make = (means: Means) => {
  const { telling, after } = wholeSide(means, {
    mailer: mailerOf(means),
    host: notHere('pages'),
    photoStore: notHere('photos'),
  });
  const client = new LambdaClient({});
  const ready = telling().then(({ workflows }) => durableHandler({ workflows, client, log: means.log }));
  return executing(async (event, context) => (await ready)(event, context), after);
};

export const handler = booted(make);
