import { Aws, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, type Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { brandPlaces } from '../../src/guest-page/brand-places.ts';
import type { LambdaFunction, Trigger } from '../../src/main/lambda/function-parts.ts';
import { acknowledge } from './acknowledged.ts';
import { Alarms } from './alarms.ts';
import { BrandEdge } from './brand-edge.ts';
import { isWorkflow } from './bundles.ts';
import { Front, houseDistribution } from './front.ts';
import type { Installation } from './installation.ts';
import { Mail } from './mail.ts';
import { bucketName, configurationSetName, functionsPrefix, secretsPrefix, tableName } from './names.ts';
import { Program } from './program.ts';
import { Store } from './store.ts';

export type GangwayStackProps = {
  readonly installation: Installation;
  readonly functions: readonly LambdaFunction[];
  /** The bundles of those whose handler is written, by name. */
  readonly folders: ReadonlyMap<string, string>;
};

/** One installation of Gangway: everything in one stack, so that a person can look at it, change it and delete it as one. */
export class GangwayStack extends Stack {
  readonly edges: readonly BrandEdge[];

  constructor(scope: Construct, props: GangwayStackProps) {
    const { fleet, shape } = props.installation;
    super(scope, 'Gangway', {
      description: 'Gangway: from booking to boarding. Synthesised by gangway synth.',
      terminationProtection: true,
    });
    const { functions } = props;
    const front = new Front(this, { shown: shape.aws.originSecret });
    const houseIsBrand = fleet.brands.some(({ host }) => host === fleet.house.host);

    this.edges = fleet.brands.map(
      brand =>
        new BrandEdge(this, {
          brand,
          program: front.place,
          certificate: certificateOf(this, brand.id, brand.host, shape.aws),
          isHouse: brand.host === fleet.house.host,
        }),
    );
    if (!houseIsBrand) {
      const { distributionDomainName } = houseDistribution(this, {
        host: fleet.house.host,
        program: front.place,
        certificate: certificateOf(this, 'house', fleet.house.host, shape.aws),
      });
      new CfnOutput(this, 'EdgeHouse', { value: distributionDomainName });
    }
    const places = Object.fromEntries(this.edges.map(({ brand, place }) => [brand.id, place]));
    brandPlaces(fleet.brands, places);
    for (const { brand, distribution } of this.edges)
      new CfnOutput(this, `Edge${brand.id}`, { value: distribution.distributionDomainName });
    new CfnOutput(this, 'Places', { value: JSON.stringify(places) });

    const hosts = [...new Set([...fleet.brands.map(({ host }) => host), fleet.house.host])];
    const store = new Store(this, { from: hosts.map(host => `https://${host}`) });
    const deadLetters = new Queue(this, 'DeadLetters', {
      queueName: 'gangway-dead-letters',
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const senders = sendingDomains(props.installation);
    const program = new Program(this, {
      functions,
      folders: props.folders,
      shape,
      surroundings: {
        table: tableName,
        originals: bucketName('originals'),
        renditions: bucketName('renditions'),
        mails: bucketName('mails'),
        configurationSet: configurationSetName,
        functions: functionsPrefix,
        secrets: secretsPrefix,
        brands: places,
      },
      edges: this.edges,
      senders,
      deadLetters,
    });
    front.lead(functions, program);
    new Mail(this, {
      senders,
      inbound: shape.aws.inboundDomain ?? null,
      functions,
      program,
      store,
    });

    const woken = (on: Trigger['on']) =>
      functions.filter(({ triggers }) => triggers.some(trigger => trigger.on === on));
    const made = (some: readonly LambdaFunction[]) =>
      some.map(({ name }) => program.of(name)).filter(fn => fn !== null);
    for (const { name } of woken('minute')) {
      const fn = program.of(name);
      if (fn) everyMinute(this, name, fn, deadLetters);
    }
    for (const fn of made(woken('photo received')))
      onUpload(store.originals.node.defaultChild as CfnBucket, fn);

    new Alarms(this, {
      owners: fleet.people.filter(({ roles }) => roles.includes('owner')).map(({ email }) => email),
      deadLetters,
      workflows: made(functions.filter(isWorkflow)),
      ticks: made(woken('minute')),
      monthlyBudget: shape.aws.monthlyBudget,
      isWhereBillingIs: shape.aws.region === 'us-east-1',
    });
    acknowledge(this);
  }
}

/** A certificate of CloudFront's is in us-east-1: named in the configuration, or, where the stack itself is there, made by it. */
function certificateOf(
  scope: Construct,
  id: string,
  host: string,
  { region, certificates }: Installation['shape']['aws'],
): ICertificate {
  const named = certificates[id];
  if (named) return Certificate.fromCertificateArn(scope, `Certificate-${id}`, named);
  if (region !== 'us-east-1')
    throw new Error(
      `CloudFront takes certificates from us-east-1 only, and this stack is for ${region}: request one for ${host} in us-east-1 and name it as aws.certificates.${id}.`,
    );
  return new Certificate(scope, `Certificate-${id}`, {
    domainName: host,
    validation: CertificateValidation.fromDns(),
  });
}

/** The domains behind the @ of every sender, each once. */
const sendingDomains = ({ fleet }: Installation) => [
  ...new Set(
    [fleet.house.sender, ...fleet.brands.map(({ sender }) => sender)].map(
      ({ address }) => address.split('@')[1] ?? '',
    ),
  ),
];

function everyMinute(scope: Construct, name: string, fn: LambdaFn, deadLetters: Queue): void {
  const role = new Role(scope, `Wakes-${name}`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      wake: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.functionArn] }),
          new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
        ],
      }),
    },
  });
  new CfnSchedule(scope, `Every-${name}`, {
    description: 'Looks at what is due. What a minute misses the next one does.',
    scheduleExpression: 'rate(1 minute)',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: fn.functionArn,
      roleArn: role.roleArn,
      retryPolicy: { maximumRetryAttempts: 0 },
      deadLetterConfig: { arn: deadLetters.queueArn },
    },
  });
}

/** By the bucket's own property: the construct for it would add a function of its own, with rights over every bucket. */
function onUpload(bucket: CfnBucket, fn: LambdaFn): void {
  const permission = new CfnPermission(fn, 'FromBucket', {
    action: 'lambda:InvokeFunction',
    functionName: fn.functionName,
    principal: new ServicePrincipal('s3.amazonaws.com').service,
    sourceAccount: Aws.ACCOUNT_ID,
  });
  bucket.addResourceDependency(permission);
  bucket.notificationConfiguration = {
    lambdaConfigurations: [{ event: 's3:ObjectCreated:*', function: fn.functionArn }],
  };
}
