import type { Run } from '#durable/durable.ts';
import { settableClock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import { letterBytes } from '#mail/letter-bytes.ts';
import type { Mailer } from '#mail/mailer.ts';
import { embeddedStores } from '#main/embedded/stores.ts';
import { addresses } from '#main/rooms/addresses.ts';
import { intakeRoom } from '#main/rooms/intake.ts';
import type { RoomOptions } from '#main/rooms/parts.ts';
import { rooms } from '#main/rooms/rooms.ts';
import { story } from '#main/rooms/story.ts';
import { silentLog } from '#platform/log.ts';
import { metrics } from '#platform/metrics.ts';
import type { Life } from '../sim/life.ts';
import { fencedFleet } from './fleet.ts';
import { rows } from './look.ts';
import type { Side } from './money.ts';
import { bodyOf, signedRequest, whole } from './play.ts';
import { type Act, beginning, type Pair } from './plot.ts';
import { type Disks, type Got, isOwners, pagesInMemory } from './world.ts';

const immortal: Life = {
  isOver: () => false,
  stirs() {},
  writes() {},
  boundary: () => 'go',
  end() {},
};

const nobody = () => Promise.reject(new Unavailable('outside-unreachable', 'No answer: there is nobody.'));

/**
 * Plays one side of a pair with the rooms of the program alone: the webhook route, the inbox, the bookings, the books, every
 * surface and letter of both sides and what the agenda says, without the engine between them, the web and the desk. Nothing
 * dies and nobody looks over HTTP. Returns what anybody but owner and payees got, and every row of the open side.
 */
export async function playAtCounter(pair: Pair, side: Side, on: Disks): Promise<readonly Got[]> {
  for (const each of [on.open, on.money]) each.wipe();
  const clock = settableClock(beginning);
  const random = seededRandom('one side of a pair at the counter');
  const got: Got[] = [];
  const keep = (who: string, bytes: string) => void got.push({ who, bytes });
  const mailer: Mailer = {
    exactlyOnce: false,
    close: async () => {},
    async send(letter) {
      if (!isOwners(letter))
        keep(`${letter.audience}: letter`, letterBytes(letter, clock.now()).toString('latin1'));
      return { kind: 'sent' };
    },
  };
  const options: RoomOptions = {
    config: fencedFleet,
    clock,
    random,
    log: silentLog,
    numbers: metrics(),
    at: addresses(fencedFleet.shape, fencedFleet.shape.server.port),
    onProgress() {},
    inTurn: oneAtATime(),
    outside: nobody,
    canDevelop: false,
    tap({ audience, channel, body }) {
      if (audience === 'owner' || audience === 'payee') return;
      keep(`${audience}: ${channel}`, typeof body === 'string' ? body : Buffer.from(body).toString('latin1'));
    },
  };
  const [open, money, engine] = [on.open, on.money, on.engine].map(disk => disk.heldBy(immortal));
  if (!open || !money || !engine) throw new Error('three disks are needed');
  const of = rooms(
    embeddedStores({
      files: { open, money, engine, outbox: '', pages: '', photos: '', close() {} },
      mailer,
      linkKey: fencedFleet.secret('link key') ?? '',
      clock,
      random,
      log: silentLog,
      host: pagesInMemory(keep),
    }),
    options,
  );
  const straight = straightOn(() => told.workflows);
  const told = story(of, options, () => straight);
  const intake = intakeRoom({ of, options, fulfil: told, dns: nobody, reach: nobody });

  const settle = async () => {
    for (let rounds = 0; rounds < 20; rounds++) {
      await intake.processPending();
      await told.catchUp();
      await straight.idle();
      await Promise.all([of.open.post.deliverDue(), of.owner.post.deliverDue()]);
      if (!straight.isBusy() && (await of.inbox.pending(1)).length === 0) return;
    }
  };
  let said = 0;
  const one = async (act: Act) => {
    if (act.do === 'say') {
      const body = bodyOf(act.said, side.money(said++));
      for (let times = act.twice ? 2 : 1; times > 0; times--)
        keep(
          'public: answer to the marketplace',
          await whole(await intake.routes.fetch(signedRequest(act.said, body, clock.now()))),
        );
    } else if (act.do === 'wait') {
      for (let left = act.ms, step = 60_000; left > 0; left -= step, step *= 8) {
        clock.advance(Math.min(left, step));
        await told.tick();
        await settle();
      }
    }
    await settle();
  };
  for (const act of pair.acts) await one(act);
  rows(on.open.reader, (table, row) => keep(`gangway.db: ${table}`, row));
  return got;
}

/** Workflows that are run where they are started, with nothing noted of them. */
function straightOn(workflows: () => Readonly<Record<string, (input: never, run: Run) => Promise<unknown>>>) {
  const underWay = new Set<Promise<unknown>>();
  const run = { step: (_name: string, work: () => Promise<unknown>) => work() } as unknown as Run;
  return {
    async start(workflow: string, _name: string, input: object) {
      const mine: Promise<unknown> = (workflows()[workflow]?.(input as never, run) ?? Promise.resolve())
        .catch(() => {})
        .finally(() => underWay.delete(mine));
      underWay.add(mine);
      return 'started' as const;
    },
    describe: async () => null,
    isBusy: () => underWay.size > 0,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
