import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Clock } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Leaks } from './egress.ts';
import { askedAs, readAnswer } from './leaks.ts';

/** What Lambda takes in one invocation that waits for its answer, bytes. */
const mostBytes = 6 * 1024 * 1024;

/**
 * Asks the function of the money side whether something holds an amount, for functions that are denied the amounts. Fails
 * closed: without a plain yes or no within `patienceMs` it throws Unavailable `leaks-unanswered`, nothing leaves, and what
 * wanted out is tried again like anything that waits for a service.
 */
export function lambdaLeaks(it: {
  client: LambdaClient;
  functionName: string;
  clock: Clock;
  patienceMs?: number;
}): Leaks {
  const { client, functionName, clock, patienceMs = 5000 } = it;

  const invoked = async (Payload: Buffer) => {
    const control = new AbortController();
    const patience = clock.after(patienceMs, () => control.abort());
    try {
      const invoke = new InvokeCommand({ FunctionName: functionName, Payload });
      return await client.send(invoke, { abortSignal: control.signal });
    } catch (cause) {
      throw unanswered(`did not answer: ${(cause as Error).name}`, { cause });
    } finally {
      patience();
    }
  };

  return async outgoing => {
    const payload = Buffer.from(JSON.stringify(askedAs(outgoing)));
    if (payload.byteLength > mostBytes)
      throw unanswered(`takes ${mostBytes} bytes at most, not ${payload.byteLength}`, { retryable: false });
    const { FunctionError, Payload } = await invoked(payload);
    if (FunctionError) throw unanswered(`broke: ${FunctionError}`);
    const answer = readAnswer(Buffer.from(Payload ?? []).toString('utf8'));
    if (!answer) throw unanswered('said neither yes nor no');
    return answer.leaks;
  };
}

const unanswered = (what: string, options: { cause?: unknown; retryable?: boolean } = {}) =>
  new Unavailable(
    'leaks-unanswered',
    `The function that looks for amounts ${what}. Nothing leaves before it is asked.`,
    options,
  );
