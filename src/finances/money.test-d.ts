/** Held by `tsc`: what a sink for crew and guests refuses to be given. Each directive fails the build when it is no longer needed. */
import type { MoneyFree } from '#lib/money-free.ts';
import type { FinanceStore, LedgerEntry } from './finance-store.ts';
import type { Money } from './money.ts';

declare function sendToCrew<T>(value: T & MoneyFree<T>): void;

declare const amount: Money;
declare const trip: { title: string; times: readonly { at: string }[] };
declare const deep: { title: string; parts: { price?: Money }[] };
declare const anything: ReturnType<typeof JSON.parse>;
declare const unknownThing: unknown;
declare const bag: Record<string, unknown>;
declare const map: Map<string, string>;
declare const lazy: { title: string; price: () => string };
declare const entry: LedgerEntry;
declare const store: FinanceStore;

sendToCrew(trip);
sendToCrew('Call time 14:30');

// @ts-expect-error an amount itself
sendToCrew(amount);
// @ts-expect-error deep down, optional, in a list
sendToCrew(deep);
// @ts-expect-error any may be an amount
sendToCrew(anything);
// @ts-expect-error so may unknown
sendToCrew(unknownThing);
// @ts-expect-error or a value of a record of unknowns
sendToCrew(bag);
// @ts-expect-error or a value of a map
sendToCrew(map);
// @ts-expect-error or what a function gives back
sendToCrew(lazy);
// @ts-expect-error a ledger
sendToCrew(entry);
// @ts-expect-error the books
sendToCrew(store);
// @ts-expect-error a union with an amount in it
sendToCrew(trip as typeof trip | Money);
