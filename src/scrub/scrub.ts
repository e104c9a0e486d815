import { findMoney, isMoneyField, withoutMoney } from './find-money.ts';
import { spoken } from './old-json.ts';
import type { Change, OldField, OldStore } from './old-store.ts';

/** One field that speaks of money. */
export type ScrubFinding = {
  readonly key: string;
  readonly field: string;
  /** How many amounts; a field that is an amount by its name counts as one. */
  readonly amounts: number;
  /** What it said, with every digit of an amount covered. */
  readonly covered: string;
  readonly outcome: 'found' | 'changed' | 'conflict';
};

export type ScrubReport = {
  readonly what: string;
  readonly records: number;
  readonly findings: readonly ScrubFinding[];
  readonly remains: readonly string[];
};

/** Keeps a change before it is made, durably, so that it can be taken back. */
export type KeepUndo = (change: Change) => Promise<void>;

/**
 * Looks through an old store for amounts and, with `apply`, takes them out: the text around them stays. Every change is
 * kept for undo before it is made, and is made only where the field still says what was read. Safe to run again.
 */
export async function scrub(
  store: OldStore,
  how: { apply: KeepUndo | null; onRecord?: (records: number) => void },
): Promise<ScrubReport> {
  const findings: ScrubFinding[] = [];
  let records = 0;
  for await (const { key, fields } of store.records()) {
    records++;
    how.onRecord?.(records);
    for (const field of fields) {
      const meant = cleaned(field);
      if (!meant) continue;
      const change: Change = { key, path: field.path, before: field.value, after: meant.after };
      await how.apply?.(change);
      const outcome = how.apply ? await store.change(change) : 'found';
      findings.push({ key, field: nameOf(field), amounts: meant.amounts, covered: meant.covered, outcome });
    }
  }
  if (how.apply) await store.finish();
  return { what: store.what, records, findings, remains: await store.remains() };
}

/** Puts back what a scrub took out, wherever the field still says what the scrub left there. */
export async function unscrub(
  store: OldStore,
  changes: readonly Change[],
): Promise<{ restored: number; conflicts: readonly Change[] }> {
  const conflicts: Change[] = [];
  let restored = 0;
  for (const { key, path, before, after } of changes.toReversed()) {
    const outcome = await store.change({ key, path, before: after, after: before });
    if (outcome === 'changed') restored++;
    else conflicts.push({ key, path, before, after });
  }
  await store.finish();
  return { restored, conflicts };
}

const nameOf = ({ path }: OldField): string => spoken(path).join('.');

function cleaned(field: OldField): { after: string | null; amounts: number; covered: string } | null {
  const { path, value } = field;
  const name =
    spoken(path)
      .filter(step => typeof step === 'string')
      .at(-1) ?? '';
  const isAmount = typeof value === 'number' || /^[\s\p{Sc}]*-?\d[\d.,' ]*[\s\p{Sc}]*$/u.test(value);
  if (isAmount && isMoneyField(name)) return { after: null, amounts: 1, covered: '•••' };
  if (typeof value === 'number' || isPlain(value)) return null;
  const found = findMoney(value);
  if (found.length === 0) return null;
  const covered = found
    .toReversed()
    .reduce(
      (text, { from, to }) =>
        text.slice(0, from) + text.slice(from, to).replace(/\p{Nd}/gu, '•') + text.slice(to),
      value,
    );
  return { after: withoutMoney(value, found), amounts: found.length, covered };
}

/** Text that is one thing and no sentence: an address, a telephone number, a time, an id. */
const isPlain = (value: string): boolean =>
  /^(?:https?:\/\/\S+|[^\s@]+@[^\s@]+|\+?[\d\s()./-]{7,}|\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|[\w-]{20,}|[0-9a-f-]{36})$/i.test(
    value.trim(),
  );
