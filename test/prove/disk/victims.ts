import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext, BuildOptions, Plugin } from 'esbuild';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { onlyEnglish } from '../../../scripts/only-english.js';

/** A deliberate bug: in a source file, these words instead of those. */
export type Mutation = { readonly file: string; readonly from: string; readonly to: string };

type Entry = 'disk/victim' | 'disk/server' | 'disk/holder' | 'fence/leaky' | 'sim/faulty';

// Proofs and tests are both started at the root of the repository.
const root = process.cwd();

let folder: string | undefined;

/** Where the programs of this process stand, and what Node has compiled of them; gone when it ends. */
function ownFolder(): string {
  if (folder) return folder;
  const cache = join(root, 'node_modules', '.cache', 'gangway');
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'victims-'));
  folder = made;
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  // A test runner ends its processes by this signal, which alone would leave no time to tidy up.
  process.once('SIGTERM', async () => {
    await Promise.allSettled([...builders.values()].map(async builder => (await builder).context.dispose()));
    process.exit(143);
  });
  return made;
}

type Builder = { readonly context: BuildContext; mutations: readonly Mutation[]; built: number };

const builders = new Map<Entry, Promise<Builder>>();
const inTurn = oneAtATime();

/**
 * Builds `victim.ts`, or another program of the proofs, with all of Gangway in one file; returns how to start it with Node.
 * Files that no mutation touches are read and parsed once.
 */
export const buildVictim = (
  entry: Entry = 'disk/victim',
  mutations: readonly Mutation[] = [],
): Promise<readonly string[]> =>
  inTurn(entry, async () => {
    const known = builders.get(entry) ?? builderOf(entry);
    builders.set(entry, known);
    const builder = await known;
    builder.mutations = mutations;
    const { outputFiles } = await builder.context.rebuild();
    const outfile = join(
      ownFolder(),
      `${entry.replace('/', '-')}-${++builder.built}.${entry === 'disk/server' ? 'cjs' : 'js'}`,
    );
    writeFileSync(outfile, outputFiles?.[0]?.contents ?? '');
    return [process.execPath, '--max-semi-space-size=64', '--min-semi-space-size=64', outfile];
  });

/** For the environment of a program that is started again and again: Node keeps what it has compiled of it. */
export const compiledOnce = (): Record<string, string> => ({
  NODE_COMPILE_CACHE: join(ownFolder(), 'compiled'),
});

async function builderOf(entry: Entry): Promise<Builder> {
  const { context } = await import('esbuild');
  const builder = { mutations: [] as readonly Mutation[], built: 0 };
  const made = await context({
    absWorkingDir: root,
    entryPoints: [`test/prove/${entry}.ts`],
    outfile: 'victim.js',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['@aws-sdk/*'],
    minify: true,
    keepNames: true,
    logLevel: 'warning',
    alias: { 'gangway/config': join(root, 'src/main/config/define-config.ts') },
    ...(entry === 'disk/server' ? soonUp : usual),
    plugins: [
      onlyEnglish,
      ...(entry === 'fence/leaky' ? [] : [onlyAtOnce]),
      mutating(() => builder.mutations),
    ],
  });
  return Object.assign(builder, { context: made });
}

const usual: BuildOptions = {
  format: 'esm',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** For what is started thousands of times. As a module it would load all that Node's own modules export, fetch included. */
const soonUp: BuildOptions = {
  format: 'cjs',
  define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
};

/** Leaves out what the program itself loads only when somebody asks for it, as only pairs do: two thirds of all. */
const onlyAtOnce: Plugin = {
  name: 'only at once',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : null,
    );
  },
};

const mutating = (mutations: () => readonly Mutation[]): Plugin => ({
  name: 'mutating',
  setup(build) {
    const unmet = new Set<Mutation>();
    build.onStart(() => {
      unmet.clear();
      for (const mutation of mutations()) unmet.add(mutation);
    });
    build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, async ({ path }) => {
      const here = mutations().filter(({ file }) => path.endsWith(file));
      if (here.length === 0) return null;
      let contents = await readFile(path, 'utf8');
      for (const mutation of here) {
        if (!contents.includes(mutation.from)) throw new Error(`${mutation.file} has no ${mutation.from}`);
        contents = contents.replaceAll(mutation.from, mutation.to);
        unmet.delete(mutation);
      }
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
    build.onEnd(() => {
      if (unmet.size > 0) throw new Error(`no such file: ${[...unmet].map(({ file }) => file).join(', ')}`);
    });
  },
});
