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

/** Bundles one function into `folder` for Node 24 as modules, minified. What is imported late is a file of its own. */
export async function bundleFunction(entry: string, folder: string): Promise<Bundled> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: entry },
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
  const first =
    Object.keys(metafile.outputs).find(file => metafile.outputs[file]?.entryPoint === entry) ?? '';
  return { metafile, coldBytes: coldBytes(metafile, first) };
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
