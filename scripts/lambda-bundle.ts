// Makes a function of the AWS edition into a folder that Lambda can run: what it is loaded by, and what it loads when it needs it.
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { onlyEnglish } from './only-english.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export type Bundled = {
  /** Bytes that are read before the function answers anything: its entry and all that this imports at once. */
  readonly coldBytes: number;
  readonly metafile: Metafile;
};

/** The threads that a function may begin, by the file that begins them; each has to lie beside its bundle. */
const threads = {
  'src/intake/mail/mail-reader.thread.ts': { 'mail-worker': 'src/intake/mail/mail-worker.thread.ts' },
  'src/intake/feeds-in/feed-reader.thread.ts': { 'feed-worker': 'src/intake/feeds-in/feed-worker.thread.ts' },
} as const;

/**
 * Bundles one function into `folder` for Node 24 as modules, minified, with the threads it may begin. What is imported late
 * is a file of its own.
 */
export async function bundleFunction(entry: string, folder: string): Promise<Bundled> {
  const metafile = await bundled({ index: entry }, folder);
  for (const [starter, thread] of Object.entries(threads)) {
    if (metafile.inputs[starter]) await bundled(thread, folder);
  }
  const first =
    Object.keys(metafile.outputs).find(file => metafile.outputs[file]?.entryPoint === entry) ?? '';
  return { metafile, coldBytes: coldBytes(metafile, first) };
}

async function bundled(entryPoints: Readonly<Record<string, string>>, folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
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
    plugins: [onlyEnglish],
    // Packages written for CommonJS ask for `require` at run time.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return metafile;
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
