import { join } from 'node:path';
import {
  diskPageHost,
  newSlug,
  renderPage,
  sampleViews,
  systemClock,
  systemRandom,
} from '../../dist/embedded.js';
import { perSecond } from '../figures.js';
import { freshFolder } from '../gangway.js';

const brand = { id: 'bench', layout: { kind: 'beside' } };
const about = { guestFirstName: 'Dana', vessel: 'Heron' };
const atOnce = 8;

/** Every page rendered anew and put in place, as after a change of the theme: each is on disk before it counts. */
export async function publish({ row, saw }, { count }, { file }) {
  const host = diskPageHost({ root: join(freshFolder(), 'pages'), clock: systemClock });
  const views = sampleViews();
  const slugs = Array.from({ length: count }, () => newSlug(systemRandom, about));
  let left = count;
  const begin = performance.now();
  const lane = async () => {
    while (left-- > 0) await host.publish(brand, slugs[left], renderPage(views[left % views.length]));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const rate = count / ((performance.now() - begin) / 1000);
  await host.close();
  saw('publish', { share: rate / file });
  row(
    `guest pages rendered and put in place, ${atOnce} at a time`,
    perSecond(rate),
    `${(rate / file).toFixed(2)} of the files that the disk takes one by one`,
  );
}
