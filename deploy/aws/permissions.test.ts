import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { secretVariables } from '../../src/main/config/secrets.ts';
import type { FunctionName } from '../../src/main/lambda/function-parts.ts';
import { functions } from '../../src/main/lambda/functions.ts';
import { evaluate, type Statement } from './iam-evaluator.ts';
import { installationOf } from './installation.ts';
import { readsOnly } from './permissions.ts';
import { type Synthesised, shapeOf, synthesised } from './stack.fixture.ts';

/** Every partition of the table's page: `MONEY#LEDGERS`, `BOOKING`. */
const partitions = [...readFileSync('docs/reference/dynamodb.md', 'utf8').matchAll(/^\| `([A-Z#-]+)`/gm)].map(
  match => match[1] ?? '',
);
/** The letters of owner and payee lie under the same names behind MONEY#. */
const ofMoney = partitions
  .filter(name => name.startsWith('LETTER'))
  .map(name => `MONEY#${name}`)
  .concat(partitions.filter(name => name.startsWith('MONEY#')));

const account = '123456789012';
const region = 'us-east-1';
const table = `arn:aws:dynamodb:${region}:${account}:table/gangway`;
const everyWay = ['GetItem', 'Query', 'PutItem', 'DeleteItem', 'ConditionCheckItem'];
const fenced = functions.filter(({ money }) => money !== 'reads and writes');

let made: Synthesised;
const known = new Map<string, Statement[]>();
const statementsOf = (name: string): Statement[] => {
  const found = known.get(name) ?? readStatements(name);
  known.set(name, found);
  return found;
};
const readStatements = (name: string): Statement[] => {
  const role = made
    .all('AWS::IAM::Role')
    .find(({ Properties }) => filled(Properties.RoleName) === `gangway-${name}-${region}`);
  if (!role) throw new Error(`${name} has no role`);
  expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  return role.Properties.Policies.flatMap((policy: { PolicyDocument: { Statement: unknown[] } }) =>
    policy.PolicyDocument.Statement.map(statement => filledIn(statement)),
  );
};

beforeAll(() => {
  made = synthesised();
}, 180_000);

/** Who reads which of the example's secrets, written down once more by hand. */
const readers: Readonly<Record<string, readonly FunctionName[]>> = {
  GANGWAY_LINK_KEY: ['house', 'crew', 'guest', 'fulfil', 'books', 'tick', 'tick-books'],
  SERVICE_KEY_HASH: ['crew'],
  DASHBOARD_TOKEN_HASH: ['crew'],
  BOATSETTER_WEBHOOK_SECRET: ['intake'],
  MANUAL_WEBHOOK_SECRET: ['intake'],
  FAREHARBOR_ADDRESS: ['intake'],
  FAREHARBOR_APP: ['house', 'intake', 'tick-books', 'mail-in'],
  FAREHARBOR_USER: ['house', 'intake', 'tick-books', 'mail-in'],
  FAREHARBOR_MAILS: ['house', 'intake', 'tick-books', 'mail-in'],
  FAREHARBOR_CALENDAR: ['house', 'tick-books'],
  SHOP: ['house', 'tick-books'],
  CHARTERS: ['house', 'fulfil', 'tick'],
};
/** In Secrets Manager, because something rotates it by itself. */
const rotated = 'FAREHARBOR_USER';
const behindTheEdge: readonly FunctionName[] = ['house', 'intake', 'crew', 'guest'];

