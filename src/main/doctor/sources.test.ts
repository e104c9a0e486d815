import { expect, it } from 'vitest';
import { Unavailable } from '#lib/refusal.ts';
import { checkConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';
import jada from '../../../examples/jada/gangway.config.ts';
import { sourceFindings } from './sources.ts';

it('doctor says of each source where it goes, what waits for a person, and whose API is out of reach', async () => {
  const api = { key: { env: 'API' } };
  const urlSecret = { env: 'ADDRESS' };
  const config = checkConfig(
    {
      ...jada,
      sources: [
        { id: 'calcom', kind: 'cal-com', secret: { env: 'SIGNING' } },
        { id: 'checkfront', kind: 'checkfront', times: 'instant', urlSecret },
        { id: 'rezdy', kind: 'rezdy', urlSecret: { env: 'OTHER' }, api },
        { id: 'square', kind: 'square', secret: { env: 'SQUARE' }, api },
      ],
    },
    '/nowhere/gangway.config.ts',
    {
      ...newKeys([]).environment,
      SIGNING: 'Zx81mQpT4vRw7LsNc9',
      SQUARE: 'sq0whk-RnD9yTb2uLpQ7',
      ADDRESS: 'N7x4Qw0pLr9Vt2Ks8Zb5Hc3Jd6Mf1GyE',
      OTHER: 'yT2uLpQ7RnD9yTb2uLN7x4Qw0pLr9Vt2K',
      API: 'an API key',
    },
  );
  const asked: string[] = [];
  const found = await sourceFindings(config, 'https://crew.example.com', async ({ url }) => {
    asked.push(url);
    if (url.includes('rezdy'))
      throw new Unavailable('outside-unreachable', 'No answer: it did not answer in time.');
    return { status: 404, headers: {}, body: new Uint8Array() };
  });
  expect(found.map(({ what, state }) => [what, state])).toEqual([
    ['source calcom', 'ok'],
    ['source checkfront', 'warning'],
    ['source rezdy', 'failing'],
    ['source square', 'ok'],
  ]);
  expect(found.map(({ detail }) => detail).join('\n')).toContain('https://crew.example.com/webhooks/calcom');
  expect(JSON.stringify(found)).not.toMatch(/an API key|N7x4Qw0p/);
  expect(asked.sort()).toEqual(['https://api.rezdy.com/', 'https://connect.squareup.com/']);
});
