import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf, sha256 } from './digest.ts';

it('SHA-256 is the one of the standard, of text and of bytes', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256('abc')).toBe(abc);
  expect(sha256(Buffer.from('abc'))).toBe(abc);
  expect(digestOf('abc')).toBe(sha256('"abc"').slice(0, 32));
});

describe('equal values', () => {
  it('give equal text whatever order their keys were set in, at every depth', () => {
    const one = { b: [{ y: 1, x: null }], a: 'ä', c: { 10: true, 9: undefined } };
    const other = { c: { 9: undefined, 10: true }, a: 'ä', b: [{ x: null, y: 1 }] };
    expect(canonicalJson(one)).toBe('{"a":"ä","b":[{"x":null,"y":1}],"c":{"10":true}}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
    expect(digestOf(other)).toBe(digestOf(one));
  });

  it('keep the order of lists, which is part of what they say', () => {
    expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]');
    expect(digestOf(['a', 'b'])).not.toBe(digestOf(['b', 'a']));
  });

  it('sort by the code of letters, not by a language', () => {
    expect(canonicalJson({ ä: 1, z: 2, Z: 3, a: 4 })).toBe('{"Z":3,"a":4,"z":2,"ä":1}');
  });
});
