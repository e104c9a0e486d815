import { LambdaClient } from '@aws-sdk/client-lambda';
import { type Answer, noAccount, serve } from './serve.ts';

type Handler = (event: unknown) => Promise<unknown>;

/**
 * As much of Lambda as invoking a function by its name: events and answers go as JSON, what a handler throws comes back
 * as an answer of status 200 that says so, and a name nobody has is refused. It checks no role.
 */
export async function openLambda(functions: Readonly<Record<string, Handler>>) {
  const place = await serve(async ({ url, body }): Promise<Answer> => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.pathname)?.[1];
    const handler = functions[decodeURIComponent(name ?? '')];
    if (!handler) return refusal(404, 'ResourceNotFoundException', 'Function not found');
    if (body.byteLength > mostBytes) return refusal(413, 'RequestTooLargeException', 'Request too large');
    return outcomeOf(() => handler(JSON.parse(body.toString())));
  });
  const client = new LambdaClient({ ...noAccount, endpoint: place.endpoint, maxAttempts: 1 });
  return { ...place, client };
}

const mostBytes = 6 * 1024 * 1024;

/** What Lambda answers whoever waits for an invocation: what it gave, or the error it ended with. */
export async function outcomeOf(run: () => Promise<unknown>): Promise<Answer> {
  try {
    return { status: 200, body: JSON.stringify((await run()) ?? null) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return {
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: JSON.stringify({ errorType, errorMessage }),
    };
  }
}

/** Its older and its newer operations spell the message differently. */
export const refusal = (status: number, name: string, message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': name, 'content-type': 'application/json' },
  body: JSON.stringify({ message, Message: message }),
});
