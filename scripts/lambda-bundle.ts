// Makes a function of the AWS edition into a folder that Lambda can run: what it is loaded by, and what it loads when it needs it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, type Metafile } from 'esbuild';
import { onlyEnglish } from './only-english.js';

/** Stands for whichever function is bundled next. */
const theAsked = 'the-asked';

const root = fileURLToPath(new URL('..', import.meta.url));

export type Bundled = {
  /** Bytes that are read before the function answers anything: its entry and all that this imports at once. */
  readonly coldBytes: number;
  readonly metafile: Metafile;
};

/** The threads that a function may begin, by the file that begins them; each has to lie beside its bundle. */
const threads = {
  'src/intake/mail/mail-reader.thread.ts': ['mail-worker', 'src/intake/mail/mail-worker.thread.ts'],
  'src/intake/feeds-in/feed-reader.thread.ts': ['feed-worker', 'src/intake/feeds-in/feed-worker.thread.ts'],
} as const;

export type Bundler = {
  /**
   * Bundles one function into `folder` for Node 24 as modules, minified, with the threads it may begin. What is imported
   * late is a file of its own. One after the other: what two have in common is read once.
   */
  bundle(entry: string, folder: string): Promise<Bundled>;
  close(): Promise<void>;
};

export async function openBundler(): Promise<Bundler> {
  let asked = '';
  const esbuild = await context({
    absWorkingDir: root,
    entryPoints: { index: theAsked },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Their modules, of which only what is used comes along.
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['sharp', 'heic-decode'],
    metafile: true,
    logLevel: 'warning',
    plugins: [
      onlyEnglish,
      {
        name: 'the asked',
        setup: ({ onResolve }) =>
          onResolve({ filter: new RegExp(`^${theAsked}$`) }, () => ({ path: root + asked })),
      },
    ],
    // Packages written for CommonJS ask for `require` at run time.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });

  /** The entry lies in `folder` as `name`.mjs, what it imports beside it. */
  const written = async (entry: string, folder: string, name: string) => {
    asked = entry;
    const { metafile, outputFiles } = await esbuild.rebuild();
    mkdirSync(folder, { recursive: true });
    for (const { path, contents } of outputFiles)
      writeFileSync(join(folder, basename(path) === 'index.mjs' ? `${name}.mjs` : basename(path)), contents);
    return metafile;
  };

  return {
    async bundle(entry, folder) {
      const metafile = await written(entry, folder, 'index');
      for (const [starter, [name, thread]] of Object.entries(threads))
        if (metafile.inputs[starter]) await written(thread, folder, name);
      return { metafile, coldBytes: coldBytes(metafile, 'dist/index.mjs') };
    },
    close: () => esbuild.dispose(),
  };
}

function coldBytes({ outputs }: Metafile, first: string): number {
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
