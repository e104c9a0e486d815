import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import { statusOf } from './statuses.ts';

/** RFC 9457: what went wrong, in words for the person who can mend it. `code` is stable; `cure` says what to do. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  cure: string;
} & Record<string, unknown>;

export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) {
    return problem(statusOf(error.code), error.code, error.message, error.cure, error.data);
  }
  if (error instanceof Unavailable) {
    return problem(
      statusOf(error.code, 503),
      error.code,
      error.message,
      'Nothing was lost. Try again in a minute.',
    );
  }
  return problem(
    500,
    'defect',
    'Something in Gangway itself went wrong.',
    'Try again; if it stays, the log has the details.',
  );
}

export function problemResponse(c: Context, error: unknown): Response {
  const body = problemOf(error);
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  const waitMs = retryAfterMs(error, body.status);
  if (waitMs !== null) headers['retry-after'] = String(Math.max(1, Math.ceil(waitMs / 1000)));
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, headers);
}

/** When another try makes sense: what the error says, else a minute where waiting is all there is to do. */
function retryAfterMs(error: unknown, status: number): number | null {
  if (error instanceof Unavailable) return error.retryable ? (error.retryAfterMs ?? 60_000) : null;
  const said = error instanceof Refusal ? error.data.retryAfterMs : null;
  return typeof said === 'number' ? said : status === 429 ? 60_000 : null;
}

const problem = (
  status: number,
  code: string,
  detail: string,
  cure: string,
  data: Readonly<Record<string, unknown>> = {},
): Problem => ({
  ...data,
  type: `${paths.docsErrors}#${code}`,
  title: code.replaceAll('-', ' '),
  status,
  code,
  detail,
  cure,
});
