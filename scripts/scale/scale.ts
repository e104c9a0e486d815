// The figures of docs/reference/scale.md, from simulations that repeat: node scripts/scale/scale.ts [--write]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brandTable } from './brands.ts';
import { concurrencyTable } from './concurrency.ts';
import { heatTable } from './heat.ts';
import { invalidationTable } from './invalidations.ts';
import { outageTable } from './outage.ts';

export const seed = 20_261_121;

/** Each table of the page by its name there. */
export const scaleTables = (): Readonly<Record<string, string>> => ({
  heat: heatTable(seed),
  brands: brandTable(seed),
  concurrency: concurrencyTable(seed),
  invalidations: invalidationTable(seed),
  outage: outageTable(seed),
});

/** The page with its tables as they are now; each stands between two comments that name it. */
export const withTables = (page: string): string =>
  Object.entries(scaleTables()).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`),
        (_all, start: string, end: string) => start + table + end,
      ),
    page,
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) {
    const page = new URL('../../docs/reference/scale.md', import.meta.url);
    writeFileSync(page, withTables(readFileSync(page, 'utf8')));
  } else for (const [name, table] of Object.entries(scaleTables())) console.log(`${name}\n\n${table}\n`);
}
