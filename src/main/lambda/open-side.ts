import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { BooksDoor } from '#fulfilment/fulfilment-parts.ts';
import { type OpenFulfilment, openFulfilment } from '#fulfilment/open-fulfilment.ts';
import { Unavailable } from '#lib/refusal.ts';
import { lambdaLeaks } from '#platform/leaks.lambda.ts';
import { type OpenRooms, openRooms } from '../open-rooms.ts';
import { openStory } from '../open-story.ts';
import { type RoomOptions, wayOut } from '../room-parts.ts';
import { type Afterwards, afterwards } from './afterwards.ts';
import type { FunctionName } from './function-parts.ts';
import { deployedName, type Means, roomOptions, workflowsOf } from './means.ts';
import { type Beside, openStores } from './open-stores.ts';

/** What is asked of `open-books`: the one thing that crosses the money fence from this side, and it is an id. */
export type BooksAsked = { readonly ask: keyof BooksDoor; readonly booking: string };

/** This side of the money fence, in a function whose role is denied the other. */
export type OpenSide = {
  of: OpenRooms;
  options: RoomOptions;
  fulfil: OpenFulfilment;
  after: Afterwards;
};

export function openSide(means: Means, beside: Beside): OpenSide {
  const { lambda: client, clock } = means;
  const after = afterwards(means);
  const options = roomOptions(means);
  const leaks = lambdaLeaks({ client, functionName: deployedName(means, 'leaks'), clock });
  // Announcements are sent from the other side, within a minute.
  const way = { ...wayOut(options, leaks), onAnnounced: () => {} };
  const of: OpenRooms = openRooms(openStores(means, beside, after), options, way);

  // Waited for: if the books were not opened the step fails and is driven again, and nobody else would notice.
  const asked = (ask: BooksAsked['ask']) => (booking: string) =>
    handOver(means, 'open-books', { ask, booking } satisfies BooksAsked, 'until it is done');
  const fulfil: OpenFulfilment = openFulfilment({
    ...openStory(of, options, { again: id => fulfil.again(id) }),
    books: { open: asked('open'), again: asked('again') },
    durable: () => workflowsOf(means),
  });
  return { of, options, fulfil, after };
}

/**
 * Has another function do something. Left with Lambda it is kept and tried three times, and something else has to find what
 * was lost even so. Throws Unavailable `lambda-unavailable`.
 */
export async function handOver(
  means: Means,
  to: FunctionName,
  payload: object,
  wait: 'until it is done' | 'until Lambda has it' = 'until Lambda has it',
): Promise<void> {
  const invoke = new InvokeCommand({
    FunctionName: deployedName(means, to),
    InvocationType: wait === 'until it is done' ? 'RequestResponse' : 'Event',
    Payload: Buffer.from(JSON.stringify(payload)),
  });
  const { FunctionError } = await means.lambda.send(invoke).catch((cause: Error) => {
    throw new Unavailable('lambda-unavailable', `Lambda did not take it: ${cause.name}.`, { cause });
  });
  if (FunctionError) throw new Unavailable('lambda-unavailable', `The function ${to} broke.`);
}
