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

  it('are all there are: nothing is looked for that would hold back an innocent page', () => {
    expect([...spellings('840.50')].sort()).toEqual(['840,5', '840,50', '840.5', '840.50', '84050']);
    expect([...spellings('-1200.00')].sort()).toEqual(
      [
        "1'200",
        "1'200.00",
        '1,200',
        '1,200.00',
        '1.200',
        '1.200,00',
        '1200,00',
        '1200.00',
        '1\u00a0200,00',
        '1\u202f200,00',
        '1’200',
        '1’200.00',
        '1 200,00',
        '1 200.00',
      ].sort(),
    );
    expect([...spellings('12300450.00')]).toContain('1230045000');
    expect([...spellings('12300450')]).toContain('12300450');
    expect([...spellings('1230045')]).not.toContain('');
    expect([...spellings('100.5')].sort()).toEqual(['100,5', '100,50', '100.5', '100.50', '10050']);
    expect(spellings('1234.05')).not.toContain('1234.5');
    expect(spellings('84051.50')).not.toContain('84051');
    expect(spellings('0.0050')).toEqual([]);
    expect([...spellings('10.50')].sort()).toEqual(['10,50', '10.50']);
    expect([...spellings('0012.345')]).toEqual(expect.arrayContaining(['12.345', '12345']));
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
    expect(spellings('$ 84.07')).toEqual(['$ 84.07']);
    expect(spellings('about 840')).toEqual([]);
    expect(spellings('tbd')).toEqual([]);
  });
});
