import { Script } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Brand } from '../../src/booking/fleet.ts';
import type { EdgeAnswer, EdgeEvent } from '../../src/guest-page/edge-function.vm.ts';
import { pageHeaders, workerHeaders } from '../../src/guest-page/page-headers.ts';
import {
  edgeFunction,
  edgeFunctionLimit,
  iamPrefix,
  invalidationSet,
  objectKey,
} from '../../src/guest-page/page-routing.ts';
import { workerScript } from '../../src/guest-page/worker.js.ts';
import { brandTable } from '../../test/security/access-table.ts';
import { installationOf } from './installation.ts';
import { type Resource, type Synthesised, shapeOf, synthesised } from './stack.fixture.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
/** CloudFront's own policies, by the ids AWS documents. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const allButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

let made: Synthesised;
beforeAll(() => {
  made = synthesised();
}, 180_000);

type Behaviour = Resource['Properties'] & { PathPattern?: string };

/** The distribution of a brand as the template has it. */
function distributionOf({ host }: Brand) {
  const found = made
    .all('AWS::CloudFront::Distribution')
    .find(({ Properties }) => Properties.DistributionConfig.Aliases.includes(host));
  if (!found) throw new Error(`${host} has no distribution`);
  return found.Properties.DistributionConfig;
}

/** The behaviour CloudFront takes for a path: the first whose pattern fits, else the default. */
function behaviourAt(brand: Brand, path: string): Behaviour {
  const { CacheBehaviors, DefaultCacheBehavior } = distributionOf(brand);
  return CacheBehaviors.find(({ PathPattern }: Behaviour) => fits(PathPattern, path)) ?? DefaultCacheBehavior;
}

const fits = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(path);

function resource(id: string): Resource['Properties'] {
  const found = made.resources[id];
  if (!found) throw new Error(`there is no ${id}`);
  return found.Properties;
}

/** The function a behaviour runs, as its text stands in the template. */
function codeAt(brand: Brand, path: string): string {
  const [association] = behaviourAt(brand, path).FunctionAssociations;
  expect(association.EventType).toBe('viewer-request');
  return resource(association.FunctionARN['Fn::GetAtt'][0]).FunctionCode;
}

function run(code: string, uri: string): EdgeAnswer {
  const handler = new Script(`${code}\nhandler`).runInNewContext(Object.create(null)) as (
    event: EdgeEvent,
  ) => EdgeAnswer;
  return handler({
    version: '1.0',
    context: {
      eventType: 'viewer-request',
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      requestId: 'EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==',
    },
    viewer: { ip: '198.51.100.11' },
    request: {
      method: 'GET',
      uri,
      querystring: {},
      headers: { host: { value: 'heron.example' } },
      cookies: {},
    },
  });
}

const brands = installationOf(shapeOf()).fleet.brands;

/** The value itself is nowhere in the template: CloudFormation looks it up when it deploys. */
const shownByReference = {
  'Fn::Join': [
    '',
    ['{{resolve:secretsmanager:', { Ref: expect.stringMatching(/^FrontSecret/) }, ':SecretString:1::}}'],
  ],
};

