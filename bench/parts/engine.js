import { join } from 'node:path';
import { openEngine, openSqlite, silentLog, systemClock, systemRandom } from '../../dist/embedded.js';
import { perSecond, spread } from '../figures.js';
import { freshFolder } from '../gangway.js';

/** Chains of eight empty steps through the engine alone: what durability costs before anything is done. */
export async function chains({ row, saw }, { many, count }, { chain }) {
  for (const powerFailureKeeps of ['every step', 'start and end']) {
    const db = openSqlite(join(freshFolder(), 'engine.db'));
    const ended = new Map();
    const engine = openEngine({
      db,
      workflows: {
        'eight@1': async ({ name }, run) => {
          for (let step = 1; step <= 8; step++) await run.step(`step ${step}`, async () => step);
          ended.get(name)?.();
        },
      },
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      powerFailureKeeps,
    });
    let serial = 0;
    const times = [];
    const one = async () => {
      const name = `chain-${++serial}`;
      const begin = performance.now();
      const end = new Promise(resolve => ended.set(name, resolve));
      await engine.start('eight@1', name, { name });
      await end;
      ended.delete(name);
      times.push(performance.now() - begin);
    };
    const run = async left => {
      const lane = async () => {
        while (left-- > 0) await one();
      };
      await Promise.all(Array.from({ length: many }, lane));
    };
    await run(Math.ceil(count / 4));
    times.length = 0;
    const begin = performance.now();
    await run(count);
    const rate = count / ((performance.now() - begin) / 1000);
    const what = `engine, eight empty steps, ${many} in flight, power failure keeps ${powerFailureKeeps}`;
    if (powerFailureKeeps === 'every step') saw('engine', { [many]: rate });
    row(what, perSecond(rate), `${(rate / chain).toFixed(2)} of the bare outbox; ${spread(times)}`);
    await engine.close();
    db.close();
  }
}
