import type { Command } from 'commander';
import type { Booking } from '#booking/booking.ts';
import { nameOfPart, nameText, type PartSeen, type SplitDone } from '#booking/split-booking.ts';
import { rangeText } from '#lib/zoned.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, type Reach, reach } from '../reach.ts';
import { sure } from '../sure.ts';
import { showBeliefs } from './board.ts';

type Done = { kind: string; booking: Booking };

export function bookingCommands(program: Command): void {
  const booking = program.command('booking').description('list, show, add, move, cancel or forget bookings');

  onData(booking.command('list'))
    .description('bookings by start, soonest first')
    .option('--when <which>', 'upcoming, past, cancelled or all', 'upcoming')
    .option('--vessel <id>', 'vessel, by its id')
    .option('--text <words>', 'words of the guest or of a name of the booking')
    .option('--limit <n>', 'at most so many', '50')
    .action((options: DataOptions & { when: string; vessel?: string; text?: string; limit: string }) =>
      reach(options, async ({ call, out }) => {
        const { when, vessel, text } = options;
        const rows = await call<Booking[]>('booking list', {
          when,
          vessel,
          text,
          limit: Number(options.limit),
        });
        out.answer(rows, () =>
          rows.length === 0
            ? 'No bookings. One comes in by webhook, or with: gangway booking add'
            : list(rows),
        );
      }),
    );

  onData(booking.command('show <booking>'))
    .description('one booking, with where each fact came from')
    .action((id: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const found = await call<Booking>('booking show', { booking: id });
        out.answer(found, () => facts(found));
      }),
    );

  onData(booking.command('add'))
    .description('enter a booking by hand; times are the clock at the vessel')
    .requiredOption('--vessel <id>', 'vessel, by its id')
    .requiredOption('--start <time>', 'e.g. 2027-05-30T16:30')
    .requiredOption('--end <time>', 'a time, or a duration such as 3h')
    .requiredOption('--guest <name>', 'name of the guest')
    .requiredOption('--party <n>', 'passengers, the guest included')
    .option('--email <address>', 'where letters to the guest go')
    .option('--phone <number>', 'telephone number of the guest')
    .option('--tentative', 'not firm yet')
    .option('--despite <reason>', 'why, where the vessel is taken then; it is kept')
    .action(
      (
        options: DataOptions & {
          vessel: string;
          start: string;
          end: string;
          guest: string;
          party: string;
          email?: string;
          phone?: string;
          tentative?: boolean;
          despite?: string;
        },
      ) =>
        reach(options, async r => {
          const { vessel, start, end, guest, email, phone, despite } = options;
          const done = await r.call<Done>('booking add', {
            vessel,
            start,
            end,
            guest,
            party: Number(options.party),
            email,
            phone,
            tentative: options.tentative ?? false,
            despite,
          });
          await follow(r, done);
        }),
    );

  onData(booking.command('move <booking>'))
    .description('move a booking; a start alone keeps the duration, 15:30 keeps the day')
    .option('--start <time>', '15:30, 2027-06-01 or 2027-06-01T15:30')
    .option('--end <time>', 'when it ends')
    .option('--vessel <id>', 'vessel, by its id')
    .option('--despite <reason>', 'why, where the vessel is taken then; it is kept')
    .action(
      (
        id: string,
        options: DataOptions & { start?: string; end?: string; vessel?: string; despite?: string },
      ) =>
        reach(options, async r => {
          const { start, end, vessel, despite } = options;
          await follow(r, await r.call<Done>('booking move', { booking: id, start, end, vessel, despite }));
        }),
    );

  onData(booking.command('correct <booking>'))
    .description('correct the guest or the party')
    .option('--guest <name>', 'name of the guest')
    .option('--email <address>', 'where letters to the guest go')
    .option('--phone <number>', 'telephone number of the guest')
    .option('--party <n>', 'passengers, the guest included')
    .action(
      (
        id: string,
        options: DataOptions & { guest?: string; email?: string; phone?: string; party?: string },
      ) =>
        reach(options, async r => {
          const { guest, email, phone, party } = options;
          const input = {
            booking: id,
            guest,
            email,
            phone,
            party: party === undefined ? undefined : Number(party),
          };
          await follow(r, await r.call<Done>('booking correct', input));
        }),
    );

  onData(booking.command('merge <booking> <other>'))
    .description('say that two bookings are one trip; the one that came first stays')
    .action((id: string, other: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const done = await call<Done>('booking merge', { booking: id, other });
        out.answer(done, () => `One booking: ${done.booking.id}, revision ${done.booking.revision}.`);
      }),
    );

  onData(booking.command('split <booking> [name]'))
    .description(
      'two trips were taken as one: make a booking of its own of what goes by a name, such as boatsetter:xhq',
    )
    .option('--why <reason>', 'why they are two trips; it is kept')
    .action((id: string, name: string | undefined, options: DataOptions & { why?: string }) =>
      reach(options, async ({ call, out }) => {
        if (name === undefined) {
          const seen = await call<{ parts: PartSeen[] }>('booking split', { booking: id });
          return out.answer(seen, () => partsText(seen.parts));
        }
        const done = await call<SplitDone>('booking split', { booking: id, name, why: options.why });
        out.answer(
          done,
          () =>
            `Two bookings: ${done.booking.id} and ${done.other.id}. One again: gangway booking merge ${done.booking.id} ${done.other.id}`,
        );
      }),
    );

  onData(booking.command('cancel <booking>'))
    .description('call a booking off: every surface is withdrawn, crew and guest are told once')
    .action((id: string, options: DataOptions) =>
      reach(options, async r => follow(r, await r.call<Done>('booking cancel', { booking: id }))),
    );

  onData(booking.command('restore <booking>'))
    .description('take the desk’s own cancellation back')
    .action((id: string, options: DataOptions) =>
      reach(options, async r => follow(r, await r.call<Done>('booking restore', { booking: id }))),
    );

  onData(booking.command('forget <booking>'))
    .description('erase the guest of a booking that is over or cancelled, everywhere and for good')
    .option('--yes', 'do not ask')
    .action((id: string, options: DataOptions & { yes?: boolean }) =>
      reach(options, async ({ call, out }) => {
        const found = await call<Booking>('booking show', { booking: id });
        if (!options.yes) await sure(erasing(found), 'Nothing was erased.');
        const done = await call<Booking>('booking forget', { booking: id });
        out.answer(
          done,
          () =>
            `${done.id}: the guest was erased. The ledger stays, and what others have in their mailboxes.`,
        );
      }),
    );
}