describe('secrets', () => {
  const may = (name: string, action: string, resource: string) =>
    evaluate(statementsOf(name), { action, resource: `arn:aws:${resource}` }) === 'allowed';
  const ssm = (parameter: string) => `ssm:${region}:${account}:parameter${parameter}`;
  const manager = (secret: string) => `secretsmanager:${region}:${account}:secret:${secret}-a1B2c3`;
  const through = '/aws/reference/secretsmanager';

  it('are of the example, each known to somebody', () => {
    const { shape } = installationOf(shapeOf());
    expect(secretVariables(shape).toSorted()).toEqual(Object.keys(readers).sort());
  });

  it.each(functions)('are read by $name as far as it uses them', ({ name }) => {
    for (const [variable, those] of Object.entries(readers)) {
      const isRotated = variable === rotated;
      const parameter = isRotated ? `${through}/gangway/${variable}` : `/gangway/${variable}`;
      const reads = those.includes(name);
      expect([variable, may(name, 'ssm:GetParameters', ssm(parameter))]).toEqual([variable, reads]);
      const isLetAt = may(name, 'secretsmanager:GetSecretValue', manager(`gangway/${variable}`));
      expect([variable, isLetAt]).toEqual([variable, reads && isRotated]);
    }
    const isBehind = behindTheEdge.includes(name);
    expect(may(name, 'ssm:GetParameters', ssm(`${through}/gangway/origin`))).toBe(isBehind);
    expect(may(name, 'secretsmanager:GetSecretValue', manager('gangway/origin'))).toBe(isBehind);
  });

  it.each(functions)('are neither changed nor listed by $name, nor read beyond its own', ({ name }) => {
    for (const parameter of ['/gangway/GANGWAY_LINK_KEY', '/gangway/another', '/other/key'])
      for (const action of ['PutParameter', 'DeleteParameter', 'GetParametersByPath', 'GetParameterHistory'])
        expect(may(name, `ssm:${action}`, ssm(parameter))).toBe(false);
    expect(may(name, 'ssm:GetParameters', ssm('/gangway/another'))).toBe(false);
    expect(may(name, 'secretsmanager:GetSecretValue', manager('gangway/another'))).toBe(false);
    expect(may(name, 'secretsmanager:PutSecretValue', manager('gangway/origin'))).toBe(false);
  });

  it.each(functions)('are told to $name by the names that its role is let at', ({ name }) => {
    const [fn] = made
      .all('AWS::Lambda::Function')
      .filter(({ Properties }) => Properties.FunctionName === `gangway-${name}`);
    const told = filled(fn?.Properties.Environment.Variables.GANGWAY_SURROUNDINGS);
    const { reads, isBehindTheEdge } = JSON.parse(told) as { reads: string[]; isBehindTheEdge: boolean };
    expect(reads.toSorted()).toEqual(
      Object.keys(readers)
        .filter(variable => readers[variable]?.includes(name))
        .sort(),
    );
    expect(isBehindTheEdge).toBe(behindTheEdge.includes(name));
  });

  it('of the owner are out of reach for whoever speaks to crew and guests', () => {
    const ofOwner = Object.keys(readers).filter(variable =>
      /^(BOATSETTER|MANUAL|FAREHARBOR|SHOP)/.test(variable),
    );
    expect(ofOwner).toHaveLength(8);
    for (const { name } of fenced)
      expect(ofOwner.filter(variable => readers[variable]?.includes(name))).toEqual([]);
  });
});

