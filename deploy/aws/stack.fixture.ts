import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import jada from '../../examples/jada/gangway.config.ts';
import { configShape } from '../../src/main/config/shape.ts';
import { functions } from '../../src/main/lambda/functions.ts';
import { isThere } from './bundles.ts';
import { GangwayStack } from './gangway-stack.ts';
import { type Installation, installationOf } from './installation.ts';

export type Resource = {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
};

const [queen, sailjada] = jada.brands;
if (!queen || !sailjada) throw new Error('the example fleet has changed');

/** The example fleet with a third brand, so that each layout is in use, a domain for mails, and a secret of every kind. The house shares a host with one brand. */
export const shapeOf = (change: object = {}) =>
  configShape.parse({
    ...jada,
    brands: [
      queen,
      sailjada,
      {
        ...queen,
        id: 'heron',
        name: 'Heron Día',
        host: 'heron.example',
        bucket: 'heron-pages',
        layout: { kind: 'root', prefix: 'trip' },
      },
    ],
    sources: [
      ...(jada.sources ?? []),
      {
        id: 'fareharbor',
        kind: 'fareharbor',
        urlSecret: { env: 'FAREHARBOR_ADDRESS' },
        listings: { '41867': 'jada' },
        api: {
          key: { env: 'FAREHARBOR_APP' },
          secret: { env: 'FAREHARBOR_USER' },
          account: 'harborcharters',
        },
        mail: {
          templates: ['boatsetter'],
          domains: ['fareharbor.com'],
          address: { env: 'FAREHARBOR_MAILS' },
        },
        feeds: [{ vessel: 'jada', url: { env: 'FAREHARBOR_CALENDAR' } }],
      },
    ],
    webhooks: [{ id: 'shop', url: 'https://shop.example/told', secret: { env: 'SHOP' } }],
    calendarServers: [
      { id: 'charters', url: 'https://dav.example/charters/', user: 'joan', password: { env: 'CHARTERS' } },
    ],
    aws: { inboundDomain: 'in.sailjada.com', secretsManager: ['FAREHARBOR_USER'] },
    ...change,
  });

/** The whole stack of the example, looked over by cdk-nag, with something planted in it. */
export function synthesised(
  installation: Installation = installationOf(shapeOf()),
  plant: (stack: GangwayStack) => void = () => {},
) {
  const into = mkdtempSync(join(tmpdir(), 'gangway-synth-'));
  const app = new App({ outdir: join(into, 'cloud') });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = new GangwayStack(app, { installation, functions, folders: emptyFolders(into) });
  plant(stack);
  const { Resources } = templateOf(stack, into);
  const all = (type: string) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, resource]) => ({ id, ...resource }));
  return { installation, stack, resources: Resources, all };
}

export type Synthesised = ReturnType<typeof synthesised>;

/** What is in the bundles is bundles.test.ts's to see. */
function emptyFolders(into: string): ReadonlyMap<string, string> {
  const folder = join(into, 'function');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), '');
  return new Map(functions.filter(isThere).map(({ name }) => [name, folder]));
}

function templateOf(stack: GangwayStack, into: string): { Resources: Record<string, Resource> } {
  try {
    return Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  } finally {
    rmSync(into, { recursive: true });
  }
}
