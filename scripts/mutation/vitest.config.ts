import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';
import { rooms } from './rooms.js';

const room = process.env.GANGWAY_MUTATION_ROOM as keyof typeof rooms;

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: rooms[room].tests,
    reporters: ['default'],
    // Each change of the code is asked of several files: what they import is loaded once for all of them.
    isolate: false,
    // What waits for ever is a change that was noticed: it takes a hundredth of this otherwise.
    testTimeout: 6_000,
  },
});
