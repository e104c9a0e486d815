import { expect, it } from 'vitest';
import { checkConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';
import jada from '../../../examples/jada/gangway.config.ts';
import { strangeAddresses } from './strange-addresses.ts';
import { tenants } from './tenants.ts';

it('shows nothing of one brand at another, for four brands and their twelve pairs', async () => {
  const { figures, violations } = await tenants.run({ count: 4, seed: 1, report: () => {} });
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ 'ordered pairs': 12, 'own pages served': 4 });
});

it('answers 600 guesses and climbing paths all alike', async () => {
  const { violations } = await strangeAddresses.run({ count: 600, seed: 1, report: () => {} });
  expect(violations).toEqual([]);
});

it('does not start on a configuration in which two brands could be taken for each other', () => {
  const { environment } = newKeys([
    { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
    { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
  ]);
  const [one, two] = jada.brands;
  if (!one || !two) throw new Error('the example fleet has changed');
  const swapped: Record<string, unknown> = {
    'the same host': { brands: [one, { ...two, host: one.host }] },
    'the same bucket': { brands: [one, { ...two, bucket: one.bucket }] },
    'the same id': { brands: [one, { ...two, id: one.id }] },
    'a host that is the other with www': { brands: [one, { ...two, host: `www.${one.host}` }] },
    'the name of the other on this machine': { brands: [one, { ...two, host: `${one.id}.localhost` }] },
    'an address at the host of the other': { server: { brandUrls: { [two.id]: `https://${one.host}` } } },
    'one address for both': {
      server: { brandUrls: { [one.id]: 'https://pages.example', [two.id]: 'https://pages.example' } },
    },
    'a vessel of a brand that is not there': {
      vessels: jada.vessels.map(vessel => ({ ...vessel, brand: 'gone' })),
    },
    'an address for a brand that is not there': { server: { brandUrls: { gone: 'https://gone.example' } } },
  };
  expect(() => checkConfig(jada, '/x/gangway.config.ts', environment)).not.toThrow();
  for (const [what, change] of Object.entries(swapped)) {
    expect(
      () => checkConfig({ ...jada, ...(change as object) }, '/x/gangway.config.ts', environment),
      what,
    ).toThrow(/problem/);
  }
});
