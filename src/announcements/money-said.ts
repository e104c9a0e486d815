import type { BookingId } from '#booking/booking.ts';
import type { FinanceStore } from '#finances/finance-store.ts';
import { decimalText, type Money } from '#finances/money.ts';
import type { MoneySaid } from './payload.ts';

/** What an owner's endpoint is told of a booking's money: the ledger as it stands when the message leaves; null before there is one. */
export const moneySaid =
  (books: Pick<FinanceStore, 'ledger'>, currency: string) =>
  async (booking: string): Promise<MoneySaid | null> => {
    const ledger = await books.ledger(booking as BookingId);
    const text = (amount: Money | null) => (amount ? decimalText(amount) : null);
    return ledger && { state: ledger.state, currency, gross: text(ledger.gross), net: text(ledger.net) };
  };
