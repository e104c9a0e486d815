import { existsSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { functions } from '../../src/main/lambda/functions.ts';
import { acknowledged } from './acknowledged.ts';
import { isThere } from './bundles.ts';
import { routeKey } from './front.ts';
import { configForFunctions, installationOf } from './installation.ts';
import { type Synthesised, shapeOf, synthesised } from './stack.fixture.ts';

let made: Synthesised;
beforeAll(() => {
  made = synthesised();
}, 180_000);

/** The only one of its type. */
function one(type: string) {
  const found = made.all(type);
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

vi.setConfig({ testTimeout: 180_000 });

describe('the store', () => {
  it('is one table with recovery to any second of 35 days, a time to live and a stream that says no more than keys', () => {
    const { Properties, DeletionPolicy } = one('AWS::DynamoDB::GlobalTable');
    expect(DeletionPolicy).toBe('Retain');
    expect(Properties).toMatchObject({
      TableName: 'gangway',
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ends', Enabled: true },
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        },
      ],
    });
    expect(Properties.GlobalSecondaryIndexes).toBeUndefined();
  });

  it('shows no bucket to anybody, in any way', () => {
    const buckets = made.all('AWS::S3::Bucket');
    expect(buckets.length).toBe(3 + made.installation.fleet.brands.length);
    for (const { Properties } of buckets)
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  });

  it('takes photos from the pages of brands and from nowhere else', () => {
    const [rule] = made
      .all('AWS::S3::Bucket')
      .flatMap(({ Properties }) => Properties.CorsConfiguration?.CorsRules ?? []);
    expect(rule.AllowedMethods).toEqual(['POST']);
    expect(rule.AllowedOrigins).toEqual(made.installation.fleet.brands.map(({ host }) => `https://${host}`));
  });
});

describe('the program', () => {
  const written = functions.filter(isThere);

  it.each(functions)('has a role for $name, and the function where its handler is written', ({ name }) => {
    const is = made
      .all('AWS::Lambda::Function')
      .filter(({ Properties }) => Properties.FunctionName === `gangway-${name}`);
    expect(is).toHaveLength(existsSync(`src/main/lambda/${name}.ts`) ? 1 : 0);
  });

  it.each(written)('runs $name on Node 24, arm64, with the memory and time the list says', it => {
    const found = made
      .all('AWS::Lambda::Function')
      .find(({ Properties }) => Properties.FunctionName === `gangway-${it.name}`)?.Properties;
    const isWorkflow = it.triggers.some(({ on }) => on === 'workflow');
    expect(found).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: it.memory,
      Timeout: it.timeout,
    });
    expect(found.DurableConfig).toEqual(
      isWorkflow ? { ExecutionTimeout: 86_400, RetentionPeriodInDays: 14 } : undefined,
    );
    const aliases = made
      .all('AWS::Lambda::Alias')
      .filter(({ id }) => id.startsWith(`Program${it.name.replace(/-/g, '')}`));
    expect(aliases.map(({ Properties }) => Properties.Name)).toEqual(isWorkflow ? ['live'] : []);
  });

  it('is led to by every path of the list', () => {
    const keys = made.all('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    const wanted = written.flatMap(({ triggers }) =>
      triggers.flatMap(trigger =>
        trigger.on === 'http' ? trigger.paths.map(path => `ANY ${routeKey(path)}`) : [],
      ),
    );
    expect(keys).toEqual(expect.arrayContaining([...wanted, 'ANY /{proxy+}', 'ANY /g/{proxy+}']));
  });

  it.each([
    ['/g/*/uploads/*', '/g/{part2}/uploads/{proxy+}'],
    ['/c/*', '/c/{proxy+}'],
    ['/openapi.json', '/openapi.json'],
  ])('spells %s as API Gateway does: %s', (path, key) => {
    expect(routeKey(path)).toBe(key);
  });

  it('is woken each minute where the list says so', () => {
    const woken = written.filter(({ triggers }) => triggers.some(({ on }) => on === 'minute'));
    const schedules = made.all('AWS::Scheduler::Schedule');
    expect(schedules).toHaveLength(woken.length);
    for (const { Properties } of schedules) expect(Properties.ScheduleExpression).toBe('rate(1 minute)');
  });
});

describe('the configuration beside a function', () => {
  it('is the operator’s, with the house at its own host', () => {
    expect(configForFunctions(shapeOf()).server).toMatchObject({
      url: 'https://sailjada.com',
      brandUrls: {},
    });
  });

  it('is refused with a secret in a file, which a function does not have', () => {
    const shape = shapeOf({ access: { linkKey: { file: 'link-key' } } });
    expect(() => configForFunctions(shape)).toThrow('put /gangway/NAME there');
  });
});

