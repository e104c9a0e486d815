import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ConfigShape } from '../../src/main/config/shape.ts';
import type { FunctionName, LambdaFunction } from '../../src/main/lambda/function-parts.ts';
import { durableConfig } from '../../src/main/lambda/functions.ts';
import { variablesOf } from '../../src/main/lambda/secret-uses.ts';
import { type SurroundingsText, surroundingsVariable } from '../../src/main/lambda/surroundings.ts';
import { acknowledgeWildcards } from './acknowledged.ts';
import type { BrandEdge } from './brand-edge.ts';
import { isBehindTheEdge, isWorkflow } from './bundles.ts';
import { functionName, liveAlias } from './names.ts';
import { permissionsOf } from './permissions.ts';

export type ProgramProps = {
  readonly functions: readonly LambdaFunction[];
  /** The bundles of those whose handler is written; the others get their role and nothing else. */
  readonly folders: ReadonlyMap<string, string>;
  /** What all of them are told alike. */
  readonly surroundings: Omit<SurroundingsText, 'reads' | 'isBehindTheEdge'>;
  readonly shape: ConfigShape;
  readonly edges: readonly BrandEdge[];
  /** Domains letters come from. */
  readonly senders: readonly string[];
  /** Takes what was given up. */
  readonly deadLetters: Queue;
};

/** Every function with a role and a log of its own, as the list of functions says. */
export class Program extends Construct {
  readonly functions = new Map<FunctionName, lambda.Function>();

  constructor(scope: Construct, props: ProgramProps) {
    super(scope, 'Program');
    for (const it of props.functions) {
      const at = new Construct(this, it.name);
      const role = roleOf(at, it, props);
      const folder = props.folders.get(it.name);
      if (folder !== undefined) this.functions.set(it.name, this.#made(at, it, { ...props, role, folder }));
    }
  }

  /** The function of this name, where its handler is written. */
  of(name: FunctionName): lambda.Function | null {
    return this.functions.get(name) ?? null;
  }

  #made(
    at: Construct,
    it: LambdaFunction,
    { role, folder, surroundings, shape, deadLetters }: ProgramProps & { role: Role; folder: string },
  ): lambda.Function {
    const logGroup = new LogGroup(at, 'Log', {
      logGroupName: `/aws/lambda/${functionName(it.name)}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const isDurable = isWorkflow(it);
    const fn = new lambda.Function(at, 'Function', {
      functionName: functionName(it.name),
      description: it.does,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(folder),
      memorySize: it.memory,
      timeout: Duration.seconds(it.timeout),
      role,
      logGroup,
      environment: {
        [surroundingsVariable]: JSON.stringify({
          ...surroundings,
          reads: [...variablesOf(shape, it)],
          isBehindTheEdge: isBehindTheEdge(it),
        } satisfies SurroundingsText),
        NODE_OPTIONS: '--enable-source-maps',
      },
      ...(isDurable
        ? {
            durableConfig: {
              executionTimeout: Duration.days(durableConfig.executionTimeout.days),
              retentionPeriod: Duration.days(durableConfig.retention.days),
            },
          }
        : {}),
    });
    if (isDurable) new lambda.Alias(at, 'Live', { aliasName: liveAlias, version: fn.currentVersion });
    if (isAsync(it)) {
      fn.configureAsyncInvoke({
        retryAttempts: 2,
        maxEventAge: Duration.hours(6),
        onFailure: new SqsDestination(deadLetters),
      });
    }
    return fn;
  }
}

function roleOf(at: Construct, it: LambdaFunction, props: ProgramProps): Role {
  const statements = permissionsOf(it, props);
  const role = new Role(at, 'Role', {
    roleName: `${functionName(it.name)}-${Aws.REGION}`,
    description: it.does.replace(/[^ -~]/g, "'"),
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { may: new PolicyDocument({ statements }) },
  });
  acknowledgeWildcards(role, statements);
  return role;
}

/** Whether nobody waits for its answer, so that a failure has to be laid down somewhere. */
const isAsync = ({ triggers }: LambdaFunction) =>
  triggers.some(
    trigger =>
      trigger.on === 'mail received' ||
      trigger.on === 'mail event' ||
      trigger.on === 'photo received' ||
      trigger.on === 'minute' ||
      (trigger.on === 'invoked' && trigger.wait === 'for nothing'),
  );
