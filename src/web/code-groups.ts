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
