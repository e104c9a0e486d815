import { diceOf } from './dice.ts';
import type { Action, History } from './history.ts';
import type { Disks, Told } from './story.ts';

/** The same story with other amounts: log-uniform from a cent to ten million. What is said twice stays said alike. */
export function otherMoney(history: History, seed: number): History {
  const dice = diceOf(seed + 1);
  const amounts = new Map<string, string>();
  const amountOf = (key: string) => {
    const known =
      amounts.get(key) ??
      Math.exp(dice.part() * Math.log(1e9))
        .toFixed(0)
        .padStart(3, '0');
    amounts.set(key, known);
    return `${known.slice(0, -2)}.${known.slice(-2)}`;
  };
  const changed = (action: Action): Action =>
    action.do !== 'deliver' || action.statement.gross === null
      ? action
      : {
          ...action,
          statement: { ...action.statement, gross: amountOf(action.statement.key.replace(/_again$/, '')) },
        };
  return { ...history, actions: history.actions.map(changed) };
}

/** All that anybody but the owner, and each payee about their own pay, gets to see: letters, pages, and the whole open file. */
export function outsideMoney({ arrived, hung, on }: Told): string[] {
  const letters = arrived
    .filter(({ letter }) => letter.audience !== 'owner' && letter.audience !== 'payee')
    .map(({ letter, at }) => `letter ${at} ${JSON.stringify(letter)}`);
  return [...letters, ...hung.map(({ place, html }) => `page ${place} ${html}`), ...rowsOf(on, 'open')];
}

/** Every row of a file, a line each. */
export function rowsOf(on: Disks, file: keyof Disks): string[] {
  const { reader } = on[file];
  const tables = reader.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return tables.flatMap(({ name }) =>
    reader
      .all<Record<string, unknown>>(`SELECT * FROM "${name}"`)
      .map(row => `${file} ${name} ${JSON.stringify(row)}`),
  );
}

/** The first line in which two lists differ; null when they are the same. */
export function firstDifference(one: readonly string[], other: readonly string[]): string | null {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const [a = '(nothing)', b = '(nothing)'] = [one[at], other[at]];
    if (a === b) continue;
    let from = 0;
    while (a[from] === b[from]) from++;
    const start = Math.max(0, from - 60);
    return `${a.slice(0, 60)} … ${a.slice(start, from + 60)} | ${b.slice(start, from + 60)}`;
  }
  return null;
}
