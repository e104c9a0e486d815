import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stackFolder } from '../../src/main/aws/stack-folder.ts';
import { synthesise } from '../../src/main/aws/synthesise.ts';
import { functionNames } from '../../src/main/lambda/function-parts.ts';

it('gangway synth writes the template of the example fleet, with every function, without an account', async () => {
  const made = await synthesise({ config: 'examples/jada/gangway.config.ts', folder: stackFolder() });
  expect([...made.functions].sort()).toEqual([...functionNames].sort());
  expect(made.notWritten).toEqual([]);
  expect(made.kinds).toMatchObject({
    'AWS::CloudFront::Distribution': 2,
    'AWS::DynamoDB::GlobalTable': 1,
    'AWS::ApiGatewayV2::Api': 1,
  });
  expect(readFileSync(made.template, 'utf8')).not.toMatch(/whsec_|AKIA/);
}, 300_000);
