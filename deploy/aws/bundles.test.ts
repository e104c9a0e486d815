import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iamPrefix } from '../../src/guest-page/page-routing.ts';
import { functions } from '../../src/main/lambda/functions.ts';
import { type SurroundingsText, surroundingsVariable } from '../../src/main/lambda/surroundings.ts';
import { newKeys } from '../../src/main/new-keys.ts';
import { serve } from '../../test/stand-ins/serve.ts';
import { bundle, isThere } from './bundles.ts';
import { installationOf } from './installation.ts';
import { shapeOf } from './stack.fixture.ts';

const written = functions.filter(isThere);
let into: string;
let folders: ReadonlyMap<string, string>;
beforeAll(async () => {
  // Outside the checkout, whose node_modules a bundle has to do without.
  into = mkdtempSync(join(tmpdir(), 'gangway-bundles-'));
  folders = await bundle(written, { shape: shapeOf(), into });
}, 120_000);
afterAll(() => rmSync(into, { recursive: true }));
const folderOf = (name: string) => folders.get(name) ?? '';

/** The bundle with the sharp of this machine in place of the one for the function's. */
function onThisMachine(name: string): string {
  const folder = folderOf(name);
  if (!existsSync(join(folder, 'node_modules'))) return join(folder, 'index.mjs');
  const here = `${folder}-here`;
  mkdirSync(join(here, 'node_modules'), { recursive: true });
  for (const file of readdirSync(folder).filter(each => each.endsWith('.mjs')))
    copyFileSync(join(folder, file), join(here, file));
  for (const part of ['sharp', 'libheif-js'])
    symlinkSync(realpathSync(join('node_modules', part)), join(here, 'node_modules', part));
  return join(here, 'index.mjs');
}

describe.each(written)('the bundle of $name', ({ name }) => {
  it('starts by itself, with nothing installed around it but sharp, and has a handler', async () => {
    const { handler } = await import(/* @vite-ignore */ pathToFileURL(onThisMachine(name)).href);
    expect(handler).toBeTypeOf('function');
  }, 120_000);

  it('has the configuration beside it, and no secret in it', () => {
    const text = readFileSync(join(folderOf(name), 'gangway.config.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      house: { host: 'sailjada.com' },
      server: { url: 'https://sailjada.com' },
    });
    expect(text).not.toMatch(/whsec_|[0-9a-f]{64}/);
  });

  it('has sharp with it only where photos are developed, for the machine it runs on', () => {
    const has = existsSync(join(folderOf(name), 'node_modules', '@img', 'sharp-linux-arm64'));
    expect(has).toBe(name === 'photos');
  });

  it('is of a size Lambda takes', () => {
    expect(statSync(join(folderOf(name), 'index.mjs')).size).toBeLessThan(6_000_000);
  });
});

describe('a bundle at work', () => {
  it('answers for a page that is not there, with its secrets from SSM and a table that has nothing', async () => {
    const { environment } = newKeys([
      { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
      { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
    ]);
    const shown = 'ea7Zq0Nn4yPw8sXk2LhV6tRc9uJd3mGf';
    const asked: string[] = [];
    const aws = await serve(({ headers, body }) => {
      const [service = '', action = ''] = String(headers['x-amz-target']).split('.');
      asked.push(`${service.split('_')[0]} ${action}`);
      const { Names = [] } = JSON.parse(body.toString()) as { Names?: string[] };
      const Parameters = Names.map(Name => ({
        Name,
        Value: Name.startsWith('/aws/')
          ? JSON.stringify({ 1: shown })
          : environment[Name.replace('/gangway/', '')],
      }));
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ Parameters, Items: [] }),
      };
    });
    const { brands } = installationOf(shapeOf()).fleet;
    const text: SurroundingsText = {
      table: 'gangway',
      originals: 'gangway-originals',
      renditions: 'gangway-renditions',
      mails: 'gangway-mails',
      configurationSet: 'gangway',
      functions: 'gangway-',
      secrets: '/gangway/',
      reads: ['GANGWAY_LINK_KEY'],
      isBehindTheEdge: true,
      brands: Object.fromEntries(
        brands.map(({ id, bucket, host, layout }) => [
          id,
          { bucket, host, distribution: `E-${id}`, prefix: iamPrefix(layout) },
        ]),
      ),
    };
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_ENDPOINT_URL_SSM: aws.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: aws.endpoint,
      [surroundingsVariable]: JSON.stringify(text),
    });
    const { handler } = await import(/* @vite-ignore */ pathToFileURL(onThisMachine('guest')).href);
    const event = {
      rawPath: '/g/carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa/letters',
      rawQueryString: '',
      headers: {
        host: 'x.execute-api.us-east-1.amazonaws.com',
        'x-gangway-host': 'heron.example',
        'x-gangway-origin': shown,
        accept: 'text/html',
      },
      requestContext: { http: { method: 'GET', sourceIp: '198.51.100.1' } },
      isBase64Encoded: false,
    };
    const answer = await handler(event);
    const { 'x-gangway-origin': _shown, ...pastTheEdge } = event.headers;
    const refused = await handler({ ...event, headers: pastTheEdge });
    aws.stop();
    expect(answer).toMatchObject({ statusCode: 404 });
    expect(answer.body).toContain('Heron Día');
    expect(refused).toMatchObject({ statusCode: 403, body: expect.stringContaining('past-the-edge') });
    expect(asked).toEqual(expect.arrayContaining(['AmazonSSM GetParameters', 'DynamoDB GetItem']));
  }, 120_000);
});
