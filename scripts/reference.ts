// Writes what docs/reference/ says about configuration and errors from the sources themselves: node scripts/reference.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configReference } from './reference-config.ts';
import { errorsReference } from './reference-errors.ts';

/** The generated pages by their path from the root. A test fails when one of them is stale. */
export const references = (): Record<string, string> => ({
  'docs/reference/config.md': configReference(),
  'docs/reference/errors.md': errorsReference(),
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL('..', import.meta.url);
  for (const [path, text] of Object.entries(references())) {
    const file = new URL(path, root);
    const isSame = read(file) === text;
    if (!isSame) writeFileSync(file, text);
    console.log(`${path}: ${isSame ? 'as it was' : 'written'}`);
  }
}

function read(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
