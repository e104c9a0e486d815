import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { checkConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';
import jada from '../../../examples/jada/gangway.config.ts';
import expectedOfJson from '../../../examples/webhooks/json/expected.json' with { type: 'json' };

const environment = {
  ...newKeys([{ id: 'market', variable: 'WHSEC' }]).environment,
  SIGNING: 'Zx81mQpT4vRw7LsNc9',
  ADDRESS: 'N7x4Qw0pLr9Vt2Ks8Zb5Hc3Jd6Mf1GyE',
  API: 'an API key',
};
const signing = { env: 'SIGNING' };
const address = { env: 'ADDRESS' };
const api = { key: { env: 'API' } };
const { mapping, signature } = expectedOfJson.source;
const json = {
  kind: 'json',
  times: 'local',
  secret: signing,
  signature,
  mapping,
  listings: { 'Blue boat': 'jada' },
};

/** The paths of everything that is wrong with one source. */
function wrongWith(source: object): string[] {
  try {
    checkConfig(
      { ...jada, sources: [{ id: 'market', ...source }] },
      '/nowhere/gangway.config.ts',
      environment,
    );
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return (error.data.problems as { path: string }[]).map(({ path }) => path);
  }
}

describe('a source in the configuration', () => {
  it.each([
    { kind: 'fareharbor', urlSecret: address },
    { kind: 'fareharbor', urlSecret: address, api: { ...api, secret: { env: 'API' }, account: 'harbor' } },
    { kind: 'rezdy', urlSecret: address, api },
    { kind: 'checkfront', urlSecret: address, times: 'instant' },
    { kind: 'square', secret: signing, api },
    { kind: 'cal-com', secret: signing },
    { kind: 'calendly', secret: signing },
    { kind: 'octo', urlSecret: address, api: { ...api, base: 'https://api.ventrata.com/octo' } },
    { kind: 'xola', urlSecret: address, hours: { trip: 3 } },
    { kind: 'bokun', secret: signing, times: 'instant', api: { ...api, secret: { env: 'API' } } },
    json,
    { ...json, signature: undefined, secret: { env: 'WHSEC' } },
    { ...json, signature: undefined, secret: undefined, urlSecret: address },
  ])('of the kind $kind is sound', source => {
    expect(wrongWith(source)).toEqual([]);
  });

  it.each<[string, object]>([
    ['urlSecret', { kind: 'fareharbor' }],
    ['secret', { kind: 'fareharbor', urlSecret: address, secret: { env: 'WHSEC' } }],
    ['times', { kind: 'fareharbor', urlSecret: address, times: 'local' }],
    ['api.account', { kind: 'fareharbor', urlSecret: address, api: { ...api, secret: { env: 'API' } } }],
    ['times', { kind: 'checkfront', urlSecret: address }],
    [
      'api.base',
      { kind: 'checkfront', urlSecret: address, times: 'instant', api: { ...api, secret: { env: 'API' } } },
    ],
    ['api', { kind: 'square', secret: signing }],
    ['secret', { kind: 'square', api }],
    ['api.base', { kind: 'octo', urlSecret: address, api }],
    ['api', { kind: 'bokun', secret: signing, times: 'instant' }],
    ['api.secret', { kind: 'bokun', secret: signing, times: 'instant', api }],
    ['mapping', { kind: 'cal-com', secret: signing, mapping }],
    ['listings.trip', { kind: 'cal-com', secret: signing, listings: { trip: 'no-such-boat' } }],
    ['mapping', { ...json, mapping: undefined }],
    ['secret', { ...json, signature: undefined, secret: undefined }],
    [
      'mapping.state.words',
      { ...json, mapping: { ...mapping, state: { at: 'what', words: { new: 'confirmed' } } } },
    ],
    ['mapping.end', { ...json, mapping: { ...mapping, end: undefined } }],
    ['mapping.partySize', { ...json, mapping: { ...mapping, partySize: undefined } }],
  ])('that lacks or has too much of %s stops the start, and is named', (field, source) => {
    expect(wrongWith(source)).toEqual([`sources.market.${field}`]);
  });

  it.each<[string, object]>([
    ['id', { id: 'a..b' }],
    ['id', { id: '' }],
    ['id', { id: undefined }],
    ['vessel', { vessel: 'a[b]' }],
    ['start', { start: { date: 'day' } }],
    ['guest.name', { guest: { name: [] } }],
    ['guest', { guest: { name: 'who', shoe: 'size' } }],
    ['state.words.new', { state: { at: 'what', words: { new: 'perhaps' } } }],
    ['money.gross', { money: { gross: 'a b.[]]' } }],
  ])('whose mapping has something wrong with %s stops the start, and is named', (field, part) => {
    const paths = wrongWith({ ...json, mapping: { ...mapping, ...part } });
    expect(paths.length).toBeGreaterThan(0);
    expect(
      paths.every(
        path => path.startsWith(`sources.0.mapping.${field}`) || path === `sources.0.mapping.${field}`,
      ),
    ).toBe(true);
  });

  it.each(['short', '', 'changeme-changeme-changeme', 'aaaaaaaaaaaaaaaaaaaaaaaa'])(
    'signed with %j stops the start',
    secret => {
      const wrong = () =>
        checkConfig(
          { ...jada, sources: [{ id: 'market', kind: 'cal-com', secret: { env: 'WEAK' } }] },
          '/nowhere/gangway.config.ts',
          { ...environment, WEAK: secret },
        );
      expect(wrong).toThrow(/WEAK/);
    },
  );
});
