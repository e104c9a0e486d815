import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { functions } from '../../src/main/lambda/functions.ts';
import { bundle, isThere } from './bundles.ts';
import { GangwayStack } from './gangway-stack.ts';
import { readInstallation } from './installation.ts';

const config = process.env.GANGWAY_CONFIG ?? 'gangway.config.ts';
const installation = await readInstallation(config).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const folders = await bundle(functions.filter(isThere), {
  shape: installation.shape,
  into: fileURLToPath(new URL('dist/functions', import.meta.url)),
});
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new GangwayStack(app, { installation, functions, folders });
app.synth();
