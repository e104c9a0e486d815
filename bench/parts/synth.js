import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { at } from '../figures.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How long `gangway synth` takes, from the terminal and back. Says so where the stack's own packages are not installed. */
export async function synths({ row }, { rounds }) {
  const took = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['bin/gangway.js', 'synth', '--json', '--config', 'examples/jada/gangway.config.ts'],
      { cwd: root },
    ).catch(error => error);
    if (!stdout) return row('gangway synth', 'not measured', 'npm ci --prefix deploy/aws');
    took.push({ ms: performance.now() - began, made: JSON.parse(stdout) });
  }
  const { resources, functions } = took[0].made;
  row(
    `gangway synth (median of ${rounds})`,
    `${(
      at(
        took.map(({ ms }) => ms),
        0.5,
      ) / 1000
    ).toFixed(1)} s`,
    `goal 10 s; ${resources} resources, ${functions.length} functions bundled, looked over by cdk-nag`,
  );
}
