import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import base from '../../vitest.config.ts';
import { rooms } from './rooms.js';

const room = process.env.GANGWAY_MUTATION_ROOM as keyof typeof rooms;

/** One test that fails is enough: first those of single functions, then those that put a whole engine together. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const cost = new Map(files.map(file => [file, costOf(readFileSync(file.moduleId, 'utf8'))]));
    return [...files].sort((a, b) => (cost.get(a) ?? 0) - (cost.get(b) ?? 0));
  }
}

const costOf = (source: string) => source.length + (source.includes("-world.ts'") ? 1_000_000 : 0);

// One room is asked at a time: it needs no projects.
const { projects: _, ...test } = base.test ?? {};

export default defineConfig({
  ...base,
  test: {
    ...test,
    include: rooms[room].tests,
    reporters: ['default'],
    // Each change of the code is asked of several files: what they import is loaded once for all of them.
    isolate: false,
    sequence: { ...test.sequence, sequencer: QuickFirst },
    // What waits for ever is a change that was noticed: it takes a hundredth of this otherwise.
    testTimeout: 6_000,
  },
});
