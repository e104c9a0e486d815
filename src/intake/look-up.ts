import type { Problem } from '#booking/problem.ts';
import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { Unavailable } from '#lib/refusal.ts';
import { jsonLimits, parseStrictJson } from '#lib/strict-json.ts';
import type { Outside } from '#platform/outside.ts';
import { openBody } from './bodies.ts';
import type { Delivery, DeliveryId, Inbox } from './inbox.ts';
import type { Source } from './source.ts';
import type { ApiRequest, LookedUp } from './vendor-api.ts';

/** What came of a notice: it says all by itself, the answer is a delivery of its own now, or it cannot be asked after. */
export type Asked =
  | { kind: 'says all' }
  | { kind: 'answered'; answer: Delivery }
  | { kind: 'refused'; problems: readonly [Problem] };

/**
 * Asks a marketplace for what its notice leaves out. The answer is kept in the inbox, like everything that comes in, before it is read, so
 * it can be read again at any time without being asked for again. One question at a time for each source: of two, the
 * one asked later tells the later state. Throws `Unavailable` while the marketplace does not answer.
 */
export type LookUp = (delivery: Delivery, body: Uint8Array, source: Source) => Promise<Asked>;

export function lookUps(room: { inbox: Inbox; outside: Outside; clock: Clock }): LookUp {
  const inTurn = oneAtATime();
  return async (delivery, body, source) => {
    if (!source.api || delivery.via === 'asked') return { kind: 'says all' };
    const { vendor, access } = source.api;
    const notice = openBody(body, source.manner.media);
    const wanted = vendor.ask(notice, access, room.clock.now());
    if (wanted === 'nothing') return { kind: 'says all' };
    if (!('length' in wanted)) return { kind: 'refused', problems: [wanted] };
    return inTurn(source.settings.id, async () => {
      const answers: unknown[] = [];
      for (const request of wanted) {
        const answer = await ask(room.outside, access.base, request);
        if ('problem' in answer) return { kind: 'refused', problems: [answer.problem] };
        answers.push(answer.value);
      }
      const found: LookedUp = { notice, answers };
      const kept = Buffer.from(JSON.stringify(found));
      const { delivery: answer } = await room.inbox.receive({
        source: source.settings.id,
        messageId: `${sha256(kept).slice(0, 40)}@${delivery.id}`,
        via: 'asked',
        headers: { 'content-type': 'application/json' },
        body: kept,
      });
      return { kind: 'answered', answer };
    });
  };
}

/** The notice because of which this answer was asked for. */
export const noticeOf = ({ via, messageId }: Delivery): DeliveryId | null =>
  via === 'asked' ? ((messageId.split('@')[1] ?? null) as DeliveryId | null) : null;

/** Seconds before each further question while a marketplace does not answer: most of a day in all. */
export const askAgainAfter = [5, 30, 120, 300, 900, 1800, 3600, 7200, 14_400, 28_800] as const;

/** The problem of a marketplace that does not answer, which passes by itself. */
export const notAnswered = (reason: string): Problem => ({
  field: 'message',
  code: 'api-unavailable',
  reason: `The marketplace was asked for the booking and did not give it. ${reason}`,
  cure: 'It is asked again by itself. If it stays so, look at the status page of the marketplace, then run this again.',
});

async function ask(
  outside: Outside,
  base: string,
  { path, headers }: ApiRequest,
): Promise<{ value: unknown } | { problem: Problem }> {
  const {
    status,
    body,
    headers: answered,
  } = await outside({
    url: `${base}${path}`,
    method: 'GET',
    headers: { accept: 'application/json', 'user-agent': 'Gangway', ...headers },
    timeoutMs: 10_000,
    mostBytes: jsonLimits.bytes,
  });
  if (status >= 200 && status < 300) return { value: parseStrictJson(body) };
  if (status === 401 || status === 403) return { problem: keyRefused(status) };
  if (status === 404 || status === 410) return { problem: unknownThere };
  const after = Number(answered['retry-after']);
  throw new Unavailable('api-unavailable', `It answered with ${status}.`, {
    ...(after > 0 ? { retryAfterMs: after * 1000 } : {}),
  });
}

const keyRefused = (status: number): Problem => ({
  field: 'message',
  code: 'api-key-refused',
  reason: `The marketplace was asked for the booking and did not accept our key (${status}).`,
  cure: 'Make a key that may read bookings at the marketplace, set it under api of the source, start again and run this again.',
});

const unknownThere: Problem = {
  field: 'message',
  code: 'api-unknown-there',
  reason: 'The marketplace was asked for the booking of this notice and does not know it.',
  cure: 'Look for the booking at the marketplace. If it is there, run this again; if not, somebody else may have sent the notice: discard it.',
};
