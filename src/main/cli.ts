import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { complain } from './output.ts';
import { gangwayProgram } from './program.ts';

// Left over from a Lambda shell, these would make the workflow SDK load code or talk on standard output.
for (const name of ['DURABLE_EXECUTION_PLUGINS', 'DURABLE_VERBOSE_MODE', 'AWS_LAMBDA_LOG_LEVEL'])
  delete process.env[name];

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// 0 = done, 1 = refused or failed, 2 = used wrongly.
try {
  await gangwayProgram(version).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    complain(error);
    process.exitCode = 1;
  }
}
