import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { checkConfig } from '#main/config/config.ts';
import { secretVariables } from '#main/config/secrets.ts';
import { parameterOf, secretSource } from '#main/lambda/secrets.ts';
import { newKeys } from '#main/new-keys.ts';
import { ssmParameters } from '#platform/parameters.ssm.ts';
import jada from '../../examples/jada/gangway.config.ts';
import { serve } from '../stand-ins/serve.ts';

const credentials = async () => ({
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'none',
  sessionToken: 'token',
});
const { environment: sound } = newKeys([
  { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
  { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
]);
const file = '/var/task/gangway.config.ts';
const variables = secretVariables(checkConfig(jada, file, sound).shape);

describe('the secrets of a function', () => {
  let ssm: Awaited<ReturnType<typeof serve>>;
  let kept: Map<string, string>;
  let calls: string[][];
  let clock: SettableClock;
  let errors: unknown[];

  /** As much of SSM as GetParameters: what is there, deciphered, and which names are not. */
  beforeAll(async () => {
    ssm = await serve(({ headers, body }) => {
      const { Names, WithDecryption } = JSON.parse(body.toString()) as {
        Names: string[];
        WithDecryption: boolean;
      };
      const isSigned = /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/20270501\/us-west-2\/ssm\//.test(
        headers.authorization ?? '',
      );
      const isAsked = headers['x-amz-target'] === 'AmazonSSM.GetParameters' && WithDecryption;
      if (!isSigned || !isAsked || headers['x-amz-security-token'] !== 'token' || Names.length > 10)
        return { status: 400, body: '{"__type":"com.amazonaws.ssm#ValidationException"}' };
      calls.push(Names);
      const Parameters = Names.filter(name => kept.has(name)).map(Name => ({
        Name,
        Type: 'SecureString',
        Value: kept.get(Name),
        Version: 1,
      }));
      return {
        status: 200,
        body: JSON.stringify({ Parameters, InvalidParameters: Names.filter(name => !kept.has(name)) }),
      };
    });
  });
  afterAll(() => ssm.stop());
  beforeEach(() => {
    kept = new Map(Object.entries(sound).map(([name, value]) => [`/gangway/${name}`, value]));
    calls = [];
    errors = [];
    clock = settableClock('2027-05-01T08:00:00Z');
  });

  const parameters = () => ssmParameters({ region: 'us-west-2', credentials, clock, endpoint: ssm.endpoint });
  const open = (rotated: readonly string[] = []) => {
    const spelled = (variable: string) => parameterOf('/gangway/', variable, rotated);
    return secretSource({
      read: parameters(),
      variables,
      spelled,
      check: secrets => void checkConfig(jada, file, secrets, { spelled }),
      clock,
      onKept: error => errors.push(error),
    });
  };
  const minute = 60_000;

  it('are those that the configuration names, read once for five minutes by however many ask', async () => {
    const source = open();
    const [first, second] = await Promise.all([source.current(), source.current()]);
    expect(first).toEqual(sound);
    expect(second).toBe(first);
    clock.advance(5 * minute - 1);
    expect(await source.current()).toBe(first);
    expect(calls).toEqual([variables.map(variable => `/gangway/${variable}`)]);
    clock.advance(1);
    expect(await source.current()).toBe(first);
    expect(calls).toHaveLength(2);
  });

  it('open the same slots of the configuration as a file of keys does', async () => {
    const config = checkConfig(jada, file, await open().current());
    expect(config.secret('link key')).toBe(sound.GANGWAY_LINK_KEY);
    expect(config.secret('boatsetter webhook secret')).toBe(sound.BOATSETTER_WEBHOOK_SECRET);
  });

  it.each([
    ['missing', undefined, /\/gangway\/GANGWAY_LINK_KEY is not set/],
    ['empty', '', /\/gangway\/GANGWAY_LINK_KEY is empty/],
    ['blank', '  ', /\/gangway\/GANGWAY_LINK_KEY is blank/],
    ['short', 'a1B2c3D4', /\/gangway\/GANGWAY_LINK_KEY/],
  ])(
    'stop a cold start when one is %s, by the name of its parameter and never its value',
    async (_what, value, said) => {
      if (value === undefined) kept.delete('/gangway/GANGWAY_LINK_KEY');
      else kept.set('/gangway/GANGWAY_LINK_KEY', value);
      const source = open();
      const refused = source.current();
      await expect(refused).rejects.toMatchObject({
        code: 'config-invalid',
        message: expect.stringMatching(said),
      });
      for (const secret of Object.values(sound)) await expect(refused).rejects.not.toThrow(secret);
      kept.set('/gangway/GANGWAY_LINK_KEY', sound.GANGWAY_LINK_KEY ?? '');
      expect(await source.current()).toEqual(sound);
    },
  );

  it.each([
    ['does not answer', 'before' as const, /fetch failed/],
    [
      'refuses',
      { status: 400, body: '{"__type":"com.amazonaws.ssm#AccessDeniedException","Message":"x"}' },
      /400 AccessDeniedException/,
    ],
    ['answers something else', { status: 200, body: '<html>' }, /./],
  ])('stop a cold start when SSM %s', async (_what, how, said) => {
    ssm.fail(how);
    await expect(open().current()).rejects.toMatchObject({
      name: 'Unavailable',
      code: 'secrets-unavailable',
      message: expect.stringMatching(said),
    });
  });

  it('are new within five minutes of being changed', async () => {
    const source = open();
    const before = await source.current();
    kept.set('/gangway/GANGWAY_LINK_KEY', 'mT7vQ2xL9rZ4wK8nB3cH6yD1fJ5sG0pE');
    clock.advance(5 * minute);
    const after = await source.current();
    expect(after).not.toBe(before);
    expect(after.GANGWAY_LINK_KEY).toBe('mT7vQ2xL9rZ4wK8nB3cH6yD1fJ5sG0pE');
  });

  it('stay in use while SSM is away or holds half of a change, which somebody hears of', async () => {
    const source = open();
    const before = await source.current();
    clock.advance(5 * minute);
    ssm.fail('before');
    expect(await source.current()).toBe(before);
    clock.advance(30_000);
    kept.set('/gangway/GANGWAY_LINK_KEY', '');
    expect(await source.current()).toBe(before);
    expect(errors).toMatchObject([{ code: 'secrets-unavailable' }, { code: 'config-invalid' }]);
    clock.advance(29_999);
    await source.current();
    expect(calls).toHaveLength(2);
  });

  it('come from Secrets Manager where they are rotated by themselves, by one call with the others', async () => {
    const rotated = '/aws/reference/secretsmanager/gangway/GANGWAY_LINK_KEY';
    kept.delete('/gangway/GANGWAY_LINK_KEY');
    kept.set(rotated, sound.GANGWAY_LINK_KEY ?? '');
    expect(await open(['GANGWAY_LINK_KEY']).current()).toEqual(sound);
    expect(calls).toHaveLength(1);
  });

  it('are asked for ten at a time', async () => {
    const many = Array.from({ length: 23 }, (_, n) => `/gangway/S${n}`);
    for (const name of many) kept.set(name, `value of ${name}`);
    const found = await parameters()(many);
    expect([...found.keys()].sort()).toEqual(many.toSorted());
    expect(calls.map(names => names.length).sort()).toEqual([10, 10, 3].sort());
  });
});
