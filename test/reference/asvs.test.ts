import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../imports.ts';

const text = readFileSync('docs/reference/asvs.md', 'utf8');
const [table = '', rest = ''] = text.split('## Declared deviations');
const rows = [...table.matchAll(/^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, id = '', words = '', shown = '']) => ({
    id,
    words,
    shown: shown.match(/`([^`]+)`/g)?.map(each => each.slice(1, -1)) ?? [],
  }),
);
const sources = sourceFiles('src').filter(file => !/\.test(-d)?\.tsx?$/.test(file));
const holding = (pattern: RegExp) => sources.filter(file => pattern.test(readFileSync(file, 'utf8')));

describe('the table of the verification standard', () => {
  it('names each requirement once, with a test of its own that exists', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.flatMap(({ shown }) => shown).filter(file => !existsSync(file))).toEqual([]);
    const untested = rows.filter(({ shown }) => !shown.some(file => /\.test\.tsx?$/.test(file)));
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  it('counts what it claims, and claims nothing that it declares as not met', () => {
    expect(text).toContain(`these ${rows.length} are claimed`);
    const declared = rest.match(/\d+\.\d+\.\d+/g) ?? [];
    expect(declared.filter(id => rows.some(row => row.id === id))).toEqual([]);
  });
});

describe('what the table says is not there', () => {
  it('no shell, no evaluation of text, no weak digest but where a marketplace knows no other', () => {
    expect(holding(/(?<!\.)\bexec(Sync)?\(|shell: true|execFile|\bspawn(Sync)?\(/)).toEqual([]);
    expect(holding(/\beval\(|new Function\(/)).toEqual([]);
    expect(holding(/create(Hash|Hmac)\('(md5|sha1)'/)).toEqual(['src/intake/vendors/bokun.ts']);
    expect(holding(/createCipher|createDecipher/)).toEqual([]);
  });

  it('no passwords, OAuth, WebSocket, GraphQL or XML among the libraries', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const names = Object.keys(dependencies);
    expect(
      names.filter(name => /oauth|openid|passport|\bws\b|socket|graphql|xml|saml|argon/i.test(name)),
    ).toEqual([]);
  });

  it('no test, sample of a test or source control in the package', () => {
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
    expect(files.filter(file => /^(test|\.git|\.ci|scripts)/.test(file))).toEqual([]);
  });

  it('no library without a place it comes from and a digest', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>;
    };
    const bare = Object.entries(packages).filter(
      ([at, { integrity, link, inBundle }]) => at !== '' && !integrity && !link && !inBundle,
    );
    expect(bare.map(([at]) => at)).toEqual([]);
  });
});
