import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriedHeaders } from '#web/health.ts';
import jada from '../../../examples/jada/gangway.config.ts';
import { type Answer, type Asked, serve } from '../../../test/stand-ins/serve.ts';
import type { Finding } from '../doctor/finding.ts';
import { awsFindings } from './doctor-aws.ts';
import { outputsFile } from './stack-folder.ts';

const config = 'examples/jada/gangway.config.ts';
const parts = { Gangway: { FrontOriginF1: '', Places: '' } };

const shownValue = 'ea7Zq0Nn4yPw8sXk2LhV6tRc9uJd3mGf';

/** The API: names the headers that arrived, as the program does, and refuses who does not come through a distribution. */
const api = ({ url, headers }: Asked): Answer =>
  url.pathname === '/desk/sign-in'
    ? headers['x-gangway-origin'] === shownValue
      ? { status: 200 }
      : { status: 403, body: JSON.stringify({ code: 'past-the-edge' }) }
    : namesHeaders({ url, headers });

const namesHeaders = ({ url, headers }: Pick<Asked, 'url' | 'headers'>): Answer =>
  url.pathname === '/healthz/headers'
    ? {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ received: carriedHeaders.filter(name => headers[name] !== undefined) }),
      }
    : { status: 404 };

/** A distribution before it that lets these headers through and no other, as one without an origin request policy. */
const distribution =
  (lets: readonly string[], shows = shownValue) =>
  (asked: Asked) =>
    api({
      ...asked,
      headers: {
        ...Object.fromEntries(Object.entries(asked.headers).filter(([name]) => lets.includes(name))),
        'x-gangway-origin': shows,
      },
    });

/** A brand's distribution: turns away what is no page, and says whose it is. */
const edgeOf =
  (brand: string | null, status = 404) =>
  (): Answer => ({ status, headers: brand === null ? {} : { 'x-gangway-brand': brand } });

const secretNames = [
  ...['GANGWAY_LINK_KEY', 'SERVICE_KEY_HASH', 'DASHBOARD_TOKEN_HASH'],
  ...['BOATSETTER_WEBHOOK_SECRET', 'MANUAL_WEBHOOK_SECRET'],
];
const everyPlace = () =>
  Object.fromEntries(
    jada.brands.map(({ id, bucket, host, layout }, index) => [
      id,
      { bucket, host, distribution: `E${index}`, prefix: layout.kind === 'folder' ? 'guests/' : 'g/' },
    ]),
  );

type Place = Awaited<ReturnType<typeof serve>>;
let folder: string;
let origin: Place;
const open: Place[] = [];
const standIn = async (answer: (asked: Asked) => Answer) => {
  const place = await serve(answer);
  open.push(place);
  return place.endpoint;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-doctor-'));
  mkdirSync(join(folder, 'node_modules', 'aws-cdk-lib'), { recursive: true });
  writeFileSync(join(folder, 'app.ts'), '');
  origin = await serve(api);
  open.push(origin);
});
afterAll(() => {
  for (const place of open) place.stop();
  rmSync(folder, { recursive: true });
});

/** An installation where all is well, with something else in it. */
async function look(change: {
  lets?: readonly string[];
  origin?: string;
  places?: object | null;
  missing?: string;
  shows?: string;
  secret?: string;
  brands?: (id: string) => string | null;
  status?: number;
}): Promise<Finding[]> {
  const outputs = {
    Gangway: {
      ...parts.Gangway,
      FrontOriginF1: change.origin ?? origin.endpoint,
      Places: JSON.stringify(change.places ?? everyPlace()),
    },
  };
  mkdirSync(dirname(outputsFile(folder)), { recursive: true });
  writeFileSync(outputsFile(folder), JSON.stringify(outputs));
  const edges = new Map<string, string>();
  for (const { id } of jada.brands)
    edges.set(id, await standIn(edgeOf((change.brands ?? (own => own))(id), change.status)));
  return awsFindings({
    config,
    folder,
    url: await standIn(distribution(change.lets ?? carriedHeaders, change.shows)),
    brandUrl: ({ id }) => edges.get(id) ?? '',
    parameters: async names =>
      new Map(
        names
          .filter(name => name !== `/gangway/${change.missing}`)
          .map(name => [
            name,
            name.startsWith('/aws/') ? (change.secret ?? JSON.stringify({ 1: shownValue })) : 'there',
          ]),
      ),
  });
}
const failing = (found: readonly Finding[]) => found.filter(({ state }) => state === 'failing');

