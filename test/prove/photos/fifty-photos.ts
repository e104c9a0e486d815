import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sha256 } from '#lib/digest.ts';
import { processDarkroom } from '#photos/darkroom.process.ts';
import type { PhotoType } from '#photos/photo.ts';
import { booking, photoWorld } from '#photos/photo-world.fixture.ts';
import type { Job, Proof, Proven } from '../prove.ts';

/** How much a page sends at a time. */
const partBytes = 512 * 1024;

/** What the whole program may take at most: what takes photos in, and the process that opens them. */
const mostBytes = 512 * 2 ** 20;

/** Of that, what it takes before the first photo: the goal in docs/reference/performance.md, which is measured there. */
const atRest = 110 * 2 ** 20;

/** A trip's photos as phones make them, over a line that breaks in the middle of the twentieth. */
export const fiftyPhotos: Proof = {
  name: 'fifty-photos',
  promise:
    'All photos of a trip are stored once and none is lost when the line is cut; they take 512 MB of memory at most.',
  unit: 'photos',
  gate: 12,
  full: 50,
  async run(job: Job): Promise<Proven> {
    const root = mkdtempSync(join(tmpdir(), 'gangway-fifty-'));
    // Of other proofs in this process: what builds programs for them, say.
    const others = new Set(childrenOf(process.pid));
    const darkroom = processDarkroom({
      seconds: 120,
      worker: resolve('src/photos/develop-worker.process.ts'),
    });
    const limits = { perPage: 1000, bytesPerPhoto: 50e6, bytesPerPage: 1e12 };
    const world = photoWorld(join(root, 'photos'), darkroom, { limits });
    const peak = { server: 0, darkroom: 0 };
    const look = () => {
      peak.server = Math.max(peak.server, residentOf('self'));
      for (const child of childrenOf(process.pid).filter(pid => !others.has(pid)))
        peak.darkroom = Math.max(peak.darkroom, residentOf(child));
    };
    const watch = setInterval(look, 20);
    try {
      const { files, heic } = await pictures(root, job.count, job.seed);
      const before = residentOf('self');
      const cutAt = Math.min(20, Math.ceil(job.count / 2));
      const sent: string[] = [];
      for (const [at, file] of files.entries()) {
        const bytes = readFileSync(file.path);
        sent.push(sha256(bytes));
        // Half of it arrives, then nothing; when there is a line again, the phone asks once more and goes on.
        if (at === cutAt - 1) await send(world, bytes, file, bytes.length >> 1);
        await send(world, bytes, file);
        await world.development.run();
        look();
        job.report(at + 1);
      }
      await world.development.run();
      const kept = await world.records.of(booking.id);
      const originals = world.files().filter(file => file.endsWith('/original'));
      const stored = originals.map(file => sha256(readFileSync(file))).sort();
      const added = Math.max(0, peak.server - before);
      const wrong = [
        ...(stored.join() === sent.sort().join()
          ? []
          : [`${stored.length} originals of ${sent.length} sent`]),
        ...kept.filter(({ state }) => state !== 'waiting').map(({ id, state }) => `${id} ended as ${state}`),
        ...(atRest + added + peak.darkroom > mostBytes ? ['more memory than promised'] : []),
      ];
      const megabytes = (size: number) => Math.round(size / 2 ** 20);
      return {
        done: kept.length,
        figures: { HEIC: heic, 'MB sent': Math.round(files.reduce((sum, { size }) => sum + size, 0) / 1e6) },
        violations: wrong.map(what => ({ seed: job.seed, what })),
        notes: [
          `${megabytes(added)} MB more here than before the first, ${megabytes(peak.darkroom)} MB at most where pictures are opened: ${megabytes(atRest + added + peak.darkroom)} MB with the ${megabytes(atRest)} of a program at rest`,
          ...(heic === 0 ? ['no heif-enc on this machine: JPEG only'] : []),
        ],
      };
    } finally {
      clearInterval(watch);
      await darkroom.close();
      rmSync(root, { recursive: true, force: true });
    }
  },
};

type Picture = { path: string; size: number; type: PhotoType };

/** Sends a file in parts, all of it or as far as the line holds. */
async function send(
  world: ReturnType<typeof photoWorld>,
  bytes: Buffer,
  file: Picture,
  until = bytes.length,
) {
  const grant = await world.ask(bytes, file.path.slice(-20).replace(/\W/g, '.'), file.type);
  const parts = async function* () {
    for (let at = grant.at; at < until; at += partBytes)
      yield bytes.subarray(at, Math.min(at + partBytes, until));
  };
  await world.uploads.receive(booking, grant.photo, grant.fields ?? {}, { from: grant.at, bytes: parts() });
}

/** Pictures of 12 megapixels and 4 to 12 MB, every fifth as HEIC where there is something that makes them. Made elsewhere: their maker's memory is not ours. */
async function pictures(
  root: string,
  count: number,
  seed: number,
): Promise<{ files: Picture[]; heic: number }> {
  const make = `import sharp from 'sharp';
    const [folder, count, seed] = process.argv.slice(1);
    for (let n = 0; n < Number(count); n++) {
      const sigma = 9 + ((Number(seed) + n) % 9) * 2;
      await sharp({ create: { width: 4000, height: 3000, channels: 3, background: { r: (n * 37) % 256, g: (n * 91) % 256, b: 140 },
        noise: { type: 'gaussian', mean: 128, sigma } } }).jpeg({ quality: 86 }).toFile(folder + '/' + String(n).padStart(3, '0') + '.jpg');
    }`;
  execFileSync(process.execPath, [
    '--input-type=module',
    '-e',
    make,
    '--',
    root,
    String(count),
    String(seed),
  ]);
  let heic = 0;
  const files = readdirSync(root)
    .filter(name => name.endsWith('.jpg'))
    .sort()
    .map((name, at): Picture => {
      const path = join(root, name);
      const isHeic = at % 5 === 3 && heif(path, path.replace('.jpg', '.heic'));
      if (isHeic) heic++;
      const used = isHeic ? path.replace('.jpg', '.heic') : path;
      return { path: used, size: readFileSync(used).length, type: isHeic ? 'image/heic' : 'image/jpeg' };
    });
  return { files, heic };
}

function heif(from: string, to: string): boolean {
  try {
    execFileSync('heif-enc', ['-q', '90', from, '-o', to], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Bytes that a process has in memory; 0 for one that is gone. */
function residentOf(pid: number | 'self'): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
