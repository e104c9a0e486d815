import { describe, expect, it } from 'vitest';
import { evaluate, type Statement } from './iam-evaluator.ts';

const mayRead: Statement = { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: 'arn:table' };
const noMoney: Statement = {
  Effect: 'Deny',
  Action: 'dynamodb:*',
  Resource: ['arn:table', 'arn:table/*'],
  Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['MONEY#*'] } },
};
const read = (...keys: string[]) => ({
  action: 'dynamodb:GetItem',
  resource: 'arn:table',
  context: { 'dynamodb:LeadingKeys': keys },
});

describe('the evaluator of policies', () => {
  it('allows what a statement allows, and nothing that none does', () => {
    expect(evaluate([mayRead], read('BOOKING#1'))).toBe('allowed');
    expect(evaluate([mayRead], { ...read('BOOKING#1'), action: 'dynamodb:Scan' })).toBe('not allowed');
    expect(evaluate([mayRead], { ...read('BOOKING#1'), resource: 'arn:other' })).toBe('not allowed');
    expect(evaluate([], read('BOOKING#1'))).toBe('not allowed');
  });

  it('lets a deny win over every allow, in whatever order', () => {
    expect(evaluate([mayRead, noMoney], read('MONEY#LEDGERS#1'))).toBe('denied');
    expect(evaluate([noMoney, mayRead], read('MONEY#LEDGERS#1'))).toBe('denied');
    expect(evaluate([noMoney, mayRead], read('BOOKING#1'))).toBe('allowed');
  });

  it('denies a request that touches one such partition among others', () => {
    expect(evaluate([mayRead, noMoney], read('BOOKING#1', 'MONEY#MONTH#1'))).toBe('denied');
  });

  it('takes capitals of a key for what they are, and of an action for nothing', () => {
    expect(evaluate([mayRead, noMoney], read('money#1'))).toBe('allowed');
    expect(evaluate([mayRead], { ...read('BOOKING#1'), action: 'DynamoDB:getitem' })).toBe('allowed');
  });

  it('takes every other sign of a pattern word for word', () => {
    const dotted: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:a.b/*' };
    expect(evaluate([dotted], { action: 's3:GetObject', resource: 'arn:a.b/c/d' })).toBe('allowed');
    expect(evaluate([dotted], { action: 's3:GetObject', resource: 'arn:axb/c' })).toBe('not allowed');
  });

  it('throws on a condition it does not know, rather than pass over it', () => {
    const strange: Statement = { ...mayRead, Condition: { NumericLessThan: { 'x:y': '1' } } };
    expect(() => evaluate([strange], read('BOOKING#1'))).toThrow('NumericLessThan');
  });
});
