import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
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
import { functions } from '../../src/main/lambda/functions.ts';
import { bundle, isThere } from './bundles.ts';
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
  copyFileSync(join(folder, 'index.mjs'), join(here, 'index.mjs'));
  for (const part of ['sharp', 'heic-decode'])
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
