// Makes the functions of the AWS edition into folders that Lambda can run: what each is loaded by, and what it loads when it needs it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, context, type Metafile } from 'esbuild';
import { onlyEnglish } from './only-english.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export type Bundled = {
  readonly folder: string;
  /** Bytes that are read before the function answers anything: its entry and all that this imports at once. */
  readonly coldBytes: number;
  /** Files of this repository, and of packages, that anything of it was made from, by their paths here. */
  readonly files: ReadonlySet<string>;
  /** Whether it has to find this package installed. */
  asksFor(name: string): boolean;
};

/** The threads that a function may begin, by the file that begins them; each has to lie beside its bundle. */
const threads = {
  'src/intake/mail/mail-reader.thread.ts': ['mail-worker', 'src/intake/mail/mail-worker.thread.ts'],
  'src/intake/feeds-in/feed-reader.thread.ts': ['feed-worker', 'src/intake/feeds-in/feed-worker.thread.ts'],
} as const;

const common = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: ['sharp', 'libheif-js'],
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles functions for Node 24 as modules, minified, each into a folder of its name in `into` with the threads it may
 * begin; what one imports late is a file of its own. `entries` are files of this repository by the functions' names.
 * First all of them together, which reads and resolves everything once and cuts it by who needs it; then each one's cuts
 * into as few files as it can do with: half the work of bundling them one by one.
 */
export async function bundleFunctions(
  entries: Readonly<Record<string, string>>,
  into: string,
): Promise<ReadonlyMap<string, Bundled>> {
  const cuts = mkdtempSync(join(tmpdir(), 'gangway-cuts-'));
  try {
    const { metafile } = await build({
      ...common,
      entryPoints: { ...entries, ...Object.fromEntries(Object.values(threads)) },
      outdir: cuts,
      // Their modules, of which only what is used comes along.
      mainFields: ['module', 'main'],
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      plugins: [onlyEnglish],
    });
    const madeOf = new Map(
      Object.entries(metafile.outputs).map(([path, { inputs }]) => [basename(path), Object.keys(inputs)]),
    );
    const joiner = await openJoiner(cuts);
    const bundled = new Map<string, Bundled>();
    for (const name of Object.keys(entries)) {
      const folder = join(into, name);
      const { outputs } = await joiner.join(name, folder, 'index');
      const parts = Object.values(outputs);
      const files = new Set(
        parts.flatMap(({ inputs }) => Object.keys(inputs)).flatMap(cut => madeOf.get(basename(cut)) ?? []),
      );
      for (const [starter, [thread]] of Object.entries(threads))
        if (files.has(starter)) await joiner.join(thread, folder, thread);
      const asked = new Set(parts.flatMap(({ imports }) => imports.map(({ path }) => path)));
      bundled.set(name, {
        folder,
        coldBytes: coldBytes(outputs, 'dist/index.mjs'),
        files,
        asksFor: it => asked.has(it),
      });
    }
    await joiner.close();
    return bundled;
  } finally {
    rmSync(cuts, { recursive: true, force: true });
  }
}

/** Joins what was cut for several into what one needs. One after the other: what two have in common is read once. */
async function openJoiner(cuts: string) {
  const theAsked = 'the-asked';
  let asked = '';
  const esbuild = await context({
    ...common,
    entryPoints: { index: theAsked },
    outdir: 'dist',
    write: false,
    minify: true,
    plugins: [
      {
        name: 'the asked',
        setup: ({ onResolve }) =>
          onResolve({ filter: new RegExp(`^${theAsked}$`) }, () => ({ path: join(cuts, `${asked}.mjs`) })),
      },
    ],
    // Packages written for CommonJS ask for `require` at run time.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return {
    /** The cut of this name lies in `folder` as `as`.mjs, what it imports beside it. */
    async join(cut: string, folder: string, as: string): Promise<Metafile> {
      asked = cut;
      const { metafile, outputFiles } = await esbuild.rebuild();
      mkdirSync(folder, { recursive: true });
      for (const { path, contents } of outputFiles) {
        const file = basename(path);
        writeFileSync(join(folder, file === 'index.mjs' ? `${as}.mjs` : file), contents);
      }
      return metafile;
    },
    close: () => esbuild.dispose(),
  };
}

function coldBytes(outputs: Metafile['outputs'], first: string): number {
  const seen = new Set<string>();
  const add = (file: string) => {
    const output = outputs[file];
    if (!output || seen.has(file)) return;
    seen.add(file);
    for (const { path, kind } of output.imports) if (kind === 'import-statement') add(path);
  };
  add(first);
  return [...seen].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}
