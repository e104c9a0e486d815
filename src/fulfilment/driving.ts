import type { Booking, BookingId } from '#booking/booking.ts';
import type { JsonObject, Starting } from '#durable/durable.ts';
import type { Log } from '#platform/log.ts';
import type { Drive } from './drives.ts';
import type { Side } from './side.ts';

/** Takes at most so many at a time of whatever is due. */
export const batch = 500;

/** The revision that a drive aims at, of either side. */
export const revisionOf = (tag: string) => Number(tag.split('.')[0]);

export type Driving = ReturnType<typeof driving>;

/** Starts the runs of one side of the fence, and starts them again until they have ended well. */
export function driving(it: {
  side: Side;
  workflow: `${string}@${number}`;
  inputOf: (drive: Drive) => JsonObject;
  /** Aims at the booking as it is by now. */
  aim: (booking: string) => Promise<void>;
  current: (booking: string) => Promise<Booking>;
  durable: () => Starting;
  log: Log;
}) {
  const { side, workflow, aim } = it;
  const { drives } = side;

  const start = (drive: Drive) => it.durable().start(workflow, runName(drive), it.inputOf(drive));

  const isOvertaken = async ({ booking, tag }: Drive) =>
    (await it.current(booking)).revision > revisionOf(tag);

  /** A run the engine gave up on, or that was overtaken, never reports: its drive must not wait for it for ever. */
  const endedSilently = async (drive: Drive) => {
    const execution = await it.durable().describe(workflow, runName(drive));
    return execution !== null && !['ACTIVE', 'WAITING'].includes(execution.status);
  };

  const goOver = async (last: Drive) => {
    if (await isOvertaken(last)) return aim(last.booking);
    const drive = await drives.again(last.booking);
    if (drive) await start(drive);
  };

  const giveUp = async (booking: string) => {
    it.log.error('given up until a person retries', { booking });
    for (const belief of await side.board.beliefs.of(booking)) {
      if (belief.state === 'failing') await side.board.beliefs.put({ ...belief, state: 'stuck' });
    }
  };

  return {
    start,
    giveUp,
    async again(booking: BookingId) {
      const last = await drives.find(booking);
      if (last) await goOver(last);
    },
    async resume() {
      for (const last of await drives.underWay(Number.MAX_SAFE_INTEGER)) await goOver(last);
    },
    async tick() {
      for (const drive of await drives.underWay(batch)) {
        if (!(await endedSilently(drive))) await start(drive);
        else if (await isOvertaken(drive)) await aim(drive.booking);
        else await drives.report(drive.booking, drive.tag, drive.run, 'incomplete');
      }
      for (const drive of await drives.takeDue(batch)) await start(drive);
    },
    /** Gives up what waits for another try; returns those bookings. */
    async shelve(): Promise<readonly string[]> {
      const shelved = (await drives.shelve()).map(({ booking }) => booking);
      for (const booking of shelved) await giveUp(booking);
      return shelved;
    },
  };
}

const runName = ({ booking, tag, run }: Drive) => `${booking}-${tag.replaceAll('.', '-')}-${run}`;
