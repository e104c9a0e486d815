import { styleText } from 'node:util';
import { Refusal, Unavailable } from '#lib/refusal.ts';

/** How a command speaks: prose and tables for people, one JSON value for programs. */
export type Output = {
  json: boolean;
  /** The answer, on standard output. */
  answer(value: unknown, prose: () => string): void;
  /** Progress and remarks, on standard error, so that they never mix with the answer. */
  remark(line: string): void;
};

export const output = (json: boolean): Output => ({
  json,
  answer: (value, prose) => void process.stdout.write(`${json ? JSON.stringify(value, null, 2) : prose()}\n`),
  remark: line => {
    if (!json) process.stderr.write(`${line}\n`);
  },
});

/** Rows in columns, as wide as they need to be. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [styleText('bold', line(head), { stream: process.stdout }), ...rows.map(line)].join('\n');
}

/** Says why a command failed, on standard error, with the cure. */
export function complain(error: unknown): void {
  const lines =
    error instanceof Refusal
      ? [error.message, error.cure]
      : error instanceof Unavailable
        ? [error.message]
        : [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  process.stderr.write(
    `${styleText('red', 'gangway:', { stream: process.stderr })} ${lines.filter(Boolean).join('\n  ')}\n`,
  );
}
