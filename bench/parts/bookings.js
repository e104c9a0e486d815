import { setTimeout as sleep } from 'node:timers/promises';
import { mb, ms, perSecond, spread } from '../figures.js';
import { openGangway } from '../gangway.js';

/** One booking at a time on a server that does nothing else; then the same booking moved. */
export async function oneAtATime({ row, saw }, { count }) {
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
  saw('one', seen);
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
export async function inFlight({ row, saw }, { many, count }, { chain }) {
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
  saw('in flight', { [many]: rate });
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
export async function intake({ row, saw }, { many, count }, { alone }) {
  const gangway = await openGangway();
  const acks = [];
  const rate = await sendAll(gangway, { many, count, acks });
  saw('intake', { [many]: rate });
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
export async function paced({ row, saw }, { rate, seconds }) {
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
  saw('paced', { [rate]: acks });
  row(`${rate} intakes a second for ${seconds} s: acknowledged`, spread(acks), 'goal 50 ms for 99 of 100');
  await gangway.settled(acks.length);
  await gangway.close();
}

/** Everything at once. Counts what came of it: none may be missing. */
export async function burst({ row, saw }, { count }, { alone }) {
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
  if (count >= 1000) saw('burst', { peak });
  row(`burst of ${count}: most memory`, mb(peak), 'goal 320 MB');
  await gangway.close();
}

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
