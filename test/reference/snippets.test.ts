import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'gangway-snippets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every piece of configuration that a page shows, as it stands there. */
const piecesOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^ *```ts\n([\s\S]*?)\n *```$/gm)].map(match => match[1] ?? '');

const isSource = (piece: string) => piece.trimStart().startsWith('{');
const nameOf = (piece: string) => /\bid: '([\w-]+)'/.exec(piece)?.[1] ?? piece.slice(0, 40);

/** A whole configuration around a piece: a source, fields of a source, or fields of the configuration. */
function around(piece: string, kind: 'source' | 'of a source' | 'of the configuration'): string {
  const one = "id: 'one', kind: 'manual', times: 'local', secret: { env: 'ONE_WEBHOOK_SECRET' },";
  const sources = { source: `${piece}`, 'of a source': `{ ${one} ${piece} },`, 'of the configuration': '' }[
    kind
  ];
  return `
    import { defineConfig } from 'gangway/config';
    import jada from ${JSON.stringify(resolve('examples/jada/gangway.config.ts'))};
    export default defineConfig({
      ...jada,
      house: { ...jada.house, host: 'crew.bluewater.example' },
      sources: [${sources} { id: 'manual', kind: 'manual', times: 'local', secret: { env: 'MANUAL_WEBHOOK_SECRET' } }],
      ${kind === 'of the configuration' ? piece : ''}
    });`;
}

/** What the pages have an operator make for each variable. */
function secretFor(variable: string): string {
  if (variable.endsWith('_WEBHOOK_SECRET')) return `whsec_${randomBytes(32).toString('base64')}`;
  if (variable.includes('_CALENDAR_')) return 'https://market.example/calendar/8c1f.ics';
  return randomBytes(variable.endsWith('_MAIL_ADDRESS') ? 16 : 32).toString('hex');
}

async function problemsOf(text: string): Promise<unknown> {
  const file = join(folder, `${randomBytes(6).toString('hex')}.config.ts`);
  writeFileSync(file, text);
  const variables = [...text.matchAll(/env: '(\w+)'/g)].map(match => match[1] ?? '');
  const secrets = Object.fromEntries(variables.map(variable => [variable, secretFor(variable)]));
  try {
    await loadConfig(file, {
      ...newKeys([{ id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' }]).environment,
      ...secrets,
    });
    return [];
  } catch (error) {
    return error;
  }
}

const cases = [
  ...piecesOf('docs/operating/intake.md').map(
    piece => [nameOf(piece), around(piece, isSource(piece) ? 'source' : 'of a source')] as const,
  ),
  ...['docs/operating/calendars.md', 'docs/operating/embedded.md', 'docs/operating/aws.md'].flatMap(page =>
    piecesOf(page).map(piece => [nameOf(piece.trim()), around(piece, 'of the configuration')] as const),
  ),
];

it.each(cases)('a fleet with %s, as the documentation shows it, is one that starts', async (_name, text) => {
  expect(await problemsOf(text)).toEqual([]);
});

it('notices a piece that does not load', async () => {
  expect(cases.length).toBeGreaterThan(12);
  const misspelt = around("{ id: 'rezdy', kind: 'rezdy', listing: {} },", 'source');
  expect(await problemsOf(misspelt)).toMatchObject({ code: 'config-invalid' });
});
