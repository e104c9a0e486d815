import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { openBody } from './bodies.ts';

it('is what its first character says, past whatever blanks stand before it', () => {
  expect(open('[1]')).toEqual([1]);
  expect(open(' \n\t{"a":"b=c"}')).toEqual({ a: 'b=c' });
  expect(open(' \n<a>1</a>')).toBe('1');
  expect(open('')).toEqual({});
});

const open = (text: string | Uint8Array) => openBody(Buffer.from(text), ['json', 'xml', 'form']);
const codeOf = (text: string | Uint8Array) => {
  try {
    return `opened: ${JSON.stringify(open(text))}`;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

/** An object in an object, so many deep. */
const nested = (depth: number): unknown => (depth === 0 ? '1' : { b: nested(depth - 1) });

describe('XML', () => {
  it.each<[string, unknown]>([
    ['<a>1</a>', '1'],
    ['<a/>', {}],
    ['<a><b>1</b></a>', { b: '1' }],
    ['<a><b>1</b><b>2</b></a>', { b: ['1', '2'] }],
    ['<a x="1"><b/></a>', { '@attributes': { x: '1' }, b: {} }],
    ['<a x="1">t</a>', { '@attributes': { x: '1' }, '#text': 't' }],
    ['<?xml version="1.0" ?>\n<!-- hello -->\n<a> &lt;&amp;&#65;&#x42; </a>\n', '<&AB'],
    ['<a><![CDATA[<b>&amp;</b>]]></a>', '<b>&amp;</b>'],
  ])('%s is %j', (text, value) => {
    expect(open(text)).toEqual(value);
  });

  it.each([
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<a>&x;</a>',
    '<a>&amp</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a><b></a></b>',
    '<a>',
    '<a></a><b></b>',
    '<a></a>text',
    '<a x=1></a>',
    '<a x="1" x="2"></a>',
    '<a x="<"></a>',
    '<__proto__>1</__proto__>',
    '<a><constructor/></a>',
    '<a><?php echo 1 ?></a>',
    `${'<a>'.repeat(30)}${'</a>'.repeat(30)}`,
    '<',
  ])('%s is refused', text => {
    expect(codeOf(text)).toBe('xml-malformed');
  });

  it('of bytes that are no UTF-8, or too many of them, is refused', () => {
    expect(codeOf(Buffer.concat([Buffer.from('<a>'), Buffer.from([0xff]), Buffer.from('</a>')]))).toBe(
      'body-not-utf8',
    );
    expect(codeOf(`<a>${'x'.repeat(300_000)}</a>`)).toBe('body-too-large');
  });
});

describe('a form', () => {
  it.each<[string, unknown]>([
    ['a=1', { a: '1' }],
    ['a=1&b=x%20y+z', { a: '1', b: 'x y z' }],
    ['a[b]=1&a[c]=2', { a: { b: '1', c: '2' } }],
    ['a[0]=x&a[1]=y', { a: ['x', 'y'] }],
    ['a[1]=x', { a: { 1: 'x' } }],
    ['a%5B0%5D%5Bb%5D=%3D&', { a: [{ b: '=' }] }],
    ['a=b=c', { a: 'b=c' }],
    ['a[0]=x&a[b]=y', { a: { 0: 'x', b: 'y' } }],
    ['a[b]=1&c=2&a[0]=3', { a: { b: '1', 0: '3' }, c: '2' }],
    ['', {}],
    [`a${'[b]'.repeat(15)}=1`, { a: nested(15) }],
  ])('%s is %j', (text, value) => {
    expect(open(text)).toEqual(value);
  });

  it.each([
    'a=1&a=2',
    'a=1&a[b]=2',
    'a[b]=1&a=2',
    'a[b=1',
    'a]b=1',
    '=1',
    'a[]=1',
    '__proto__[x]=1',
    'a[constructor]=1',
    'a=%',
    'a=%ff',
    'a[b]c=1',
    'a[b][c]=1&a[b]=2',
    'prototype=1',
    `a${'[b]'.repeat(16)}=1`,
  ])('%s is refused', text => {
    expect(codeOf(text)).toBe('form-malformed');
  });
});

it('no prototype is touched by any of it', () => {
  for (const text of ['__proto__[polluted]=1', '<__proto__ polluted="1"/>', '{"__proto__":{"polluted":1}}'])
    codeOf(text);
  expect('polluted' in {}).toBe(false);
});
