import { fileURLToPath } from 'node:url';
import { rooms } from './rooms.js';

const room = process.env.GANGWAY_MUTATION_ROOM ?? '';
const files = process.env.GANGWAY_MUTATION_FILES?.split(',') ?? [];

export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('./prose.js', import.meta.url))],
  ignorers: ['prose'],
  mutate: files,
  coverageAnalysis: 'perTest',
  // A constant of a module is there before any test begins: changing it would ask for all tests each time.
  ignoreStatic: !rooms[room]?.withConstants,
  concurrency: 1,
  timeoutMS: 8_000,
  // What neither a change of the code nor of its tests touches is taken from the run before, as is what this run leaves out; it is the report as well.
  incremental: true,
  incrementalFile: `.tmp/mutation/${room}.json`,
  reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  tempDirName: `.tmp/mutation/sandbox-${room}`,
  // TypeScript 7 has no programming interface: there is no type checker between, and Stryker must find no tsconfig to rewrite.
  checkers: [],
  tsconfigFile: '.tmp/mutation/no-tsconfig.json',
  disableTypeChecks: false,
};
