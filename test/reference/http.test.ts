import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { signByHand } from '#web/docs/signing.ts';
import { documentedRoutes } from '#web/openapi.ts';
import { statuses } from '#web/statuses.ts';

const page = readFileSync('docs/reference/http.md', 'utf8');

/** Where people and the command line go: no part of the document for programs. */
const forPeople = [
  paths.openApi,
  paths.docs,
  paths.desk,
  paths.deskSignIn(),
  paths.crew(),
  paths.pay(),
  paths.paySignIn(),
  paths.mailbox,
  paths.operations('{name}'),
];

const addresses = () => {
  const code = [...page.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(match => match[0]).join('\n');
  const found = [...code.matchAll(/(?<=[\s`"'(]|\$GANGWAY|localhost:8787)(\/[a-z][^\s`"'?),]*)/g)];
  return [...new Set(found.map(match => (match[1] ?? '').replace(/\$[A-Z]+/g, '{id}')))];
};

describe('docs/reference/http.md', () => {
  it('names no address that nobody serves', () => {
    const known = new Set([
      ...documentedRoutes().map(({ path }) => path),
      ...forPeople,
      '/webhooks/boatsetter',
    ]);
    expect(addresses().filter(address => !known.has(address))).toEqual([]);
    expect(addresses().length).toBeGreaterThan(15);
  });

  it('has every route for programs in its table', () => {
    const isOldAddress = (path: string) => /^\/(events|calendar)/.test(path);
    for (const { method, path } of documentedRoutes().filter(({ path }) => !isOldAddress(path)))
      expect(page).toContain(`\`${method.toUpperCase()} ${path}\``);
  });

  it('signs as the reference of the running server does', () => {
    expect(page).toContain(signByHand);
  });

  it('names only codes that there are', () => {
    const named = [...page.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(match => match[1] ?? '');
    const words = named.filter(word => !/^(webhook|idempotency|no)-/.test(word));
    expect(words.filter(word => !Object.hasOwn(statuses, word))).toEqual([]);
  });
});
