import { fileURLToPath } from 'node:url';
import { functions } from '../../src/main/lambda/functions.ts';
import { bundle, isThere } from './bundles.ts';
import { readInstallation } from './installation.ts';

const config = process.env.GANGWAY_CONFIG ?? 'gangway.config.ts';
const installation = await readInstallation(config).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const bundling = bundle(functions.filter(isThere), {
  shape: installation.shape,
  into: fileURLToPath(new URL('dist/functions', import.meta.url)),
});
// Loaded while the functions are bundled: each takes a second or two, and the bundler is a process of its own.
const [{ App, Validations }, { AwsSolutionsChecks }, { GangwayStack }, folders] = await Promise.all([
  import('aws-cdk-lib'),
  import('cdk-nag'),
  import('./gangway-stack.ts'),
  bundling,
]);
// What is uploaded is read where it was bundled: a second copy of it for each synth would only lie there.
const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new GangwayStack(app, { installation, functions, folders });
app.synth();
