import { Webhook } from 'standardwebhooks';
import { formToken } from '#access/forms.ts';
import type { Booking } from '#booking/booking.ts';
import { letterBytes } from '#mail/letter-bytes.ts';
import { letterKey } from '#mail/letter-key.ts';
import { house, secrets, serviceKey } from './fleet.ts';
import { everybodyLooks, readRows } from './look.ts';
import type { Money, Side } from './money.ts';
import { type Act, beginning, type Pair, type Said } from './plot.ts';
import { type Disks, type Got, openWorld, type World } from './world.ts';

const hooks = {
  boatsetter: new Webhook(secrets.BOATSETTER_WEBHOOK_SECRET),
  manual: new Webhook(secrets.MANUAL_WEBHOOK_SECRET),
};

/** What one side of a pair came to: everything that anybody but owner and payees got, in order. */
export type Played = {
  readonly got: readonly Got[];
  readonly alarms: readonly string[];
  readonly crashed: number;
  /** What the log calls the letters of the open side. */
  readonly open: ReadonlySet<string>;
};

/** Plays one side of a pair to its end. */
export async function play(pair: Pair, side: Side, on: Disks): Promise<Played> {
  const world = openWorld(pair, side, on);
  await world.start();
  let said = 0;
  for (const act of pair.acts) {
    await one(world, act, () => side.money(said++));
    await world.settle();
  }
  for (const { letter, at } of world.letters) {
    const bytes = letterBytes(letter, at);
    world.keep(`${letter.audience}: letter at ${at}`, bytes.toString('latin1'));
  }
  const sent = on.open.reader.all<{ id: string }>('SELECT id FROM letters');
  return {
    got: world.got,
    alarms: world.alarms,
    crashed: world.crashed(),
    open: new Set(sent.map(({ id }) => letterKey(id))),
  };
}

async function one(world: World, act: Act, money: () => Money): Promise<void> {
  switch (act.do) {
    case 'say': {
      const body = bodyOf(act.said, money());
      await say(world, act.said, body);
      if (act.twice) await say(world, act.said, body);
      return;
    }
    case 'move':
      return operate(world, 'booking move', act.nth, { start: act.to });
    case 'cancel':
    case 'restore':
      return operate(world, `booking ${act.do}`, act.nth);
    case 'retry':
      return operate(world, 'retry', act.nth);
    case 'answer':
      return answerAsCrew(world, act.answer);
    case 'note':
      return noteOnEvent(world, act.nth, act.text);
    case 'wait':
      for (let left = act.ms, step = 60_000; left > 0; left -= step, step *= 8)
        await world.pass(Math.min(left, step));
      return;
    case 'mend':
      return world.mend();
    case 'look':
      // A minute later, so that what failed once has been tried again.
      await world.pass(61_000);
      if (act.at === 'everything') await everybodyLooks(world);
      return readRows(world);
  }
}

export function bodyOf(
  { source: _, name, vessel, start, end, guest, email, party, ...said }: Said,
  money: Money,
) {
  const { payout, note } = money;
  return JSON.stringify({
    type: `booking.${said.kind}`,
    occurred_at: new Date(beginning - 3_600_000 + said.version * 60_000).toISOString(),
    booking: {
      id: name,
      version: said.version,
      ...(said.replaces ? { replaces: said.replaces } : {}),
      vessel,
      start,
      end,
      guest: { name: guest, email, phone: '+1 619 555 0142' },
      party_size: party,
      ...(note === undefined ? {} : { note }),
    },
    ...(payout === undefined ? {} : { payout }),
  });
}

/** A message as its marketplace sends it at an instant. */
export function signedRequest(said: Said, body: string, now: number): Request {
  const id = `msg_${said.name}_${said.version}_${said.kind}`;
  const at = new Date(now);
  return new Request(`${house}/webhooks/${said.source}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': hooks[said.source].sign(id, at, body),
    },
    body,
  });
}

/** A marketplace tells until it is heard, with the same words. */
async function say(world: World, said: Said, body: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const answer = await world.ask(() => world.app().fetch(signedRequest(said, body, world.clock.now())));
    if (answer === 'died') {
      await world.settle();
      continue;
    }
    // Its own delivery id comes from the money file and is the same by chance of the seed; nothing here may differ.
    world.keep('public: answer to the marketplace', await whole(answer));
    if (answer.status === 202) return;
    await world.pass(30_000);
  }
}

export async function whole(answer: Response): Promise<string> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return `${answer.status}\n${headers}\n\n${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`;
}

export const bookingsOf = (world: World): Booking[] =>
  world.on.open.reader
    .all<{ body: string }>(
      'SELECT body FROM bookings WHERE revision > 0 AND absorbedBy IS NULL AND body IS NOT NULL ORDER BY id',
    )
    .map(row => JSON.parse(row.body) as Booking);

async function operate(world: World, name: string, nth: number, more: Record<string, unknown> = {}) {
  const all = bookingsOf(world);
  const booking = all[nth % Math.max(1, all.length)]?.id;
  if (!booking) return;
  const answer = await world
    .ask(() => world.app().operate(name, { booking, ...more }))
    .catch((error: { code?: string }) => ({ refused: error.code }));
  world.keep(`operator: ${name}`, JSON.stringify(answer));
}

const linkIn = (text: string) => /\/c#([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? null;

/** Opens the link of the newest letter to crew, as they would. Null when there is none or it leads nowhere any more. */
export async function crewDoor(world: World) {
  const newest = world.letters.findLast(({ letter }) => letter.audience === 'crew' && linkIn(letter.text));
  const link = newest && linkIn(newest.letter.text);
  if (!link) return null;
  const answer = await post(world, '/c/session', { link });
  if (answer === 'died' || answer.status !== 303) return null;
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { answer, cookie, at: answer.headers.get('location') ?? '' };
}

export const post = (world: World, path: string, fields: Record<string, string>, cookie = '') =>
  world.ask(() =>
    world.app().fetch(
      new Request(house + path, {
        method: 'POST',
        headers: {
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
          ...(cookie ? { cookie } : {}),
        },
        body: new URLSearchParams(fields).toString(),
      }),
    ),
  );

async function answerAsCrew(world: World, answer: string): Promise<void> {
  const door = await crewDoor(world);
  if (!door) return;
  const session = door.cookie.slice(door.cookie.indexOf('=') + 1).split('.')[0] ?? '';
  const event = door.at.split('/').at(-1) ?? '';
  const said = await post(
    world,
    `/c/events/${event}/answer`,
    { formToken: formToken({ id: session }), answer },
    door.cookie,
  );
  world.keep('crew: their answer', said === 'died' ? said : await whole(said));
}

async function noteOnEvent(world: World, nth: number, notes: string): Promise<void> {
  const events = world.on.open.reader.all<{ id: string }>('SELECT id FROM crew_events ORDER BY id');
  const event = events[nth % Math.max(1, events.length)]?.id;
  if (!event) return;
  const answer = await world.ask(() =>
    world.app().fetch(
      new Request(`${house}/api/events/${event}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'x-service-key': serviceKey },
        body: JSON.stringify({ notes }),
      }),
    ),
  );
  world.keep('crew: a note', answer === 'died' ? answer : await whole(answer));
}
