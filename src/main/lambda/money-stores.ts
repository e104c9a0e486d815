import type { CrewEventId } from '#crew/crew.ts';
import { dynamoMoneyCanaries } from '#finances/canaries.dynamodb.ts';
import { dynamoFinanceStore } from '#finances/finance-store.dynamodb.ts';
import { dynamoInbox } from '#intake/inbox.dynamodb.ts';
import { within } from '#platform/table.ts';
import type { MoneyStores, Stores } from '../rooms/stores.ts';
import type { Afterwards } from './afterwards.ts';
import type { Means } from './means.ts';
import { type Beside, openStores, sideStores } from './open-stores.ts';

/** Everything in the partitions of money, for the functions whose roles may reach them. */
export function moneyStores(
  means: Means,
  { mailer }: Pick<Beside, 'mailer'>,
  afterwards: Afterwards,
  bookingOf: (event: string) => Promise<string | null>,
): MoneyStores {
  const { table, clock, random } = means;
  return {
    ...sideStores(within(table, 'MONEY'), means, mailer, afterwards),
    inbox: dynamoInbox(table, { clock, random }),
    finances: dynamoFinanceStore(table),
    canaries: publicWords => dynamoMoneyCanaries({ table, bookingOf, publicWords }),
  };
}

/** Both sides. Nothing is left of a deleted item that could be overwritten. */
export function wholeStores(means: Means, beside: Beside, afterwards: Afterwards): Stores {
  const open = openStores(means, beside, afterwards);
  const bookingOf = async (event: string) => (await open.crew.find(event as CrewEventId))?.booking ?? null;
  return {
    open,
    money: moneyStores(means, beside, afterwards, bookingOf),
    scrub: async () => {},
  };
}
