import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, mb, ms } from '../figures.js';
import { openGangway } from '../gangway.js';

/** So many bookings a second for a while: does it get slower, does it grow? */
export async function soak({ row }, { seconds, rate }) {
  const gangway = await openGangway();
  const whole = [];
  const fifths = [await look(gangway)];
  const running = [];
  const count = Math.ceil((seconds * rate) / 5) * 5;
  const begin = performance.now();
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % (count / 5) === 0) fifths.push(await look(gangway));
    const wait = begin + (i * 1000) / rate - performance.now();
    if (wait > 1) await sleep(wait);
    const sent = performance.now();
    const one = gangway.deliver().then(({ booking }) => gangway.told(booking, 1));
    running.push(one.then(() => whole.push(performance.now() - sent)));
  }
  await Promise.all(running);
  fifths.push(await look(gangway));
  const part = count / 5;
  const between = (figure, unit) =>
    `${unit(fifths[1][figure])} / ${unit(fifths[3][figure])} / ${unit(fifths[5][figure])}`;
  const grown = fifth => fifths[fifth].stored - fifths[fifth - 1].stored;
  const name = `soak, ${rate} a second for ${seconds >= 300 ? `${seconds / 60} min` : `${seconds} s`}`;
  row(
    `${name}: the second fifth / the last`,
    `${ms(at(whole.slice(part, 2 * part), 0.5))} / ${ms(at(whole.slice(-part), 0.5))}`,
    `${count} bookings`,
  );
  row(
    `${name}: memory after a fifth / three / at the end`,
    between('now', mb),
    'with what is not needed any more and not collected yet',
  );
  row(
    `${name}: memory in use after a fifth / three / at the end`,
    between('inUse', mb),
    'after a collection: what would grow without end if anything leaked',
  );
  row(
    `${name}: data folder grows by, in the second fifth / the last`,
    `${mb(grown(2))} / ${mb(grown(5))}`,
    'pages, letters, databases and their logs',
  );
  await gangway.close();
}

const look = async gangway => ({
  now: gangway.usage().now,
  stored: bytesIn(gangway.folder) / 2 ** 20,
  inUse: await gangway.inUse(),
});

/** What the files of a folder take. */
const bytesIn = folder =>
  readdirSync(folder, { recursive: true }).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
