import { type Clock, isoInstant } from '#lib/clock.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Place, Table } from '#platform/table.ts';
import type { Agenda, Due } from './agenda.ts';

/** A line of the agenda, and when it was done, ISO 8601 UTC. */
export type DueRow = Due & { doneAt: string | null };

const of = (subject: string) => `AGENDA#${subject}`;

/** Where a line of the agenda lies. */
export const placeOf = ({ subject, kind }: Due): Place => ({ pk: of(subject), sk: kind });

/** By when one is found that is still to come. */
export const dueEntries = ({ subject, kind, dueAt, doneAt }: DueRow): readonly Place[] =>
  doneAt === null ? [{ pk: `DUE#${shardOf(subject)}`, sk: `${dueAt}#${subject}#${kind}` }] : [];

/** The agenda in a table: one partition a subject, and what is still to come in a due index over a few shards. */
export function dynamoAgenda(table: Table, clock: Clock): Agenda {
  return {
    async replace(subject, dues) {
      const wanted = new Map(dues.map(due => [due.kind, due]));
      await table.unit(async unit => {
        const now = isoInstant(clock.now());
        const known = await unit.list<DueRow>({ pk: of(subject) });
        const kinds = new Set([...known.map(({ sk }) => sk), ...wanted.keys()]);
        for (const kind of kinds) {
          const place = { pk: of(subject), sk: kind };
          const [before, due] = [await unit.get<DueRow>(place), wanted.get(kind)];
          if (due) {
            const doneAt = due.dueAt > now ? null : (before?.doneAt ?? null);
            await keep<DueRow>(unit, place, { subject, kind, dueAt: due.dueAt, doneAt }, dueEntries);
          } else if (before?.doneAt === null) {
            await keep<DueRow>(unit, place, null, dueEntries);
          }
        }
      });
    },
    async due(limit) {
      const found = await listSpread<DueRow>(table, {
        pk: 'DUE',
        to: `${isoInstant(clock.now())}#\u{10ffff}`,
        limit,
      });
      return found.map(({ value: { subject, kind, dueAt } }) => ({ subject, kind, dueAt }));
    },
    done: due =>
      table.unit(async unit => {
        const row = await unit.get<DueRow>(placeOf(due));
        if (row?.doneAt !== null || row.dueAt !== due.dueAt) return;
        await keep<DueRow>(unit, placeOf(due), { ...row, doneAt: isoInstant(clock.now()) }, dueEntries);
      }),
    async of(subject) {
      const found = await table.list<DueRow>({ pk: of(subject) });
      const key = ({ dueAt, kind }: DueRow) => `${dueAt} ${kind}`;
      return found.map(({ value }) => value).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
  };
}
