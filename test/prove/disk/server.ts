// A server that is there to be killed: the production wiring on the folder it is given, behind a real port. Its clock runs
// as fast as it can: after each message until nothing is left to do, and then it says so and what time it is.

import { flushCompileCache } from 'node:module';
import { settableClock } from '#lib/clock.ts';
import { takeDataFolder } from '#main/embedded/data-folder.ts';
import { listen } from '#main/embedded/http-server.ts';
import { bookingsOf, type House, openHouse } from '../house.ts';
import { pass, say, untilSettled } from './script.ts';

const [folder = '.', now = '0', seed = ''] = process.argv.slice(2);

async function serve(): Promise<void> {
  takeDataFolder(folder);
  const clock = settableClock(Number(now));
  const wired = Promise.withResolvers<House>();
  const { port } = await listen({
    port: 0,
    address: '127.0.0.1',
    async fetch(request, env) {
      const house = await wired.promise;
      const answer = await house.app.fetch(request, env);
      setImmediate(goOn, house, answer.status);
      return answer;
    },
  });
  const house = await openHouse({ folder, clock, seed });
  await untilAllIsRead(house);
  wired.resolve(house);
  say(`UP ${port} ${clock.now()}`);
}

async function goOn(house: House, status: number): Promise<void> {
  if (status === 202) await untilAllIsRead(house);
  else await pass(house, 5_000);
  // Whoever is killed keeps nothing of what Node has compiled.
  if (process.argv.includes('--keep-compiled')) flushCompileCache();
  say(`STILL ${house.clock.now()}`);
}

/** What the disk kept from being read is read again after five seconds, and no surface says that it waits. */
async function untilAllIsRead(house: House): Promise<void> {
  await house.app.settle();
  await pass(house, 10_000);
  if ((await bookingsOf(house)).length > 0) await untilSettled(house);
}

void serve();
