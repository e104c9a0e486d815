import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { isoInstant, systemClock } from '#lib/clock.ts';
import type { Imported } from '#main/moving/import-house.ts';
import type { Manifest } from '#main/moving/manifest.ts';
import { gangway, openPremises, type Premises, startGangway } from '../../spawned.ts';
import { type DynamoStandIn, openDynamo } from '../../stand-ins/dynamodb.ts';
import { serve } from '../../stand-ins/serve.ts';
import { example, outboxFiles } from '../../world.ts';
import { type AwsWorld, openAwsWorld } from '../aws-world.ts';

const linkKey = 'p9Vw3kQzR7tLx2Nf8HcJ5mYb4Gd6SaEu';

/** The same move as in `a-house-moves`, as an operator types it: the built program, with credentials of the account. */
describe('a house that moves by commands', { timeout: 120_000 }, () => {
  let dynamo: DynamoStandIn;
  let cloud: AwsWorld;
  let premises: Premises;
  let ssm: Awaited<ReturnType<typeof serve>>;
  let account: Record<string, string>;
  const at = (name: string) => join(premises.folder, name);
  const typed = (...args: string[]) => [...args, '--config', premises.config];
  const run = (...args: string[]) => gangway(typed(...args), { cwd: premises.folder, env: account });
  const answered = async <T>(...args: string[]): Promise<T> => {
    const { code, out, err } = await run(...args, '--json');
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as T;
  };

  beforeAll(async () => {
    dynamo = await openDynamo();
    premises = openPremises({
      config: fleet => ({ ...fleet, server: { url: 'https://sailjada.com' } }),
      keys: { GANGWAY_LINK_KEY: linkKey },
    });
    cloud = await openAwsWorld(dynamo, { now: isoInstant(systemClock.now()) });
    const secrets: Record<string, string> = { ...premises.keys.environment, GANGWAY_LINK_KEY: linkKey };
    ssm = await serve(({ body }) => {
      const { Names } = JSON.parse(body.toString()) as { Names: string[] };
      const Parameters = Names.map(Name => ({ Name, Value: secrets[Name.replace('/gangway/', '')] }));
      return { status: 200, body: JSON.stringify({ Parameters }) };
    });
    account = { AWS_ENDPOINT_URL_SSM: ssm.endpoint };
    for (const [name, value] of Object.entries(process.env))
      if (name.startsWith('AWS_') && value) account[name] = value;
    const server = await premises.serve();
    await server.http('/webhooks/boatsetter', premises.signed('msg_1', example('boatsetter-created')));
    await server.stop();
  }, 300_000);
  afterAll(async () => {
    await cloud?.close();
    await premises?.close();
    ssm?.stop();
    dynamo?.stop();
  });

  it('is told what is missing where there is no account to speak of', async () => {
    const nobody = { ...account, AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:9' };
    const { code, err } = await gangway(typed('export', '--aws', '--to', at('never')), { env: nobody });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/gangway-house in us-east-1[\s\S]*gangway deploy/),
    ]);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('goes onto AWS, also when the terminal was closed in the middle, and writes to nobody', async () => {
    expect(await answered<Manifest>('export', '--to', at('export'))).toMatchObject({ edition: 'embedded' });
    const closed = startGangway(typed('import', at('export'), '--aws'), {
      cwd: premises.folder,
      env: account,
    });
    closed.process.stderr?.on('data', (said: string) => {
      if (said.includes('open/letter')) closed.process.kill('SIGKILL');
    });
    expect((await closed.ended).signal).toBe('SIGKILL');
    const imported = await run('import', at('export'), '--aws');
    expect([imported.code, imported.out]).toEqual([0, expect.stringContaining('No letter is held.')]);
    expect(imported.err).toContain('Going on with an import that was cut short.');
    await cloud.minute();
    expect(await cloud.bookings()).toMatchObject([{ guest: { name: 'Carole Whitfield' }, revision: 1 }]);
    expect(await cloud.letters()).toEqual([]);
    const again = await run('import', at('export'), '--aws');
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('The table has a house in it')]);
  });

  it('comes back to a machine, as it was', async () => {
    const left = await run('export', '--aws', '--to', at('back'));
    expect([left.code, left.out]).toEqual([0, expect.stringMatching(/^Exported the aws house as of /)]);
    const imported = await answered<Imported>('import', at('back'), '--data', at('returned'));
    expect(imported).toMatchObject({ from: { edition: 'aws' }, resumed: false, drift: 0 });
    expect(await answered<Booking[]>('booking', 'list', '--when', 'all', '--data', at('returned'))).toEqual(
      await cloud.bookings(),
    );
    expect(outboxFiles(at('returned/outbox'))).toEqual([]);
  });
});
