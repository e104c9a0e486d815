import { type Clock, isoInstant } from '#lib/clock.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import type { Agenda, Due } from './agenda.ts';

type Row = Due & { doneAt: string | null };

/** The agenda in a table: one partition a subject, and what is still to come in a due index over a few shards. */
export function dynamoAgenda(table: Table, clock: Clock): Agenda {
  const of = (subject: string) => `AGENDA#${subject}`;
  const at = ({ subject, kind }: Due) => ({ pk: of(subject), sk: kind });
  const entries = ({ subject, kind, dueAt, doneAt }: Row) =>
    doneAt === null ? [{ pk: `DUE#${shardOf(subject)}`, sk: `${dueAt}#${subject}#${kind}` }] : [];

  return {
    async replace(subject, dues) {
      const wanted = new Map(dues.map(due => [due.kind, due]));
      await table.unit(async unit => {
        const now = isoInstant(clock.now());
        const known = await unit.list<Row>({ pk: of(subject) });
        const kinds = new Set([...known.map(({ sk }) => sk), ...wanted.keys()]);
        for (const kind of kinds) {
          const place = { pk: of(subject), sk: kind };
          const [before, due] = [await unit.get<Row>(place), wanted.get(kind)];
          if (due) {
            const doneAt = due.dueAt > now ? null : (before?.doneAt ?? null);
            await keep<Row>(unit, place, { subject, kind, dueAt: due.dueAt, doneAt }, entries);
          } else if (before?.doneAt === null) {
            await keep<Row>(unit, place, null, entries);
          }
        }
      });
    },
    async due(limit) {
      const found = await listSpread<Row>(table, {
        pk: 'DUE',
        to: `${isoInstant(clock.now())}#\u{10ffff}`,
        limit,
      });
      return found.map(({ value: { subject, kind, dueAt } }) => ({ subject, kind, dueAt }));
    },
    done: due =>
      table.unit(async unit => {
        const row = await unit.get<Row>(at(due));
        if (row?.doneAt !== null || row.dueAt !== due.dueAt) return;
        await keep<Row>(unit, at(due), { ...row, doneAt: isoInstant(clock.now()) }, entries);
      }),
    async of(subject) {
      const found = await table.list<Row>({ pk: of(subject) });
      const key = ({ dueAt, kind }: Row) => `${dueAt} ${kind}`;
      return found.map(({ value }) => value).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    },
  };
}
