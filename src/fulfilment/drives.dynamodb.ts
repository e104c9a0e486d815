import { type Clock, isoInstant } from '#lib/clock.ts';
import { keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Place, Table, Unit } from '#platform/table.ts';
import { type Drive, type Drives, nextDrive } from './drives.ts';

/** Where a drive lies. */
export const driveAt = (booking: string): Place => ({ pk: `DRIVE#${booking}`, sk: '-' });

/** By what one that is not done is found. */
export const driveEntries = ({ booking, state, nextAt }: Drive): readonly Place[] =>
  state === 'done'
    ? []
    : [
        {
          pk: `DRIVES#${state}#${shardOf(booking)}`,
          sk: nextAt === null ? booking : `${nextAt}#${booking}`,
        },
      ];

/** Drives in a table; those that are not done stand in an index by state, the waiting ones by when they are due. */
export function dynamoDrives(table: Table, clock: Clock): Drives {
  const inState = async (state: Drive['state'], stretch: { to?: string; limit?: number } = {}) =>
    (await listSpread<Drive>(table, { pk: `DRIVES#${state}`, ...stretch })).map(({ value }) => value);

  const change = (booking: string, edit: (known: Drive | null) => Drive | null) =>
    table.unit(async unit => {
      const known = await unit.get<Drive>(driveAt(booking));
      const next = edit(known);
      if (next !== null && next !== known) await save(unit, next);
      return next ?? known;
    });
  const save = (unit: Unit, drive: Drive) => keep(unit, driveAt(drive.booking), drive, driveEntries);

  return {
    find: booking => table.get<Drive>(driveAt(booking)),
    aim: async (booking, tag) =>
      (await change(booking, known => nextDrive.aimed(known, booking, tag))) as Drive,
    report: (booking, tag, run, outcome) =>
      change(booking, known => nextDrive.reported(known, { tag, run, outcome, now: clock.now() })),
    async takeDue(limit) {
      const due = await inState('waiting', { to: `${isoInstant(clock.now())}#\u{10ffff}`, limit });
      const taken = due.map(async ({ booking, run }) => {
        let mine = false;
        const drive = await change(booking, known => {
          mine = known?.state === 'waiting' && known.run === run;
          return mine && known ? nextDrive.again(known) : known;
        });
        return mine ? drive : null;
      });
      return (await Promise.all(taken)).filter(drive => drive !== null);
    },
    underWay: limit => inState('driving', { limit }),
    again: booking => change(booking, known => known && { ...nextDrive.again(known), tries: 0 }),
    forget: booking => table.unit(unit => keep<Drive>(unit, driveAt(booking), null, driveEntries)),
    stuck: limit => inState('stuck', { limit }),
    async hurry() {
      const now = isoInstant(clock.now());
      for (const { booking } of await inState('waiting'))
        await change(booking, known => (known?.state === 'waiting' ? { ...known, nextAt: now } : known));
    },
    async shelve() {
      const shelved = (await inState('waiting')).map(({ booking }) =>
        change(booking, known =>
          known?.state === 'waiting' ? { ...known, state: 'stuck', nextAt: null } : known,
        ),
      );
      return (await Promise.all(shelved)).filter(drive => drive !== null);
    },
  };
}
