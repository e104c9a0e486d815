import { readFileSync } from 'node:fs';
import { sourceFiles } from '../imports.ts';

/** What only tests throw is no code of the program. */
const isForTests = /\.(fixture|testing)\.|\/scenarios|^src\/web\/codes\//;

const firstArgument = /new (?:Refusal|Unavailable)\(\s*([^,]*?),/gs;
const codeProperty = /\bcode\??\s*(?::|=(?!=))\s*([^,;)}(]*)/g;
const literal = /'([a-z0-9]+(?:-[a-z0-9]+)*)'/g;
const template = /`\$\{(\w+)\}-unknown`/;

/** Files that refuse with a code they were handed: where the codes come from is written there as `code`, or looked at here. */
export const handedOn: readonly string[] = [
  'src/access/principals.ts',
  'src/booking/problem.ts',
  'src/calendar/routes.ts',
  'src/guest-page/compose-page.ts',
  'src/intake/mail/mail-reader.thread.ts',
  'src/intake/receive-webhook.ts',
  'src/lib/strict-json.ts',
  'src/main/reach.ts',
];

/** Files in which the first argument of a refusal is no plain text. */
export const refusingIndirectly = (): readonly string[] =>
  sourceFiles('src').filter(
    file =>
      !isForTests.test(file) &&
      [...readFileSync(file, 'utf8').matchAll(firstArgument)].some(
        ([, written = '']) => !/^'[a-z0-9-]+'$/.test(written),
      ),
  );

/** Every code that the sources can make, with the files that do: first arguments of refusals, and what is called `code`. */
export function codesInSource(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (code: string, file: string) => found.set(code, [...(found.get(code) ?? []), file]);
  for (const file of sourceFiles('src').filter(file => !isForTests.test(file))) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const pattern of [firstArgument, codeProperty])
      for (const [, written = ''] of text.matchAll(pattern))
        for (const [, code = ''] of written.matchAll(literal)) add(code, file);
    // The one family that is put together: a vessel or a brand that the configuration lacks.
    if (template.test(text)) for (const what of ['vessel', 'brand']) add(`${what}-unknown`, file);
  }
  return found;
}