describe('the front', () => {
  it('logs which route was asked and how it went, never a path, which may be a key', () => {
    const { AccessLogSettings, DefaultRouteSettings } = one('AWS::ApiGatewayV2::Stage').Properties;
    expect(AccessLogSettings.Format).not.toMatch(/\$context\.(path|identity|requestOverride)|protocol/);
    expect(AccessLogSettings.Format).toContain('$context.routeKey');
    expect(DefaultRouteSettings.ThrottlingRateLimit).toBe(250);
  });

  it('has a certificate for each host, and asks for one by name outside us-east-1', () => {
    expect(
      made.all('AWS::CertificateManager::Certificate').map(({ Properties }) => Properties.DomainName),
    ).toEqual(made.installation.fleet.brands.map(({ host }) => host));
    const abroad = installationOf(shapeOf({ aws: { region: 'eu-central-1' } }));
    expect(() => synthesised(abroad)).toThrow('name it as aws.certificates.queenofsandiego');
  });

  it('has a distribution of its own for a house that shares its host with no brand', () => {
    const { house, vessels } = shapeOf();
    const apart = synthesised(
      installationOf(shapeOf({ house: { ...house, host: 'desk.sailjada.example' }, vessels })),
    );
    const hosts = apart
      .all('AWS::CloudFront::Distribution')
      .map(({ Properties }) => Properties.DistributionConfig.Aliases[0]);
    expect(hosts).toContain('desk.sailjada.example');
    expect(hosts).toHaveLength(4);
  });
});

describe('mail', () => {
  it('goes out under identities of the senders, reported to a topic, over TLS only', () => {
    expect(made.all('AWS::SES::EmailIdentity').map(({ Properties }) => Properties.EmailIdentity)).toEqual([
      'sailjada.com',
      'queenofsandiego.com',
    ]);
    expect(one('AWS::SES::ConfigurationSet').Properties).toMatchObject({
      Name: 'gangway',
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    expect(
      one('AWS::SES::ConfigurationSetEventDestination').Properties.EventDestination.MatchingEventTypes,
    ).toEqual(expect.arrayContaining(['bounce', 'complaint']));
  });

  it('comes in at one domain, scanned, and is laid down before anything is told', () => {
    const { Rule } = one('AWS::SES::ReceiptRule').Properties;
    expect(Rule).toMatchObject({
      Recipients: ['in.sailjada.com'],
      ScanEnabled: true,
      TlsPolicy: 'Require',
      Enabled: true,
    });
    expect(Object.keys(Rule.Actions[0])).toEqual(['S3Action']);
  });

  it('is not taken where no domain is named', () => {
    const deaf = synthesised(installationOf(shapeOf({ aws: {} })));
    expect(deaf.all('AWS::SES::ReceiptRule')).toEqual([]);
  });
});

describe('alarms', () => {
  const metrics = () =>
    made
      .all('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => `${Properties.Namespace} ${Properties.MetricName}`);

  it('ring for letters that bounce, complaints, what was given up, and cost', () => {
    expect(metrics()).toEqual(
      expect.arrayContaining([
        'AWS/SES Reputation.BounceRate',
        'AWS/SES Reputation.ComplaintRate',
        'AWS/SQS ApproximateNumberOfMessagesVisible',
        'AWS/Billing EstimatedCharges',
      ]),
    );
  });

  it('ring for a workflow that fails or does not end, and for a tick that fell silent', () => {
    const of = (on: string) =>
      functions.filter(it => isThere(it) && it.triggers.some(trigger => trigger.on === on)).length;
    const count = (name: string) => metrics().filter(metric => metric === `AWS/Lambda ${name}`).length;
    expect(count('DurableExecutionFailed')).toBe(of('workflow'));
    expect(count('DurableExecutionTimedOut')).toBe(of('workflow'));
    expect(count('Invocations')).toBe(of('minute'));
  });

  it('ring for what nobody failed and nobody finished', () => {
    expect(metrics()).toEqual(
      expect.arrayContaining(['Gangway surfaces_troubled', 'Gangway surfaces_overdue']),
    );
  });

  it('say what to do, and reach the owners', () => {
    for (const { Properties } of made.all('AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmDescription.length).toBeGreaterThan(40);
      expect(Properties.AlarmActions).toHaveLength(1);
    }
    const told = made
      .all('AWS::SNS::Subscription')
      .filter(({ Properties }) => Properties.Protocol === 'email');
    expect(told.map(({ Properties }) => Properties.Endpoint)).toEqual(['joan@sailjada.example']);
  });

  it('come with a budget at 80 and 100 percent', () => {
    const { Budget, NotificationsWithSubscribers } = one('AWS::Budgets::Budget').Properties;
    expect(Budget.BudgetLimit).toEqual({ Amount: 100, Unit: 'USD' });
    expect(
      NotificationsWithSubscribers.map(
        ({ Notification }: { Notification: { Threshold: number } }) => Notification.Threshold,
      ),
    ).toEqual([80, 100]);
  });
});

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged with a reason', () => {
    // A finding makes the synth itself throw.
    expect(Object.keys(made.resources).length).toBeGreaterThan(40);
    for (const { rule, reason } of acknowledged) expect([rule, reason.length > 30]).toEqual([rule, true]);
  });

  it('would stop the synth at what is not', () => {
    const inTheClear = (stack: Stack) => void new Topic(stack, 'Planted');
    expect(() => synthesised(installationOf(shapeOf()), inTheClear)).toThrow(
      'does not require publishers to use SSL',
    );
  });
});
