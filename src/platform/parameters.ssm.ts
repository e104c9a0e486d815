import * as z from 'zod';
import type { Clock } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import { type AwsCredentials, signedHeaders } from './sign-v4.ts';

/** Reads parameters by their full names, deciphered. One that is not there is missing from the answer. */
export type ReadParameters = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What SSM answers in one call. */
const atOnce = 10;
const patienceMs = 5000;

const answer = z.object({ Parameters: z.array(z.object({ Name: z.string(), Value: z.string() })) });

/**
 * Parameters (SecureString) from SSM, and by names that begin with `/aws/reference/secretsmanager/` secrets from Secrets
 * Manager. One signed call for ten, without a client library, because every cold start waits for it. Throws Unavailable
 * `secrets-unavailable`; no value is ever part of a message.
 */
export function ssmParameters(it: {
  region: string;
  credentials: () => Promise<AwsCredentials>;
  clock: Clock;
  fetch?: typeof globalThis.fetch;
  /** Another place than the service itself: a stand-in. */
  endpoint?: string;
}): ReadParameters {
  const { region, credentials, clock, fetch = globalThis.fetch } = it;
  const url = new URL(it.endpoint ?? `https://ssm.${region}.amazonaws.com`);

  const read = async (names: readonly string[]) => {
    const body = JSON.stringify({ Names: names, WithDecryption: true });
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameters',
    };
    const post = { host: url.host, region, service: 'ssm', headers, body };
    const answered = await fetch(url, {
      method: 'POST',
      headers: signedHeaders(post, await credentials(), clock.now()),
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await answered.text();
    if (answered.ok) return answer.parse(JSON.parse(text)).Parameters;
    throw new Error(`${answered.status} ${typeOf(text)}`);
  };

  return async names => {
    const parts = Array.from({ length: Math.ceil(names.length / atOnce) }, (_, part) =>
      names.slice(part * atOnce, (part + 1) * atOnce),
    );
    try {
      const found = (await Promise.all(parts.map(read))).flat();
      return new Map(found.map(({ Name, Value }) => [Name, Value]));
    } catch (cause) {
      const what = cause instanceof z.ZodError ? 'an answer that is none' : (cause as Error).message;
      throw new Unavailable('secrets-unavailable', `The secrets could not be read: ${what}.`, { cause });
    }
  };
}

/** The name of the refusal alone: its message may quote what was asked for. */
const typeOf = (text: string) => /"__type":"(?:[\w.]+#)?(\w+)"/.exec(text)?.[1] ?? 'without a reason';
