import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gangway-bench');

/**
 * A folder outside the tree that holds these packages of npm, pinned. What is there already is used again; it is whole
 * when its mark is there. `compiled` are packages that need a compiler here; no other script of any package is run.
 * Returns `{ folder }`, or `{ cause }` in npm's words.
 */
export function installed(name, { dependencies, overrides = {}, compiled = [] }) {
  const folder = join(cache, name);
  const mark = join(folder, 'whole');
  if (existsSync(mark)) return { folder };
  console.log(`installing ${Object.entries(dependencies).map(pair => pair.join('@'))} into ${folder} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
  const steps = [['install', '--no-audit', '--no-fund', '--ignore-scripts']];
  if (compiled.length > 0) steps.push(['rebuild', ...compiled]);
  for (const step of steps) {
    const { status, stderr } = spawnSync('npm', step, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) return { cause: `npm ${step[0]}: ${wordsOf(stderr)}` };
  }
  writeFileSync(mark, '');
  return { folder };
}

const wordsOf = stderr =>
  (/^npm error (?!code )(.+)$/m.exec(stderr ?? '')?.[1] ?? 'npm did not run')
    .replaceAll('|', ' ')
    .slice(0, 160);