describe.each(functions)('the role of $name', ({ name, money, reaches, invokes, sendsMail }) => {
  const asked = (action: string, partition: string) =>
    evaluate(statementsOf(name), {
      action: `dynamodb:${action}`,
      resource: table,
      context: { 'dynamodb:LeadingKeys': [`${partition}#x`] },
    });

  const few = readsOnly[name];
  /** What the list says, for a partition of either side of the fence. */
  const listed = (action: string, partition: string) => {
    if (partition.startsWith('MONEY#') && money !== 'reads and writes') return 'denied';
    const isNeeded = !few || (few.includes(partition) && ['GetItem', 'Query'].includes(action));
    return isNeeded ? 'allowed' : 'not allowed';
  };

  it('reaches the partitions without amounts that it needs, in every way the table is used', () => {
    for (const partition of partitions.filter(each => !each.startsWith('MONEY#')))
      for (const action of everyWay)
        expect([partition, action, asked(action, partition)]).toEqual([
          partition,
          action,
          listed(action, partition),
        ]);
  });

  it(`is ${money === 'reads and writes' ? 'let into' : 'denied'} ${few ? 'the' : 'all'} partitions of amounts`, () => {
    expect(ofMoney.length).toBeGreaterThan(20);
    for (const partition of ofMoney)
      for (const action of everyWay)
        expect([partition, action, asked(action, partition)]).toEqual([
          partition,
          action,
          listed(action, partition),
        ]);
  });

  it('has no way into the table but those the program uses', () => {
    const others = ['Scan', 'UpdateItem', 'BatchWriteItem', 'PartiQLSelect', 'DeleteTable', 'GetRecords'];
    for (const action of others) {
      expect(asked(action, 'BOOKING')).not.toBe('allowed');
      expect(asked(action, 'MONEY#LEDGERS')).not.toBe('allowed');
    }
    const stream = `${table}/stream/2027-01-01T00:00:00.000`;
    expect(evaluate(statementsOf(name), { action: 'dynamodb:GetRecords', resource: stream })).not.toBe(
      'allowed',
    );
  });

  it('reaches the buckets the list names and no other', () => {
    const buckets = {
      'photo originals': `gangway-originals-${account}`,
      'photo renditions': `gangway-renditions-${account}`,
      mails: `gangway-mails-${account}`,
    };
    for (const [place, bucket] of Object.entries(buckets))
      for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])
        expect([
          place,
          evaluate(statementsOf(name), { action, resource: `arn:aws:s3:::${bucket}/x` }) === 'allowed',
        ]).toEqual([place, reaches.includes(place as keyof typeof buckets)]);
  });

  it('may invoke those the list names, a workflow by its alias, and nobody else', () => {
    for (const other of functions) {
      const isWorkflow = other.triggers.some(({ on }) => on === 'workflow');
      const arn = `arn:aws:lambda:${region}:${account}:function:gangway-${other.name}`;
      const may = (resource: string) =>
        evaluate(statementsOf(name), { action: 'lambda:InvokeFunction', resource }) === 'allowed';
      expect([other.name, may(isWorkflow ? `${arn}:live` : arn)]).toEqual([
        other.name,
        invokes.includes(other.name),
      ]);
      if (isWorkflow) expect(may(`${arn}:$LATEST`)).toBe(false);
    }
  });

  it(`${sendsMail ? 'sends letters from our own domains only' : 'sends no letter'}`, () => {
    const may = (domain: string) =>
      evaluate(statementsOf(name), {
        action: 'ses:SendRawEmail',
        resource: `arn:aws:ses:${region}:${account}:identity/${domain}`,
      }) === 'allowed';
    expect(may('queenofsandiego.com')).toBe(sendsMail);
    expect(may('bank.example')).toBe(false);
  });

  it('publishes and withdraws pages inside the prefix of each brand, or nowhere', () => {
    const may = (action: string, resource: string, context = {}) =>
      evaluate(statementsOf(name), { action, resource, context }) === 'allowed';
    const publishes = reaches.includes('pages');
    for (const { place } of made.stack.edges) {
      const bucket = `arn:aws:s3:::${place.bucket}`;
      expect(may('s3:PutObject', `${bucket}/${place.prefix}x`)).toBe(publishes);
      expect(may('s3:PutObject', `${bucket}/elsewhere.html`)).toBe(false);
      expect(may('s3:ListBucket', bucket, { 's3:prefix': [place.prefix] })).toBe(publishes);
      expect(may('s3:ListBucket', bucket, { 's3:prefix': [''] })).toBe(false);
      expect(may('s3:PutBucketPolicy', bucket)).toBe(false);
    }
    const wheres = made
      .all('AWS::CloudFront::Distribution')
      .map(({ id }) => `arn:aws:cloudfront::${account}:distribution/${id}`);
    for (const where of wheres) expect(may('cloudfront:CreateInvalidation', where)).toBe(publishes);
    expect(may('cloudfront:UpdateDistribution', wheres[0] ?? '')).toBe(false);
  });
});

describe('the money fence', () => {
  it.each(fenced)('denies $name the raw mails and every way around a leading key', ({ name }) => {
    const statements = statementsOf(name);
    for (const action of ['s3:GetObject', 's3:ListBucket', 's3:GetObjectVersion'])
      for (const resource of [
        `arn:aws:s3:::gangway-mails-${account}`,
        `arn:aws:s3:::gangway-mails-${account}/m1`,
      ])
        expect(evaluate(statements, { action, resource })).toBe('denied');
    for (const action of ['Scan', 'PartiQLSelect', 'ExportTableToPointInTime', 'GetRecords', 'CreateBackup'])
      expect(evaluate(statements, { action: `dynamodb:${action}`, resource: table })).toBe('denied');
  });

  it('is around everything that speaks to crew or guests', () => {
    expect(fenced.map(({ name }) => name)).toEqual(expect.arrayContaining(['crew', 'guest', 'fulfil']));
  });

  it('would be seen to be open without its deny', () => {
    const open = statementsOf('guest').filter(({ Effect }) => Effect === 'Allow');
    const asked = {
      action: 'dynamodb:GetItem',
      resource: table,
      context: { 'dynamodb:LeadingKeys': ['MONEY#LEDGERS#x'] },
    };
    expect(evaluate(open, asked)).toBe('allowed');
  });
});

/** CloudFormation's functions with an account and a region put in; the address of a resource is its logical id. */
function filled(value: unknown): string {
  if (typeof value === 'string') return value;
  const of = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: [string, string] };
  if (of['Fn::Join']) return of['Fn::Join'][1].map(filled).join(of['Fn::Join'][0]);
  if (of.Ref) return { 'AWS::Region': region, 'AWS::AccountId': account }[of.Ref] ?? of.Ref;
  return of['Fn::GetAtt']?.join('.') ?? '';
}

const filledIn = (statement: unknown): Statement =>
  JSON.parse(JSON.stringify(statement), (_key, value: unknown) =>
    value !== null &&
    typeof value === 'object' &&
    ('Ref' in value || 'Fn::Join' in value || 'Fn::GetAtt' in value)
      ? filled(value)
      : value,
  );
