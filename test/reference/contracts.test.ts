import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const below = (folder: string, name: RegExp) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && name.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => ({ file, text: readFileSync(file, 'utf8') }));

const embeddedTests = below('src', /\.test\.tsx?$/);
const awsTests = below('test/aws', /\.test\.ts$/);

/** Those of one edition only, and why. */
const oneEdition = new Set([
  // In one process the program takes turns by itself.
  'turnsContract',
]);

/** Cases as they are written: one that runs over a table counts once. */
const contracts = below('src', /\.contract\.ts$/).flatMap(({ file, text }) =>
  [...text.matchAll(/export function (\w+Contract)\b/g)].map(([, name = '']) => ({
    name,
    file: file.replace(/^src\//, ''),
    cases: text.match(/^\s*it(\.each)?[(<]/gm)?.length ?? 0,
    text,
  })),
);
const shared = contracts.filter(({ name }) => !oneEdition.has(name));
const calls = (tests: typeof awsTests, name: string) =>
  tests.filter(({ text }) => new RegExp(`\\b${name}[(<]`).test(text)).map(({ file }) => file);

describe('the contracts of the two editions', () => {
  it.each(shared)('$name is met by an adapter of each', ({ name }) => {
    expect(calls(embeddedTests, name).length).toBeGreaterThan(0);
    expect(calls(awsTests, name).length).toBeGreaterThan(0);
  });

  it('are 200 cases or more, and as many as docs/reference/dynamodb.md says', () => {
    const page = readFileSync('docs/reference/dynamodb.md', 'utf8');
    const listed = new Map(
      [...page.matchAll(/^\| `([\w/.-]+\.contract\.ts)` \| (\d+) \|$/gm)].map(
        ([, file = '', cases]) => [file, Number(cases)] as const,
      ),
    );
    expect([...listed.keys()]).toEqual(shared.map(({ file }) => file).sort());
    for (const { file, cases } of shared)
      expect(
        listed.get(file),
        `${file}: docs/reference/dynamodb.md counts more than there are`,
      ).toBeLessThanOrEqual(cases);
    const total = [...listed.values()].reduce((sum, cases) => sum + cases, 0);
    expect(page).toContain(`${listed.size} contracts with ${total} cases`);
    expect(total).toBeGreaterThanOrEqual(200);
  });

  it('leave no case out, on no machine', () => {
    const left = [...contracts, ...awsTests].filter(({ text }) =>
      /\b(it|test|describe)\.(skip|only|todo|skipIf|runIf)\b/.test(text),
    );
    expect(left.map(({ file }) => file)).toEqual([]);
  });
});
