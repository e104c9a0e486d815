import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import as written: from which file, of which file (relative to the root) or package. Types count as imports. */
export type Import = { from: string; to: string; isPackage: boolean };

const specifier =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every source file below a folder, tests left out unless asked for. */
export function sourceFiles(folder: string, options: { tests?: boolean } = {}): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .filter(
      entry =>
        options.tests ||
        !/\.(test|test-d|contract|property|fixture|testing)\.|(^|\/)(test-|zz-|sample-views|engine-world)/.test(
          entry.name,
        ),
    )
    .map(entry => normalize(join(entry.parentPath, entry.name)))
    .sort();
}

export function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(specifier)].map(match => {
    const written = match[1] ?? match[2] ?? match[3] ?? '';
    if (written.startsWith('#')) return { from: file, to: `src/${written.slice(1)}`, isPackage: false };
    if (written.startsWith('.'))
      return { from: file, to: normalize(join(dirname(file), written)), isPackage: false };
    return { from: file, to: written, isPackage: true };
  });
}

/** Everything a file reaches, itself included, through any number of files. */
export function reach(start: string, graph: ReadonlyMap<string, readonly Import[]>): Map<string, string[]> {
  const routes = new Map<string, string[]>([[start, [start]]]);
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const { to, isPackage } of graph.get(file) ?? []) {
      if (isPackage || routes.has(to)) continue;
      routes.set(to, [...(routes.get(file) ?? []), to]);
      queue.push(to);
    }
  }
  return routes;
}
