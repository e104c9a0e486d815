import { carriedItems } from '#platform/carried.ts';
import { type DueRow, dueEntries, placeOf } from './agenda.dynamodb.ts';

export const tableDues = carriedItems<DueRow>({ word: 'AGENDA', at: placeOf, entries: dueEntries });
