import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ciCount, proofs } from './proofs.ts';
import { prove } from './prove.ts';
import type { SlicedProof } from './slices.ts';
import { work, workers } from './workers.ts';

const usage = `npm run prove -- [--full | --ci] [--only name[,name] | --except name[,name]] [--seed N] [--count N] [--workers N] [--list]

Shows on this machine that the promises of docs/reference/promises.md hold. Without options: the gate, in minutes.
  --full     the figures of a night
  --ci       what .ci/run tells: every order, every planted fault, 25,000 histories at the counter, 25,000 power failures and
             a sample of all others
  --only     these proofs only
  --except   all proofs but these
  --seed     where the cases begin; case i of seed N is the case of seed N + i
  --count    how many cases
  --list     names and promises`;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    ci: { type: 'boolean', default: false },
    only: { type: 'string' },
    except: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string' },
    workers: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    worker: { type: 'boolean', default: false },
  },
});

// Whoever reads only the beginning, as `head` does, has seen what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

if (values.worker) {
  work(proofs.filter((proof): proof is SlicedProof => 'slice' in proof));
} else if (values.help) {
  console.log(usage);
} else if (values.list) {
  for (const proof of proofs) {
    const { name, promise, unit, gate, full } = proof;
    console.log(`${name}: ${promise} (${gate} ${unit}, ${full} with --full, ${ciCount(proof)} with --ci)`);
  }
} else {
  const processes = whole(values.workers, '--workers') ?? availableParallelism();
  const spread = processes > 0 ? workers(processes) : null;
  const failed = await prove(
    proofs,
    {
      countOf: proof => (values.full ? proof.full : values.ci ? ciCount(proof) : proof.gate),
      only: values.only ?? null,
      except: values.except ?? null,
      seed: whole(values.seed, '--seed') ?? (values.full ? thisWeek() : 1),
      count: whole(values.count, '--count'),
      workers: spread,
    },
    process.stdout,
  );
  spread?.close();
  // The builder of victims waits for more to build.
  process.stdout.write('', () => process.exit(failed > 0 ? 1 : 0));
}

function whole(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  console.error(`${option} takes a whole number.\n\n${usage}`);
  process.exit(2);
}

/** Another base each week, far enough from the last that no case is met twice. */
function thisWeek(): number {
  return Math.floor(Date.now() / (7 * 24 * 3_600_000)) * 100_000_000;
}
