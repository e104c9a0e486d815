/** A promise put to the test in many cases. Case `i` of seed `N` is the case of seed `N + i`, so one number repeats it. */
export type Proof = {
  /** What `--only` takes. */
  readonly name: string;
  /** The promise, as a sentence a user can hold us to. */
  readonly promise: string;
  /** What is counted: `histories`, `pairs`, `sequences`. */
  readonly unit: string;
  /** Cases in the gate, and with `--full`. */
  readonly gate: number;
  readonly full: number;
  run(job: Job): Promise<Proven>;
};

export type Job = {
  readonly count: number;
  readonly seed: number;
  /** How many cases are done, for the progress line. */
  readonly report: (done: number) => void;
  /** Processes to spread over; without them everything runs here, as in tests. */
  readonly workers?: Workers | null;
};

/** Processes that take slices of proofs, whichever is asked for. */
export type Workers = {
  readonly count: number;
  /** Hands slices out until `next` has none left; `seen` gets what came of each. Rejects when a slice or a process breaks. */
  spread(name: string, next: () => Slice | null, seen: (proven: Proven) => void): Promise<void>;
  close(): void;
};

/** The cases of seeds `from` up to but without `to`. */
export type Slice = { readonly from: number; readonly to: number };

/** What was seen. `figures` are totals that add up over parts of a run. */
export type Proven = {
  readonly done: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  /** What is worth a line each beside the figures. */
  readonly notes?: readonly string[];
  /** Why nothing was done on this machine; never in CI. */
  readonly leftOut?: string;
};

export type Violation = {
  readonly seed: number;
  readonly what: string;
  /** The shortest story found that still goes wrong, a line each. */
  readonly history?: readonly string[];
};

/** Adds up what the parts of a run have seen. */
export function together(parts: readonly Proven[]): Proven {
  const figures: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part.figures)) figures[name] = (figures[name] ?? 0) + value;
  }
  return {
    done: parts.reduce((sum, part) => sum + part.done, 0),
    figures,
    violations: parts.flatMap(part => part.violations),
    notes: parts.flatMap(part => part.notes ?? []),
  };
}

export type Asked = {
  /** How many cases of a proof, unless `count` says it for all of them. */
  readonly countOf: (proof: Proof) => number;
  /** Names, with commas between them. */
  readonly only: string | null;
  readonly except: string | null;
  readonly seed: number;
  readonly count: number | null;
  readonly workers: Workers | null;
};

/** Runs the proofs one after the other, each a line with its figures; returns how many failed. */
export async function prove(
  proofs: readonly Proof[],
  asked: Asked,
  out: NodeJS.WriteStream,
): Promise<number> {
  const [only, except] = [asked.only, asked.except].map(names => names?.split(','));
  const unknown = [...(only ?? []), ...(except ?? [])].find(
    each => !proofs.some(({ name }) => name === each),
  );
  const chosen = proofs.filter(({ name }) => (only?.includes(name) ?? true) && !except?.includes(name));
  if (unknown !== undefined || chosen.length === 0) {
    out.write(
      `There is no proof ${unknown ?? 'left'}. Proofs: ${proofs.map(({ name }) => name).join(', ')}\n`,
    );
    return 1;
  }
  let failed = 0;
  for (const proof of chosen) {
    const count = asked.count ?? asked.countOf(proof);
    const began = performance.now();
    const progress = progressLine(out, proof, count);
    const proven = await proof
      .run({ count, seed: asked.seed, report: progress.at, workers: asked.workers })
      .catch((error: unknown): Proven => ({ done: 0, figures: {}, violations: [broke(asked.seed, error)] }));
    progress.clear();
    const seconds = (performance.now() - began) / 1000;
    const good = proven.leftOut !== undefined || (proven.violations.length === 0 && proven.done > 0);
    if (!good) failed++;
    out.write(`${lineOf(proof, proven, asked.seed, seconds)}\n`);
    for (const note of proven.notes ?? []) out.write(`     ${note}\n`);
    for (const violation of proven.violations.slice(0, 5)) out.write(storyOf(proof, violation));
    if (proven.violations.length > 5) out.write(`  … and ${proven.violations.length - 5} more\n`);
  }
  out.write(`\n${chosen.length - failed} passed, ${failed} failed\n`);
  return failed;
}

const broke = (seed: number, error: unknown): Violation => ({
  seed,
  what: `the proof itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
});

const number = (value: number) => value.toLocaleString('en-US');

function lineOf(proof: Proof, proven: Proven, seed: number, seconds: number): string {
  if (proven.leftOut !== undefined) return `left out ${proof.name}: ${proven.leftOut}`;
  const word = proven.violations.length === 0 && proven.done > 0 ? 'ok  ' : 'FAIL';
  const figures = Object.entries(proven.figures).map(([name, value]) => `${number(value)} ${name}`);
  return [
    `${word} ${proof.name}: ${proof.promise}`,
    `     ${number(proven.done)} ${proof.unit}, ${[...figures, `${number(proven.violations.length)} violations`].join(', ')}; seed ${seed}; ${seconds.toFixed(1)} s`,
  ].join('\n');
}

function storyOf({ name }: Proof, { seed, what, history }: Violation): string {
  const lines = [`  seed ${seed}: ${what}`, ...(history ?? []).map(line => `    ${line}`)];
  return `${lines.join('\n')}\n  again: npm run prove -- --only ${name} --seed ${seed} --count 1\n`;
}

/** On a terminal one line that moves, in a pipe nothing until the end. */
function progressLine(out: NodeJS.WriteStream, proof: Proof, count: number) {
  if (!out.isTTY) return { at: () => {}, clear: () => {} };
  let last = 0;
  return {
    at(done: number) {
      if (performance.now() - last < 100) return;
      last = performance.now();
      out.write(`\r\x1b[K… ${proof.name}: ${number(done)} of ${number(count)} ${proof.unit}`);
    },
    clear: () => void out.write('\r\x1b[K'),
  };
}
