import { expect, it } from 'vitest';
import { at, listOf, words } from './at-path.ts';

it('finds what stands at a path, and nothing behind its end or in what everything inherits', () => {
  const message = { booking: { guests: [{ name: 'Ann' }], none: null } };
  expect(at(message)).toBe(message);
  expect(at(message, 'booking', 'guests', 0, 'name')).toBe('Ann');
  expect(at(message, 'booking', 'none')).toBeNull();
  for (const path of [['other'], ['booking', 'none', 'name'], ['booking', 'guests', 1], ['toString']])
    expect(at(message, ...path)).toBeUndefined();
  expect(at('text', 'length')).toBeUndefined();
});

it.each([
  ['Ann', 'Ann'],
  ['  Ann  ', 'Ann'],
  [0, '0'],
  [4.5, '4.5'],
  ['', null],
  ['   ', null],
  [{}, null],
  [[], null],
  [true, null],
  [null, null],
  [undefined, null],
])('%j in words is %j', (value, text) => {
  expect(words(value)).toBe(text);
});

it.each([
  [
    [1, 2],
    [1, 2],
  ],
  [[], []],
  [{ one: 1 }, [{ one: 1 }]],
  ['one', ['one']],
  [0, [0]],
  ['', ['']],
  [null, []],
  [undefined, []],
])('%j as a list is %j', (value, list) => {
  expect(listOf(value)).toEqual(list);
});
