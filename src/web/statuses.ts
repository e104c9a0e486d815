import { accessCodes } from './codes/access-codes.ts';
import { bodyCodes } from './codes/body-codes.ts';
import { bookingCodes } from './codes/booking-codes.ts';
import { crewCodes } from './codes/crew-codes.ts';
import { machineCodes } from './codes/machine-codes.ts';
import { photoCodes } from './codes/photo-codes.ts';
import { sourceCodes } from './codes/source-codes.ts';

export const httpCodes = {
  ...accessCodes,
  ...bodyCodes,
  ...bookingCodes,
  ...crewCodes,
  ...photoCodes,
  ...sourceCodes,
  ...machineCodes,
};

/** A code that a request can be answered with. */
export type HttpCode = keyof typeof httpCodes;

/** The status of each code that requests meet. */
export const statuses: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(httpCodes).map(([code, { status }]) => [code, status]),
);

/** The HTTP status a code is answered with. A code that should not have reached a request counts as content that cannot be used. */
export const statusOf = (code: string, otherwise = 422): number =>
  Object.hasOwn(statuses, code) ? (statuses[code] as number) : otherwise;
