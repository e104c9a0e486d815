import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Beside this file in the bundle, or the source of it in a checkout. */
const ours = ['./config.js', './define-config.ts']
  .map(name => new URL(name, import.meta.url))
  .find(url => existsSync(fileURLToPath(url)));

/**
 * Imports a configuration wherever it lies: `gangway/config` is this program itself, so that an operator's folder needs
 * neither a package.json nor an installed package. Returns the default export; throws what the file throws.
 */
export async function importConfig(file: string): Promise<unknown> {
  const { href } = pathToFileURL(file);
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'gangway/config' && ours) return { url: ours.href, shortCircuit: true };
      const found = next(specifier, context);
      // Without a package.json beside it Node would guess, and say so on standard error.
      return found.url === href && href.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found;
    },
  });
  try {
    return ((await import(href)) as { default?: unknown }).default;
  } finally {
    hooks.deregister();
  }
}
