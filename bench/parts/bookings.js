import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, mb, ms, perSecond, spread } from '../figures.js';
import { openGangway } from '../gangway.js';

/** One booking at a time on a server that does nothing else; then the same booking moved. */
export async function oneAtATime({ row }, { count }) {
  const gangway = await openGangway();
  const seen = { acks: [], whole: [], moves: [] };
  let cpu = 0;
  // The first ones run while Node is still compiling.
  const warming = Math.ceil(count / 4);
  for (let i = 0; i < count + warming; i++) {
    if (i === warming) cpu = gangway.usage().cpu;
    const begin = performance.now();
    const { booking, ack } = await gangway.deliver();
    await gangway.told(booking, 1);
    const told = performance.now();
    await gangway.deliver(booking, 2);
    await gangway.told(booking, 2);
    if (i < warming) continue;
    seen.acks.push(ack);
    seen.whole.push(told - begin);
    seen.moves.push(performance.now() - told);
  }
  const each = (gangway.usage().cpu - cpu) / (2 * count);
  row('webhook → acknowledged, one at a time', spread(seen.acks));
  row(
    'webhook → every surface and letter, one at a time',
    spread(seen.whole),
    'goal 14 ms on an idle machine',
  );
  row('move → every surface and letter, one at a time', spread(seen.moves), 'goal 20 ms on an idle machine');
  row('processor time for a booking or a move', ms(each));
  await gangway.close();
}

/** So many bookings in flight at a time: the next is sent when one is done. */
export async function inFlight({ row }, { many, count }, { chain }) {
  const gangway = await openGangway();
  for (let i = 0; i < 20; i++) await gangway.told((await gangway.deliver()).booking, 1);
  const acks = [];
  const whole = [];
  let left = count;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: many }, async () => {
      while (left-- > 0) {
        const sent = performance.now();
        const { booking, ack } = await gangway.deliver();
        acks.push(ack);
        await gangway.told(booking, 1);
        whole.push(performance.now() - sent);
      }
    }),
  );
  const rate = count / ((performance.now() - begin) / 1000);
  row(
    `${many} in flight: bookings fulfilled`,
    perSecond(rate),
    `${(rate / chain).toFixed(3)} of the bare outbox`,
  );
  row(`${many} in flight: acknowledged`, spread(acks));
  row(`${many} in flight: webhook → every surface and letter`, spread(whole));
  await gangway.close();
}

/** So many marketplaces send as fast as they are answered, and do not wait for what follows. */
export async function intake({ row }, { many, count }, { alone }) {
  const gangway = await openGangway();
  const acks = [];
  const rate = await sendAll(gangway, { many, count, acks });
  row(
    `intake from ${many} at once`,
    perSecond(rate),
    `${(rate / alone).toFixed(2)} of the disk’s single commits`,
  );
  row(`intake from ${many} at once: acknowledged`, spread(acks));
  await gangway.settled(count);
  await gangway.close();
}

/** A steady stream of intakes, fulfilment running meanwhile. */
export async function paced({ row }, { rate, seconds }) {
  const gangway = await openGangway();
  const acks = [];
  const running = [];
  const begin = performance.now();
  for (let i = 0; i < seconds * rate; i++) {
    const wait = begin + (i * 1000) / rate - performance.now();
    if (wait > 1) await sleep(wait);
    running.push(gangway.deliver().then(({ ack }) => acks.push(ack)));
  }
  await Promise.all(running);
  row(`${rate} intakes a second for ${seconds} s: acknowledged`, spread(acks), 'goal 50 ms for 99 of 100');
  await gangway.settled(acks.length);
  await gangway.close();
}

/** Everything at once. Counts what came of it: none may be missing. */
export async function burst({ row }, { count }, { alone }) {
  const gangway = await openGangway();
  const begin = performance.now();
  const cpu = gangway.usage().cpu;
  const rate = await sendAll(gangway, { many: 32, count, acks: [] });
  row(
    `burst of ${count}: acknowledged`,
    perSecond(rate),
    `${(rate / alone).toFixed(2)} of the disk’s single commits`,
  );
  await gangway.settled(count);
  const took = (performance.now() - begin) / 1000;
  const bookings = gangway.ask('gangway.db', 'SELECT count(*) FROM bookings');
  const { peak, cpu: after } = gangway.usage();
  row(`burst of ${count}: fulfilled`, perSecond(count / took), `${bookings} bookings, none lost or twice`);
  row(`burst of ${count}: processor time a booking`, ms((after - cpu) / count));
  row(`burst of ${count}: most memory`, mb(peak), 'goal 320 MB');
  await gangway.close();
}

/** Five bookings a second for a while: does it get slower, does it grow? */
export async function soak({ row }, { seconds }) {
  const gangway = await openGangway();
  const whole = [];
  const memory = [];
  const stored = [];
  const running = [];
  const begin = performance.now();
  for (let i = 0; i < seconds * 5; i++) {
    if (i % seconds === 0) stored.push(bytesIn(gangway.folder));
    const wait = begin + i * 200 - performance.now();
    if (wait > 1) await sleep(wait);
    const sent = performance.now();
    const one = gangway.deliver().then(({ booking }) => gangway.told(booking, 1));
    running.push(one.then(() => whole.push(performance.now() - sent)));
    memory.push(gangway.usage().now);
  }
  await Promise.all(running);
  const part = Math.ceil(whole.length / 5);
  const name = `soak, 5 a second for ${seconds} s`;
  row(
    `${name}: the second fifth / the last`,
    `${ms(at(whole.slice(part, 2 * part), 0.5))} / ${ms(at(whole.slice(-part), 0.5))}`,
  );
  row(
    `${name}: memory after a fifth / at the end`,
    `${mb(memory[part] ?? Number.NaN)} / ${mb(memory.at(-1) ?? Number.NaN)}`,
  );
  const [first = 0, second = 0] = [stored[2] - stored[1], bytesIn(gangway.folder) - stored[4]];
  row(
    `${name}: data folder grows by, in the second fifth / the last`,
    `${mb(first / 2 ** 20)} / ${mb(second / 2 ** 20)}`,
    'pages, letters, databases and their logs',
  );
  await gangway.close();
}

/** What the files of a folder take. */
const bytesIn = folder =>
  readdirSync(folder, { recursive: true }).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

async function sendAll(gangway, { many, count, acks }) {
  let left = count;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: many }, async () => {
      while (left-- > 0) acks.push((await gangway.deliver()).ack);
    }),
  );
  return count / ((performance.now() - begin) / 1000);
}
