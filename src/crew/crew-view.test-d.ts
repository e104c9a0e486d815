import type { HoldsMoney } from '#lib/money-free.ts';
import { type CrewOut, type CrewView, emitToCrew } from './crew-view.ts';

// Checked by tsc, never run: what the compiler must refuse to let out to the crew.
declare const out: CrewOut;
declare const view: CrewView;
declare const amount: HoldsMoney;
declare const anything: unknown;
// biome-ignore lint/suspicious/noExplicitAny: that `any` is refused is the point.
declare const whatever: any;
const text = () => '';

export const allowed = () => emitToCrew(out, view, shown => shown.title);

export const refused = () => [
  // @ts-expect-error an amount itself
  emitToCrew(out, amount, text),
  // @ts-expect-error an amount beside the view
  emitToCrew(out, { ...view, payout: amount }, text),
  // @ts-expect-error an amount deep inside, optional, in a list
  emitToCrew(out, { days: [{ lines: [] as { fee?: HoldsMoney }[] }] }, text),
  // @ts-expect-error what nobody knows
  emitToCrew(out, { event: anything }, text),
  // @ts-expect-error what nobody checks
  emitToCrew(out, { event: whatever }, text),
  // @ts-expect-error a record of anything
  emitToCrew(out, {} as Record<string, unknown>, text),
  // @ts-expect-error a map, which the compiler cannot see into
  emitToCrew(out, { amounts: new Map<string, string>() }, text),
  // @ts-expect-error a function, which could return one
  emitToCrew(out, { net: () => '1' }, text),
];
