import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'gangway/config': new URL('./src/main/config/define-config.ts', import.meta.url).pathname },
  },
  test: {
    projects: [
      // Nothing in a room is kept in globals: its files share processes and what these have loaded, at half the cost.
      { extends: true, test: { name: 'rooms', include: ['src/**/*.test.{ts,tsx}'], isolate: false } },
      {
        extends: true,
        test: { name: 'stories', include: ['test/**/*.test.{ts,tsx}', 'deploy/aws/*.test.ts'] },
      },
    ],
    pool: 'forks',
    // Half of a story is waiting: two cores are enough for three of them.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    sequence: { shuffle: false },
    reporters: ['default', './scripts/closing-line.ts'],
    typecheck: { enabled: false },
  },
});
