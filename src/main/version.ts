import { readFileSync } from 'node:fs';

/** The version of this program, from the package it came in; the bundle lies one folder deep, the sources two. */
export function programVersion(): string {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as Record<string, string>;
      if (found.name === 'gangway' && found.version) return found.version;
    } catch {
      // Not there: the next one is.
    }
  }
  return 'unknown';
}
