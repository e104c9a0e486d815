import * as z from 'zod';
import type { Leaks, Outgoing } from './egress.ts';

/** What is asked of the money side: the text itself and whose amounts to look for. */
export type LeaksQuestion = Omit<Outgoing, 'body'> & { readonly body: string };
/** What it says: yes or no, and nothing that an amount could be worked out from. */
export type LeaksAnswer = { readonly leaks: boolean };

const question = z.strictObject({
  audience: z.enum(['public', 'guest', 'crew', 'payee', 'owner', 'operator', 'machine']),
  channel: z.string(),
  about: z.array(z.string()),
  body: z.string(),
});
const answer = z.strictObject({ leaks: z.boolean() });

/** The question as it goes over the fence. Bytes become text here: the money side looks at text. */
export const askedAs = ({ body, ...rest }: Outgoing): LeaksQuestion => ({
  ...rest,
  body: typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
});

/** The money side's end: answers whoever asks, and breaks at anything that is not the question. */
export const answerLeaks =
  (leaks: Leaks) =>
  async (event: unknown): Promise<LeaksAnswer> => ({ leaks: await leaks(question.parse(event)) });

/** The answer, or null for anything else: then nobody knows, and nothing may leave. */
export function readAnswer(payload: string): LeaksAnswer | null {
  try {
    return answer.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
