import { InvalidArgumentError } from 'commander';

/** A number of bookings a month, as an option takes it. */
export function bookingsNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > 10_000_000)
    throw new InvalidArgumentError('A whole number from 1 to 10,000,000.');
  return value;
}
