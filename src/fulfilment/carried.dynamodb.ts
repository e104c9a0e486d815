import type { Belief } from '#booking/surface.ts';
import { carriedItems } from '#platform/carried.ts';
import { beliefAt, beliefEntries } from './beliefs.dynamodb.ts';
import { driveAt, driveEntries } from './drives.dynamodb.ts';
import type { Drive } from './drives.ts';

export const tableBeliefs = carriedItems<Belief>({ word: 'BELIEFS', at: beliefAt, entries: beliefEntries });

export const tableDrives = carriedItems<Drive>({
  word: 'DRIVE',
  at: ({ booking }) => driveAt(booking),
  entries: driveEntries,
});