describe.each(brands)('the edge of a brand with layout $layout.kind', brand => {
  const page = `/g/${slug}`;

  it('has a bucket of its own that nobody reads but its distribution', () => {
    const buckets = made
      .all('AWS::S3::Bucket')
      .filter(({ Properties }) => Properties.BucketName === brand.bucket);
    expect(buckets).toHaveLength(1);
    expect(buckets[0]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
    const policy = made
      .all('AWS::S3::BucketPolicy')
      .find(({ Properties }) => Properties.Bucket.Ref === buckets[0]?.id)?.Properties
      .PolicyDocument.Statement;
    const [tls, read, ...others] = policy;
    expect(others).toEqual([]);
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const { id } = made
      .all('AWS::CloudFront::Distribution')
      .find(({ Properties }) => Properties.DistributionConfig.Aliases.includes(brand.host)) ?? { id: '' };
    expect(read).toMatchObject({
      Action: 's3:GetObject',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
    });
    expect(JSON.stringify(read.Condition.StringEquals['AWS:SourceArn'])).toContain(`"Ref":"${id}"`);
  });

  it('reads that bucket and no other, signed', () => {
    const { Origins } = distributionOf(brand);
    const buckets = Origins.filter(
      (origin: { OriginAccessControlId?: unknown }) => origin.OriginAccessControlId,
    );
    expect(buckets).toHaveLength(1);
    const [{ DomainName }] = buckets;
    expect(resource(DomainName['Fn::GetAtt'][0]).BucketName).toBe(brand.bucket);
  });

  it('runs the generated function on its pages, of a size CloudFront takes', () => {
    const code = codeAt(brand, page);
    expect(code).toBe(edgeFunction(brand));
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(edgeFunctionLimit);
    for (const path of [page, `${page}/`, `${page}.html`])
      expect(run(code, path)).toMatchObject({ uri: `/${objectKey(brand.layout, slug)}` });
    expect(run(code, `${page}/elsewhere`)).toMatchObject({ statusCode: 404 });
  });

  it('asks the bucket for the same object the program publishes, and forgets what it withdraws', () => {
    const stored = `/${objectKey(brand.layout, slug)}`;
    expect(codeAt(brand, stored)).toBe(edgeFunction(brand));
    for (const path of invalidationSet(brand.layout, slug))
      expect(run(codeAt(brand, path), path)).toMatchObject({ uri: stored });
    expect(stored.startsWith(`/${iamPrefix(brand.layout)}`)).toBe(true);
  });

  it('answers for a page that is not there by the program, with the look of the brand', () => {
    const { OriginGroups, Origins } = distributionOf(brand);
    const group = OriginGroups.Items.find(
      ({ Id }: { Id: string }) => Id === behaviourAt(brand, page).TargetOriginId,
    );
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([403, 404]);
    const fallback = Origins.find(({ Id }: { Id: string }) => Id === group.Members.Items[1].OriginId);
    expect(fallback.OriginPath).toBe('/g');
    expect(fallback.OriginCustomHeaders).toEqual([
      { HeaderName: 'x-gangway-host', HeaderValue: brand.host },
      { HeaderName: 'x-gangway-origin', HeaderValue: shownByReference },
      { HeaderName: 'accept', HeaderValue: 'text/html' },
    ]);
  });

  it('sends with a page what this program sends, and which brand it is of', () => {
    const { ResponseHeadersPolicyId, CachePolicyId, ViewerProtocolPolicy } = behaviourAt(brand, page);
    expect([CachePolicyId, ViewerProtocolPolicy]).toEqual([cachingOptimized, 'redirect-to-https']);
    const { SecurityHeadersConfig: of, CustomHeadersConfig } = resource(
      ResponseHeadersPolicyId.Ref,
    ).ResponseHeadersPolicyConfig;
    expect({
      'x-content-type-options': of.ContentTypeOptions.Override && 'nosniff',
      'referrer-policy': of.ReferrerPolicy.ReferrerPolicy,
      'content-security-policy': of.ContentSecurityPolicy.ContentSecurityPolicy,
      ...Object.fromEntries(
        CustomHeadersConfig.Items.map(({ Header, Value }: { Header: string; Value: string }) => [
          Header,
          Value,
        ]),
      ),
    }).toEqual({ ...pageHeaders, 'x-gangway-brand': brand.id });
    expect(of.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(31_536_000);
  });

  it('has the worker at the edge itself, byte for byte', () => {
    const answer = run(codeAt(brand, '/g/worker.js'), '/g/worker.js');
    expect(answer).toMatchObject({ statusCode: 200, body: { encoding: 'text', data: workerScript } });
    expect(Object.entries(workerHeaders)).toEqual(
      Object.entries((answer as { headers: object }).headers).map(([name, { value }]) => [name, value]),
    );
  });

  it('asks the program, never a cache, for every other route of a brand, with every header but Host', () => {
    const routes = Object.keys(brandTable)
      .map(route => route.slice(route.indexOf(' ') + 1))
      .filter(route => route !== '/*' && route !== '/g/worker.js');
    expect(routes.length).toBeGreaterThan(6);
    const asked = [
      ...routes.map(route => route.replace(':slug', slug).replace(/:[a-z]+/g, 'pho_abc')),
      '/api/events',
      '/api/calendar/1',
    ];
    for (const path of asked) {
      const behaviour = behaviourAt(brand, path);
      expect([path, behaviour.CachePolicyId, behaviour.OriginRequestPolicyId]).toEqual([
        path,
        cachingDisabled,
        allButHost,
      ]);
      expect(behaviour.AllowedMethods).toHaveLength(7);
      expect(behaviour.FunctionAssociations).toBeUndefined();
    }
  });

  it('gives everything else to the house where they share a host, else to the function, which knows nothing of it', () => {
    const elsewhere = behaviourAt(brand, '/desk/bookings');
    if (brand.host === 'sailjada.com') expect(elsewhere.CachePolicyId).toBe(cachingDisabled);
    else expect(run(codeAt(brand, '/desk/bookings'), '/desk/bookings')).toMatchObject({ statusCode: 404 });
  });
});

describe('brands', () => {
  it('share no bucket, distribution, function or policy of headers', () => {
    const of = (type: string) => made.all(type).length;
    expect(of('AWS::CloudFront::Distribution')).toBe(brands.length);
    expect(of('AWS::CloudFront::Function')).toBe(2 * brands.length);
    expect(of('AWS::CloudFront::ResponseHeadersPolicy')).toBe(brands.length);
    const used = brands.map(brand => behaviourAt(brand, `/g/${slug}`).ResponseHeadersPolicyId.Ref);
    expect(new Set(used).size).toBe(brands.length);
  });

  it('are refused when two would share a bucket', () => {
    const [first, second, ...others] = shapeOf().brands;
    if (!first || !second) throw new Error('two brands');
    const shape = shapeOf({ brands: [first, { ...second, bucket: first.bucket.toUpperCase() }, ...others] });
    expect(() => installationOf(shape)).toThrow(`Two brands share the bucket ${first.bucket}.`);
  });

  it('are refused when the buckets of two are swapped', () => {
    const [first, second, ...others] = shapeOf().brands;
    if (!first || !second) throw new Error('two brands');
    const swapped = [{ ...first, bucket: second.bucket }, { ...second, bucket: first.bucket }, ...others];
    expect(() => installationOf(shapeOf({ brands: swapped }))).toThrow(
      `The bucket ${second.bucket} has the name of the brand ${second.id}.`,
    );
  });
});
