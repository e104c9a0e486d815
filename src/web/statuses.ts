import { accessCodes } from './codes/access-codes.ts';
import { bodyCodes } from './codes/body-codes.ts';
import { bookingCodes } from './codes/booking-codes.ts';
import type { CodeTable } from './codes/code.ts';
import { commandCodes, deskCodes } from './codes/command-codes.ts';
import { crewCodes } from './codes/crew-codes.ts';
import { machineCodes } from './codes/machine-codes.ts';
import { photoCodes } from './codes/photo-codes.ts';
import { sourceCodes } from './codes/source-codes.ts';

export type CodeGroup = { readonly id: string; readonly title: string; readonly codes: CodeTable };

/** Every code there is, each in exactly one group, as the documentation lists them. Held to the sources by a test. */
export const codeGroups: readonly CodeGroup[] = [
  { id: 'access', title: 'Who may come in', codes: accessCodes },
  { id: 'bodies', title: 'What was sent', codes: bodyCodes },
  { id: 'bookings', title: 'Bookings, times and amounts', codes: bookingCodes },
  { id: 'crew', title: 'Crew events, calendar and guest pages', codes: crewCodes },
  { id: 'photos', title: 'Photos', codes: photoCodes },
  { id: 'sources', title: 'Marketplaces and servers outside', codes: sourceCodes },
  { id: 'machine', title: 'Letters, workflows and the machine', codes: machineCodes },
  { id: 'commands', title: 'Only at the command line', codes: commandCodes },
  { id: 'desk', title: 'Only on the desk', codes: deskCodes },
];

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
