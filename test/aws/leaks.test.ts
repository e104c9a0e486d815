import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { type Canaries, egress, type Leaks, lookingFor, type Outgoing } from '#platform/egress.ts';
import { leaksContract } from '#platform/leaks.contract.ts';
import { lambdaLeaks } from '#platform/leaks.lambda.ts';
import { answerLeaks } from '#platform/leaks.ts';
import { openLambda } from '../stand-ins/lambda.ts';

const letter: Outgoing = { audience: 'guest', channel: 'mail', about: ['bkg_a'], body: 'Hello' };

describe('asking another function whether an amount leaves', () => {
  let lambda: Awaited<ReturnType<typeof openLambda>>;
  let knows: Canaries;
  let answer: (event: unknown) => Promise<unknown>;
  const clock = settableClock('2027-05-01T08:00:00Z');
  beforeAll(async () => {
    lambda = await openLambda({ leaks: event => answer(event) });
  });
  afterAll(() => lambda.stop());
  beforeEach(() => {
    knows = () => ['840.75'];
    answer = answerLeaks(lookingFor((...asked) => knows(...asked)));
  });
  const ask: Leaks = outgoing =>
    lambdaLeaks({ client: lambda.client, functionName: 'leaks', clock })(outgoing);

  leaksContract('on Lambda, over its API', canaries => outgoing => {
    knows = canaries;
    return ask(outgoing);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no word about it', {}],
    ['a word of its own', { leaks: 'no' }],
    ['more than was asked', { leaks: false, amounts: ['840.75'] }],
    ['an answer in another form', [false]],
  ])('takes %s for no answer', async (_what, said) => {
    answer = async () => said;
    await expect(ask(letter)).rejects.toMatchObject({ code: 'leaks-unanswered', retryable: true });
  });

  it.each([
    ['the connection breaks before', 'before' as const],
    ['the connection breaks after', 'after' as const],
    [
      'it is throttled',
      { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: '{}' },
    ],
    ['it may not ask', { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{}' }],
  ])('throws when %s: nothing leaves, and it is no leak', async (_what, how) => {
    const seen: string[] = [];
    const out = egress({
      leaks: ask,
      onRefused: () => seen.push('refused'),
      tap: () => seen.push('left'),
    });
    lambda.fail(how);
    await expect(out.emit(letter)).rejects.toMatchObject({ name: 'Unavailable', code: 'leaks-unanswered' });
    expect(seen).toEqual([]);
    await out.emit(letter);
    expect(seen).toEqual(['left']);
  });

  it('waits five seconds and no longer', async () => {
    let heard = () => {};
    const isHeard = new Promise<void>(resolve => {
      heard = resolve;
    });
    answer = () => {
      heard();
      return new Promise(() => {});
    };
    const asked = ask(letter);
    await isHeard;
    clock.advance(5000);
    await expect(asked).rejects.toMatchObject({ code: 'leaks-unanswered' });
  });

  it('does not ask in vain about what is too long to be asked', async () => {
    const body = 'ü'.repeat(3 * 1024 * 1024);
    await expect(ask({ ...letter, body })).rejects.toMatchObject({ retryable: false });
  });

  it('does not answer what is no question, nor a function that is not there', async () => {
    for (const event of [null, {}, { ...letter, audience: 'everybody' }, { ...letter, more: 1 }])
      await expect(answerLeaks(lookingFor(() => []))(event)).rejects.toThrow();
    const elsewhere = lambdaLeaks({ client: lambda.client, functionName: 'nobody', clock });
    await expect(elsewhere(letter)).rejects.toMatchObject({ code: 'leaks-unanswered' });
  });

  it('hands nothing over the fence but yes or no', async () => {
    expect(
      Object.keys(await answerLeaks(lookingFor(() => ['840.75']))({ ...letter, body: '840.75' })),
    ).toEqual(['leaks']);
  });
});