describe('gangway doctor --aws', () => {
  it('finds nothing where all is well', async () => {
    const found = await look({});
    expect(found.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['places of brands', 'secrets in SSM', 'edge of sailjada']),
    );
  });

  it('names the headers that the distribution takes away, and the API where they arrive', async () => {
    const [finding, ...others] = failing(await look({ lets: ['authorization'] }));
    expect(others).toEqual([]);
    expect(finding?.detail).toBe(
      `the distribution takes away ${carriedHeaders.filter(name => name !== 'authorization').join(', ')}; at ${origin.endpoint} they arrive`,
    );
    expect(finding?.cure).toContain('AllViewerExceptHostHeader');
  });

  it('says so where they are lost before any distribution', async () => {
    const deaf = await standIn(distribution([]));
    const [finding] = failing(await look({ lets: [], origin: deaf }));
    expect(finding?.detail).toContain(`lost at the API itself, ${deaf}: authorization, x-service-key`);
  });

  it('says where to look when a function does not start', async () => {
    const broken = await standIn(() => ({ status: 500 }));
    const [finding] = failing(await look({ origin: broken }));
    expect(finding).toMatchObject({ what: `API at ${broken}`, detail: 'answered 500' });
    expect(finding?.cure).toContain('/aws/lambda/gangway-house');
  });

  it.each(secretNames)('names %s where it is missing, with the command that puts it there', async name => {
    const [finding, ...others] = failing(await look({ missing: name }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ what: `secret ${name}` });
    expect(finding?.cure).toContain(`--name /gangway/${name} `);
  });

  it('names a distribution that does not show the API what it wants to be shown', async () => {
    const [finding, ...others] = failing(await look({ shows: 'what was shown last year' }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ what: 'the API past CloudFront' });
    expect(finding?.detail).toContain('does not show');
  });

  it('names an API that answers past the distributions', async () => {
    const open = await standIn(asked =>
      asked.url.pathname === '/desk/sign-in' ? { status: 200 } : namesHeaders(asked),
    );
    const [finding] = failing(await look({ origin: open }));
    expect(finding?.detail).toContain('did not refuse a call past the distributions: answered 200');
  });

  it.each([
    ['is no JSON', 'x', 'has no values'],
    ['has another value than the one that is shown', JSON.stringify({ 2: shownValue }), 'has no value 1'],
  ])('names the secret of the distributions where it %s', async (_what, secret, said) => {
    const [finding, ...others] = failing(await look({ secret }));
    expect(others).toEqual([]);
    expect(finding?.what).toBe('secret gangway/origin');
    expect(finding?.detail).toContain(said);
  });

  it('refuses a brand with the bucket of another', async () => {
    const { queenofsandiego, sailjada } = everyPlace() as Record<string, { bucket: string }>;
    const swapped = {
      queenofsandiego: { ...queenofsandiego, bucket: sailjada?.bucket },
      sailjada: { ...sailjada, bucket: queenofsandiego?.bucket },
    };
    const [finding] = failing(await look({ places: swapped }));
    expect(finding).toMatchObject({ what: 'places of brands' });
    expect(finding?.detail).toContain('the bucket sailjada.com, which is sailjada’s');
  });

  it('sees a host that leads to the distribution of another brand', async () => {
    const other = (id: string) => (id === 'sailjada' ? 'queenofsandiego' : id);
    const [finding, ...others] = failing(await look({ brands: other }));
    expect(others).toEqual([]);
    expect(finding?.what).toBe('edge of sailjada');
    expect(finding?.detail).toContain('is answered for the brand queenofsandiego');
  });

  it.each([
    ['that is no distribution of ours', { brands: () => null }, 'does not say which brand'],
    ['whose pages have no function', { status: 200 }, 'answered 200 where there is no page'],
  ])('sees a host %s', async (_what, change, said) => {
    expect(failing(await look(change))[0]?.detail).toContain(said);
  });

  it('says what it could not look at', async () => {
    rmSync(outputsFile(folder), { force: true });
    const url = await standIn(distribution(carriedHeaders));
    const found = await awsFindings({ config, folder, url, brandUrl: () => url, parameters: null });
    expect(found.filter(({ state }) => state === 'warning').map(({ what }) => what)).toEqual([
      'places of brands',
      'secrets in SSM',
      'the API past CloudFront',
    ]);
    rmSync(join(folder, 'node_modules'), { recursive: true });
    const bare = await awsFindings({ config, folder, url, brandUrl: () => url, parameters: null });
    expect(bare[0]).toMatchObject({
      what: 'stack',
      state: 'failing',
      cure: `Install them: npm ci --prefix ${folder}`,
    });
  });
});
