/**
 * AWS's durable execution SDK makes itself three consoles each time a workflow runs, 20 µs each, and writes to none of them
 * where it is given a logger, as here. It gets the one of the process.
 */
export const oneConsole = {
  name: 'one-console',
  setup(build) {
    build.onResolve({ filter: /^node:console$/ }, ({ importer }) =>
      importer.includes('durable-execution-sdk') ? { path: 'console', namespace: 'one-console' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'one-console' }, () => ({
      contents: 'export class Console { constructor() { return console; } }',
    }));
  },
};
