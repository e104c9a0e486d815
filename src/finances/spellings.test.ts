import { describe, expect, it } from 'vitest';
import { spellings } from './spellings.ts';

describe('spellings', () => {
  it('cover grouping, both points and smallest units', () => {
    const all = spellings('1234.56');
    for (const each of [
      '1234.56',
      '1234,56',
      '1,234.56',
      '1.234,56',
      '1 234,56',
      '1\u202f234,56',
      "1'234.56",
      '123456',
    ]) {
      expect(all).toContain(each);
    }
    expect(spellings('12345678.90')).toContain('12,345,678.90');
    expect(spellings('840.50')).toContain('840.5');
    expect(spellings('84000')).toEqual(expect.arrayContaining(['84,000', '84.000']));
  });

  it('leave alone what stands on every page by chance', () => {
    expect(spellings('0.00')).toEqual([]);
    expect(spellings('8.40')).toEqual([]);
    expect(spellings('1')).toEqual([]);
    expect(spellings('12')).toEqual(expect.not.arrayContaining(['12']));
    expect(spellings('2027.00')).not.toContain('2027');
    expect(spellings('150.00')).not.toContain('15000');
  });

  it('take an amount that nobody could read as it stands', () => {
    expect(spellings('USD 840.75')).toEqual(['USD 840.75']);
    expect(spellings('tbd')).toEqual([]);
  });
});
