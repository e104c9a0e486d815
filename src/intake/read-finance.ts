import type { Message } from '#booking/message.ts';
import type { FinanceNote, SourceLine } from '#finances/finance-note.ts';
import { at } from './at-path.ts';

/**
 * Splits off what a message of our payload says about money and in free text, word for word. Never fails and judges
 * nothing: whatever stands where an amount should be is handed on as text, and the books find it unreadable there.
 */
export function readFinance(sent: unknown, { source, messageId, at: saidAt }: Message): FinanceNote | null {
  const payout = at(sent, 'payout');
  const note = wordsAt(at(sent, 'booking', 'note'), longestNote);
  if (payout === undefined && note === null) return null;
  const isObject = payout !== null && typeof payout === 'object' && !Array.isArray(payout);
  const lines = linesOf(at(payout, 'lines'));
  return {
    source,
    message: messageId,
    at: saidAt,
    gross: isObject ? wordsAt(at(payout, 'gross'), longestAmount) : wordsAt(payout, longestAmount),
    currency: wordsAt(at(payout, 'currency'), longestAmount),
    ...(lines.length > 0 ? { lines } : {}),
    note,
  };
}

const longestAmount = 100;
const longestNote = 10_000;
const mostLines = 100;

function linesOf(value: unknown): SourceLine[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostLines).map(line => ({
    kind: at(line, 'kind') === 'tip' ? 'tip' : 'charge',
    label: wordsAt(at(line, 'label'), longestAmount) ?? '',
    amount: wordsAt(at(line, 'amount'), longestAmount) ?? '',
  }));
}

function wordsAt(value: unknown, longest: number): string | null {
  if (value === undefined || value === null) return null;
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longest);
}
