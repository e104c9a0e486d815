import { describe, expect, it } from 'vitest';
import { isDigest, statementId } from './statement-id.ts';
import { nothingToAskFor, pathPart } from './vendor-api.ts';

describe('what a delivery states is called', () => {
  const delivery = { id: 'dlv_1', messageId: 'm1', conflictsWith: null } as const;
  const digest = 'a0'.repeat(32);

  it('as its sender calls the message', () => {
    expect(statementId(delivery)).toBe('m1');
  });

  it('apart from the first where another body came under the same name', () => {
    expect(statementId({ ...delivery, conflictsWith: 'dlv_0' })).toBe('m1~dlv_1');
  });

  it('by an id of our own where the name is the digest of the body: it says something of the amounts in it', () => {
    expect(statementId({ ...delivery, messageId: digest })).toBe('dlv_1');
    expect(statementId({ ...delivery, messageId: digest, conflictsWith: 'dlv_0' })).toBe('dlv_1');
  });

  it.each([
    [digest, true],
    [`x${digest}`, false],
    [`${digest}x`, false],
    [digest.slice(1), false],
    ['g0'.repeat(32), false],
    ['a', false],
  ])('%s: a digest is %j', (name, is) => {
    expect(isDigest(name)).toBe(is);
  });
});

describe('a part of a path from a message', () => {
  it.each([
    [7, '7'],
    ['7', '7'],
    ['a-B_9', 'a-B_9'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), null],
    ['', null],
    ['../7', null],
    ['7/..', null],
    ['a b', null],
    [1.5, null],
    [null, null],
    [undefined, null],
    [['7'], null],
    [{ toString: () => '7' }, null],
  ])('is %j taken as %j', (value, part) => {
    expect(pathPart(value)).toBe(part);
  });

  it('that is none is a problem of the field it should have stood in', () => {
    expect(nothingToAskFor('order.id')).toMatchObject({ field: 'order.id', code: 'field-malformed' });
  });
});
