import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeGroups } from '#web/code-groups.ts';
import { httpCodes, statuses } from '#web/statuses.ts';
import { references } from '../../scripts/reference.ts';
import { codesInSource, handedOn, refusingIndirectly } from './codes-in-source.ts';

const listed = codeGroups.flatMap(({ codes }) => Object.keys(codes));
const inSource = codesInSource();

describe('the codes', () => {
  it('are all explained: add a new one to src/web/codes/, then run node scripts/reference.ts', () => {
    const unexplained = [...inSource].filter(([code]) => !listed.includes(code));
    expect(unexplained.map(([code, files]) => `${code} (${[...new Set(files)].join(', ')})`)).toEqual([]);
  });

  it('are literal where they are thrown, but in files where it was looked at how they come about', () => {
    expect(refusingIndirectly().filter(file => !handedOn.includes(file))).toEqual([]);
  });

  it('are explained once each', () => {
    expect(listed.filter((code, index) => listed.indexOf(code) !== index)).toEqual([]);
  });

  it('are all in use', () => {
    expect(listed.filter(code => !inSource.has(code))).toEqual([]);
  });

  it('have a status exactly where a request can meet them', () => {
    for (const { id, codes } of codeGroups) {
      const isForRequests = id !== 'commands' && id !== 'desk';
      for (const [code, { status }] of Object.entries(codes)) {
        expect([code, status !== null]).toEqual([code, isForRequests]);
      }
    }
    expect(Object.keys(statuses).sort()).toEqual(Object.keys(httpCodes).sort());
  });

  it('are explained in whole sentences', () => {
    for (const { codes } of codeGroups) {
      for (const [code, { means, cure }] of Object.entries(codes)) {
        expect([code, means]).toEqual([code, expect.stringMatching(/^[A-Z`].*[.]$/)]);
        expect([code, cure]).toEqual([code, expect.stringMatching(/^[A-Z`].*[.]$/)]);
      }
    }
  });
});

describe('docs/reference/errors.md', () => {
  it('is what node scripts/reference.ts writes', () => {
    expect(readFileSync('docs/reference/errors.md', 'utf8')).toBe(references()['docs/reference/errors.md']);
  });

  it('lists every code and nothing else', () => {
    const text = readFileSync('docs/reference/errors.md', 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(match => match[1]);
    expect(rows).toEqual(listed);
  });
});
