import { remembered } from '#lib/remembered.ts';

const groupings: readonly [group: string, point: string][] = [
  [',', '.'],
  ['.', ','],
  [' ', ','],
  [' ', '.'],
  ['\u00a0', ','],
  ['\u202f', ','],
  ["'", '.'],
  ['\u2019', '.'],
];

function spelled(decimal: string): readonly string[] {
  const parts = /^-?0*(\d+?)(?:\.(\d+))?$/.exec(decimal);
  if (!parts) return (decimal.match(/\d/g)?.length ?? 0) >= 4 ? [decimal] : [];
  // A source may write 840.5 or 840 where pages would say 840.50 and 840.00.
  const [, whole = '', written = ''] = parts;
  const fraction = written.padEnd(2, '0');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits.length < 4) return [];

  const found = new Set<string>();
  const grouped = (separator: string) => whole.replace(/\B(?=(\d{3})+$)/g, separator);
  const short = written.replace(/0+$/, '');
  for (const tail of new Set([fraction, written, short])) {
    if (tail === '') {
      // `1 619` alone stands in telephone numbers.
      if (whole.length >= 4) {
        for (const [group] of groupings) if (group.trim() !== '') found.add(grouped(group));
      }
      continue;
    }
    if (whole.length + tail.length < 4) continue;
    found.add(`${whole}.${tail}`).add(`${whole},${tail}`);
    for (const [group, point] of groupings) found.add(`${grouped(group)}${point}${tail}`);
  }
  for (const bare of short === '' ? [digits, whole] : [digits]) {
    if (bare.length >= (bare.endsWith('00') ? 7 : 5)) found.add(bare);
  }
  return [...found];
}

/**
 * The ways in which people and programs write an amount: `840.75`, `840,75`, `84075`, `1,234.56`, `1.234,56`, `1 234,56`.
 * Nothing for amounts of less than four digits, which stand on every page by chance. Digits without any separator are
 * looked for from five on, and round ones from seven, because a year and a time-out in a script look the same.
 */
export const spellings = remembered((decimal: string) => decimal, spelled);
