import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { processDarkroom } from './darkroom.process.ts';

const folder = temporaryFolder('darkroom');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('ends a picture that takes more memory than it may, says so, and opens the next one', async () => {
  const heavy = { original: join(folder, 'heavy'), renditions: folder };
  const light = { original: join(folder, 'light'), renditions: folder };
  const drawn = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: '#4682b4' } });
  // Held whole before its first row can be shown: 3 bytes for each of 49 million pixels.
  writeFileSync(heavy.original, await drawn(7000).png({ progressive: true }).toBuffer());
  writeFileSync(light.original, await drawn(40).png().toBuffer());
  const darkroom = processDarkroom({ megabytes: 200 });
  try {
    expect(await darkroom.develop(heavy)).toMatchObject({ kind: 'broken', reason: 'too-heavy' });
    expect(await darkroom.develop(light)).toMatchObject({ kind: 'developed', width: 40 });
  } finally {
    await darkroom.close();
  }
});