/** Waits until the surfaces have followed, then shows what each believes. */
async function follow({ call, out }: Reach, { kind, booking }: Done): Promise<void> {
  out.remark(
    `${booking.id} ${kind === 'remembered' ? 'was that already' : kind}, revision ${booking.revision}`,
  );
  const board = await call<Parameters<typeof showBeliefs>[0]>('settle', { booking: booking.id });
  out.answer({ ...board, kind, booking }, () => `${facts(booking)}\n\n${showBeliefs(board)}`);
}

const erasing = ({ guest, start, end }: Booking) =>
  `Erase ${guest.name}, ${rangeText(start, end)}, everywhere? It cannot be undone.`;

const list = (rows: readonly Booking[]) =>
  table(
    ['booking', 'when', 'vessel', 'guest', 'party', 'status', 'rev'],
    rows.map(b => [
      b.id,
      rangeText(b.start, b.end),
      b.vessel,
      b.guest.name,
      String(b.partySize),
      b.status,
      String(b.revision),
    ]),
  );

const facts = (b: Booking) =>
  table(
    ['fact', 'value', 'from'],
    [
      ['booking', b.id, b.names.map(name => `${name.source} ${name.externalId}`).join(', ')],
      ['status', `${b.status}, revision ${b.revision}`, b.origins.status?.source ?? ''],
      ['when', rangeText(b.start, b.end), b.origins.start?.source ?? ''],
      ['vessel', b.vessel, b.origins.vessel?.source ?? ''],
      ['guest', b.guest.name, b.origins.guestName?.source ?? ''],
      ['party', String(b.partySize), b.origins.partySize?.source ?? ''],
    ],
  );

function partsText(parts: readonly PartSeen[]): string {
  if (parts.length === 0) return 'One trip, as far as anybody told: nothing can be split off.';
  const half = ({ fields: { guestName, start, partySize } }: PartSeen['goes']) =>
    [guestName ?? '–', start?.local.replace('T', ' ') ?? '–', `party of ${partySize ?? '–'}`].join(', ');
  return parts
    .map(
      ({ part, goes, stays }) =>
        `${nameText(nameOfPart(part))}\n  would leave as ${half(goes)}\n  and leave behind ${half(stays)}`,
    )
    .join('\n');
}
