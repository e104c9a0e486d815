import { describe, expect, it } from 'vitest';
import { brandTable, table } from '../../../test/security/access-table.ts';
import { answering, notOnLambda } from './answering.ts';
import { functionNames } from './function-parts.ts';
import { functions } from './functions.ts';

const pathOf = (route: string) => route.slice(route.indexOf(' ') + 1);

/** Doors behind which an amount may be shown, or comes in. */
const moneyDoors = ['payee', 'owner', 'staff', 'signature', 'address secret', 'command line'];

describe('the functions of the AWS edition', () => {
  it('are each listed once, under the name of their module', () => {
    expect(functions.map(({ name }) => name)).toEqual(functionNames);
    for (const { name, entry } of functions) expect(entry).toBe(`src/main/lambda/${name}.ts`);
  });

  it.each(Object.keys(table))('answer %s of the house by exactly one, or say why not', route => {
    const answers = answering('house', pathOf(route));
    expect(answers === null).toBe(/^\/(mailbox|api\/operations)/.test(pathOf(route)));
  });

  it.each(Object.keys(brandTable))('answer %s of a brand by exactly one, or the bucket has it', route => {
    const answers = answering('brand', pathOf(route));
    expect(answers?.name ?? 'the bucket').toBe(pathOf(route) in notOnLambda.brand ? 'the bucket' : 'guest');
  });

  it('leave no route that shows or takes amounts to a function that may not reach them', () => {
    const wrong = Object.entries(table)
      .filter(([, { door }]) => moneyDoors.includes(door))
      .filter(([route]) => {
        const answers = answering('house', pathOf(route));
        return answers !== null && answers.money !== 'reads and writes';
      });
    expect(wrong).toEqual([]);
  });

  it('leave no route of crew, guests or their programs to one that may', () => {
    const crewDoors = ['crew', 'any crew', 'events key', 'calendar token', 'feed secret'];
    const routes = [
      ...Object.entries(table)
        .filter(([, { door }]) => crewDoors.includes(door))
        .map(([route]) => answering('house', pathOf(route))),
      ...Object.keys(brandTable).map(route => answering('brand', pathOf(route))),
    ];
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter(answers => answers?.money === 'reads and writes')).toEqual([]);
  });

  it('cross the fence from the open side by nothing but the two doors made for it', () => {
    const money = new Set(functions.filter(it => it.money === 'reads and writes').map(({ name }) => name));
    for (const { name, invokes, money: access } of functions) {
      if (access === 'reads and writes') continue;
      const over = invokes.filter(each => money.has(each));
      expect(['open-books', 'leaks'], name).toEqual(expect.arrayContaining(over));
      expect(over.includes('leaks'), name).toBe(access === 'asks whether it leaks');
    }
  });

  it('find a route that nobody is for', () => {
    expect(() => answering('house', '/owners')).toThrow('no function answers /owners');
  });
});
