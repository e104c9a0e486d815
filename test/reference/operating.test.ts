import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../imports.ts';

const pages = [
  'docs/operating/aws.md',
  'docs/operating/embedded.md',
  'docs/operating/a-charter-day.md',
  'docs/operating/backup.md',
  'docs/operating/calendars.md',
  'docs/operating/intake.md',
  'docs/operating/scrub.md',
  'docs/operating/photos.md',
  'docs/reference/http.md',
  'docs/reference/config.md',
  'docs/reference/errors.md',
  'docs/reference/scale.md',
];
const sources = sourceFiles('src').map(file => readFileSync(file, 'utf8'));
const program = sources.join('\n');
const textOf = (page: string) => readFileSync(page, 'utf8');

/** `gangway key create` as the command line declares it: first words, and words below them. */
const declared = new Set([...program.matchAll(/\.command\('([a-z-]+)/g)].map(match => match[1] ?? ''));

describe('the documentation', () => {
  for (const page of pages) {
    it(`${page} names only commands that there are`, () => {
      const built = textOf(page).replace(/^.*not built yet.*$/gim, '');
      const named = [...built.matchAll(/`(?:npx )?gangway ([a-z]+)|(?:npx|-u gangway) gangway ([a-z]+)/g)];
      const words = named.map(match => match[1] ?? match[2] ?? '');
      expect(words.filter(word => !declared.has(word))).toEqual([]);
    });

    it(`${page} links only to what is there`, () => {
      const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(match => match[1] ?? '');
      for (const link of links) {
        const [path = '', anchor] = link.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        expect([link, existsSync(file)]).toEqual([link, true]);
        if (anchor !== undefined) {
          const anchors = [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(match =>
            (match[1] ?? '').toLowerCase().replaceAll(' ', '-'),
          );
          expect(anchors).toContain(anchor);
        }
      }
    });
  }

  it('names only codes that errors.md explains, where it says what went wrong', () => {
    const explained = textOf('docs/reference/errors.md');
    const table = textOf('docs/operating/intake.md').split('| what you see |')[1]?.split('\n\n')[0] ?? '';
    const codes = [...table.matchAll(/`([a-z]+-[a-z-]+)`/g)].map(match => match[1] ?? '');
    expect(codes.length).toBeGreaterThan(6);
    expect(codes.filter(code => !explained.includes(`\`${code}\``))).toEqual([]);
  });

  it('names only numbers and log lines that the program writes', () => {
    const watching =
      textOf('docs/operating/embedded.md')
        .split('## ')
        .find(part => part.startsWith('Watching it')) ?? '';
    const numbers = [...watching.matchAll(/`gangway_([a-z_]+)`/g)].map(match =>
      (match[1] ?? '').replace(/_total$/, ''),
    );
    expect(numbers.length).toBeGreaterThan(6);
    expect(numbers.filter(name => !program.includes(`'${name}'`))).toEqual([]);
    const lines = [...watching.matchAll(/Worth an alarm: (.*)$/gm)].flatMap(match =>
      [...(match[1] ?? '').matchAll(/`([^`]+)`/g)].map(line => line[1] ?? ''),
    );
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter(line => !program.includes(`'${line}'`))).toEqual([]);
  });
});
