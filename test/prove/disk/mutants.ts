import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { failPower, recordRun } from './power.ts';
import { whereStraceIs } from './strace.ts';
import { buildVictim, type Mutation } from './victims.ts';

type Mutant = Mutation & { readonly what: string };

const pageHost = 'src/guest-page/page-host.disk.ts';

/** Bugs of the kind that only a power failure shows. A proof that lets one of them pass shows nothing. */
export const mutants: readonly Mutant[] = [
  {
    what: 'no commit waits for the disk',
    file: 'src/platform/sqlite.ts',
    from: 'await log?.flushed();',
    to: '',
  },
  {
    what: 'a message is acknowledged before it is on disk',
    file: 'src/intake/inbox.sqlite.ts',
    from: 'await db.write(tx => receiveIn(',
    to: 'await db.writeSoon(tx => receiveIn(',
  },
  {
    what: 'a page is put in place before its bytes are on disk',
    file: pageHost,
    from: 'await writeThrough(fresh, bytes, 0o644);',
    to: "process.getBuiltinModule('node:fs').writeFileSync(fresh, bytes);",
  },
  {
    what: 'a page counts as published before its name is on disk',
    file: pageHost,
    from: 'await syncFolder(dirname(file));',
    to: '',
  },
  {
    what: 'a page is written over in place',
    file: pageHost,
    from: 'renameSync(fresh, file);\n        cache',
    to: "process.getBuiltinModule('node:fs').writeFileSync(file, bytes);\n        cache",
  },
  {
    what: 'a new page stands beside the compressed old one',
    file: pageHost,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
    from: 'rmSync(`${file}.br`, { force: true });\n        renameSync',
    to: 'renameSync',
  },
  {
    what: 'a letter counts as sent before it is on disk',
    file: 'src/mail/mailer.outbox.ts',
    from: 'await writeThrough(unfinished, bytes, 0o600);',
    to: "process.getBuiltinModule('node:fs').writeFileSync(unfinished, bytes);",
  },
  {
    what: 'a letter counts as sent before its name is on disk',
    file: 'src/mail/mailer.outbox.ts',
    from: 'renameSync(unfinished, file);\n      await syncFolder(place);',
    to: 'renameSync(unfinished, file);',
  },
];

const most = 6_000;
const atOnce = 300;

/** The harness itself put to the test: each mutant is built, recorded and has to be caught by the same looks. */
export const powerMutants = whereStraceIs(
  inSlices({
    name: 'power-loss-mutants',
    promise: 'The proof of power failures notices when one of the precautions is taken out.',
    unit: 'mutants',
    gate: mutants.length,
    full: mutants.length,
    chunk: 1,
    async slice(from, to) {
      const violations: Violation[] = [];
      let looked = 0;
      for (let seed = from; seed < to; seed++) {
        const mutant = mutants[seed % mutants.length] as Mutant;
        const recorded = await recordRun(await buildVictim('disk/victim', [mutant]), 'trip', 'mutant');
        let isCaught = false;
        for (let at = 1; !isCaught && at < most; at += atOnce) {
          const { violations: found } = await failPower(at, at + atOnce, () => recorded, 'only look');
          looked += atOnce;
          isCaught = found.length > 0;
        }
        if (!isCaught) violations.push({ seed, what: `not noticed: ${mutant.what}` });
      }
      return { done: to - from, figures: { 'disks looked at': looked }, violations } satisfies Proven;
    },
  }),
);
