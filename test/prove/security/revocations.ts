import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paths } from '#ui/paths.ts';
import { type House, openHouse } from '../house.ts';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { turn } from '../sim/turns.ts';
import { inSlices } from '../slices.ts';

/** T7: what was taken back opens nothing from the moment that taking it back has been answered, however busy the house is. */
export const revocations = inSlices({
  name: 'revocations',
  promise: 'A key, feed or sign-in that was taken back opens nothing any more, requests under way or not.',
  unit: 'revocations',
  gate: 200,
  full: 1_000,
  chunk: 100,
  slice: revoke,
});

const house = 'https://sailjada.com';

/** Something that opens a door, and the way to take it back. */
type Held = { kind: string; ask: () => Promise<number>; takeBack: () => Promise<unknown> };

export async function revoke(from: number, to: number): Promise<Proven> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-revoked-'));
  const it = await openHouse({ folder });
  const figures = { 'requests before': 0, 'requests after': 0 };
  const violations: Violation[] = [];
  try {
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      // Doors at which secrets could be guessed let only so many in a minute.
      it.clock.advance(120_000);
      const { kind, ask, takeBack } = await dice.pick(kinds)(it, seed);
      let isBack = false;
      const wrong = (what: string) => violations.push({ seed, what: `${kind}: ${what}` });
      if ((await ask()) !== 200) wrong('did not open anything to begin with');
      // So many ask all the time, the one after the other, until each was refused twice after it was taken back.
      const asking = Array.from({ length: 8 }, async () => {
        for (let refused = 0; refused < 2; ) {
          // As over a network: nobody's answer comes in the same turn. And time goes on: how many ask before the disk
          // has the revocation is the disk's to say, and a door lets in only so many in a minute.
          await turn();
          it.clock.advance(1_000);
          const begunAfter = isBack;
          const status = await ask();
          figures[begunAfter ? 'requests after' : 'requests before']++;
          if (status === 429) return wrong('the door was shut for another reason');
          if (begunAfter && status === 200) return wrong('still opened it afterwards');
          if (begunAfter) refused++;
        }
      });
      for (let turns = dice.below(5); turns > 0; turns--) await turn();
      await takeBack();
      isBack = true;
      await Promise.all(asking);
    }
  } finally {
    await it.app.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { done: to - from, figures, violations };
}

const kinds: readonly ((it: House, seed: number) => Promise<Held>)[] = [
  async ({ app }, seed) => {
    const made = (await app.operate('key create', { label: `script ${seed}`, scopes: ['events'] })) as {
      id: string;
      key: string;
    };
    return {
      kind: 'service key',
      ask: () => status(app.fetch, `${house}${paths.events}`, { 'x-service-key': made.key }),
      takeBack: () => app.operate('key revoke', { id: made.id }),
    };
  },
  async ({ app }) => {
    const { url } = (await app.operate('feed show', { of: 'luis' })) as { url: string };
    return {
      kind: 'feed',
      ask: () => status(app.fetch, url),
      takeBack: () => app.operate('feed renew', { of: 'luis' }),
    };
  },
  async ({ app }) => {
    const { url } = (await app.operate('key sign-in', { person: 'owner-joan' })) as { url: string };
    const opened = await app.fetch(
      new Request(house + paths.deskSession, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token: new URL(url).hash.slice(1) }).toString(),
      }),
    );
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return {
      kind: 'sign-in',
      ask: () => status(app.fetch, `${house}${paths.desk}`, { cookie }),
      takeBack: () => app.operate('key sign-out', { person: 'owner-joan' }),
    };
  },
];

async function status(
  fetch: House['app']['fetch'],
  url: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const answer = await fetch(new Request(url, { headers: { host: new URL(url).host, ...headers } }));
  await answer.arrayBuffer();
  return answer.status;
}
