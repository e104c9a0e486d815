// Writes the scripts that pages carry from their readable sources, as few bytes as they can be: node scripts/squeeze.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { paths } from '../src/ui/paths.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

type Ways = { inParts?: boolean; whole?: boolean; pictures?: boolean };

/** The written modules by their path from the root. A test fails when one of them is not what its sources come to. */
export const squeezedModules = (): Record<string, string> => ({
  'src/guest-page/page-script.esbuild.ts': moduleOf('src/guest-page/browser/page.ts', {
    pageScript: ['The script of a guest page whose photos go in parts to its own host.', { inParts: true }],
    pageScriptWithPictures: ['The same with pictures to show.', { inParts: true, pictures: true }],
    pageScriptToStore: ['Where photos go whole to the store that the grant names.', { whole: true }],
    pageScriptToStoreWithPictures: ['The same with pictures to show.', { whole: true, pictures: true }],
  }),
  'src/guest-page/sent-script.esbuild.ts': moduleOf('src/guest-page/browser/sent.ts', {
    sentScript: ['Shows what was sent from this device, and takes it back.', {}],
  }),
  'src/ui/send-photos.esbuild.ts': moduleOf('src/ui/browser/send-photos-alone.ts', {
    sendPhotosScript: [
      'Sends photos from the form `SendPhotos`, either way.',
      { inParts: true, whole: true },
    ],
  }),
});

function moduleOf(source: string, scripts: Record<string, readonly [purpose: string, ways: Ways]>): string {
  const lines = [`// Made by \`node scripts/squeeze.ts\` from ${source} and what it imports; not by hand.`];
  for (const [name, [purpose, ways]] of Object.entries(scripts)) {
    lines.push(`\n/** ${purpose} */`, `export const ${name} =\n  ${quoted(squeezed(source, ways))};`);
  }
  return `${lines.join('\n')}\n`;
}

function squeezed(source: string, { inParts = false, whole = false, pictures = false }: Ways): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    target: 'es2022',
    charset: 'utf8',
    tsconfigRaw: {},
    define: {
      GUEST_WORKER: JSON.stringify(paths.guestWorker),
      SENDS_IN_PARTS: String(inParts),
      SENDS_WHOLE: String(whole),
      HAS_PICTURES: String(pictures),
    },
  });
  return outputFiles[0]?.text.trim() ?? '';
}

/** As the formatter would quote it. */
function quoted(text: string): string {
  const isPlain = !text.includes("'") || text.includes('"');
  return isPlain ? `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'` : JSON.stringify(text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(squeezedModules())) {
    const file = `${root}${path}`;
    writeFileSync(file, text);
    console.log(`${path}: ${text.length} bytes`, readFileSync(file, 'utf8') === text ? '' : 'differs');
  }
}
