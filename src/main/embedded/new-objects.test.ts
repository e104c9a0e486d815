import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const mostAfterManyObjects = `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { setImmediate as turn } from 'node:timers/promises';
  import { boundNewObjects } from ${JSON.stringify(new URL('./new-objects.ts', import.meta.url).href)};
  boundNewObjects();
  let [kept, most] = [[], 0];
  for (let round = 0; round < 150; round++) {
    for (let n = 0; n < 40_000; n++) kept.push({ n, of: [n] });
    if (kept.length > 400_000) kept = kept.slice(200_000);
    most = Math.max(most, getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size);
    await turn();
  }
  console.log(most / 2 ** 20);
`;

it('the room for new objects stays small in a process that makes many', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', mostAfterManyObjects]);
  expect(Number(said)).toBeLessThanOrEqual(64);
});
