import { expect, it } from 'vitest';
import { greeting } from './greeting.ts';

const url = 'http://localhost:8787/desk/sign-in#secret';
const app = (held = 0, owner: { id: string; name: string } | null = { id: 'owner-joan', name: 'Joan' }) => {
  const asked: string[] = [];
  return {
    asked,
    owner,
    async ownerSignIn() {
      asked.push('link');
      return owner && { name: owner.name, url };
    },
    operate: async () => ({ count: held }),
  };
};

it('shows a person at the terminal the link itself', async () => {
  expect(await greeting(app(), true)).toEqual([`Desk sign-in for Joan (works for a day): ${url}`]);
});

it('makes no link for a journal, a file or a pipe, and says how to get one', async () => {
  const piped = app();
  expect(await greeting(piped, false)).toEqual(['Desk sign-in for Joan: gangway key sign-in owner-joan']);
  expect(piped.asked).toEqual([]);
});

it('names nobody where nobody is the owner, and what waits since a restore', async () => {
  expect(await greeting(app(3, null), true)).toEqual([
    '3 letters are held since a restore. Look: gangway post held',
  ]);
});
