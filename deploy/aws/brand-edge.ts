import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Brand } from '../../src/booking/fleet.ts';
import type { BrandPlace } from '../../src/guest-page/brand-places.ts';
import { brandHeader, pageHeaders } from '../../src/guest-page/page-headers.ts';
import {
  edgeFunction,
  edgeFunctionLimit,
  iamPrefix,
  workerFunction,
} from '../../src/guest-page/page-routing.ts';
import { hostHeader, originHeader } from '../../src/main/lambda/edge-headers.ts';
import { paths } from '../../src/ui/paths.ts';
import { askedOfTheBucket, askedOfTheProgram } from './edge-paths.ts';

export type BrandEdgeProps = {
  readonly brand: Brand;
  readonly program: ProgramPlace;
  readonly certificate: ICertificate;
  /** Whether desk, crew pages and APIs answer at this host as well. */
  readonly isHouse: boolean;
};

/** All that stands between one brand's guests and its pages: a bucket, a distribution, the generated functions. Shared with no other brand. */
export class BrandEdge extends Construct {
  readonly brand: Brand;
  readonly bucket: Bucket;
  readonly distribution: cloudfront.Distribution;
  /** What the program is told of it, and checks at boot. */
  readonly place: BrandPlace;

  constructor(scope: Construct, { brand, program, certificate, isHouse }: BrandEdgeProps) {
    super(scope, `Brand-${brand.id}`);
    this.brand = brand;
    this.bucket = pagesBucket(this, brand);

    const fromProgram = uncached(programOrigin(brand.host, program));
    const pages = this.#pages(brand, program);
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `Gangway: ${brand.name}`.slice(0, 128),
      domainNames: [brand.host],
      certificate,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      defaultBehavior: isHouse ? fromProgram : pages,
      additionalBehaviors: {
        ...Object.fromEntries(askedOfTheProgram().map(path => [path, fromProgram])),
        [paths.guestWorker]: { ...pages, functionAssociations: [atViewer(this, 'Worker', workerFunction())] },
        ...Object.fromEntries(isHouse ? askedOfTheBucket(brand).map(path => [path, pages]) : []),
      },
    });
    this.place = {
      bucket: brand.bucket,
      distribution: this.distribution.distributionId,
      host: brand.host,
      prefix: iamPrefix(brand.layout),
    };
  }

  /** Pages come from the bucket; for one that is not there the program is asked, which has the brand's own 404. */
  #pages(brand: Brand, program: ProgramPlace): cloudfront.BehaviorOptions {
    const missing = programOrigin(brand.host, program, { originPath: '/g', accept: 'text/html' });
    return {
      origin: new OriginGroup({
        primaryOrigin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        fallbackOrigin: missing,
        // Without the right to list, S3 says 403 of what is not there.
        fallbackStatusCodes: [403, 404],
      }),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      functionAssociations: [atViewer(this, 'Rewrite', edgeFunction(brand))],
      responseHeadersPolicy: headersOf(this, brand),
    };
  }
}

/** What the program answers is never kept at the edge and gets every header but Host, which the API itself goes by. */
export const uncached = (origin: cloudfront.IOrigin): cloudfront.BehaviorOptions => ({
  origin,
  allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
  viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
  cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
  originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  compress: false,
});

/** Where the program answers: the domain of its HTTP API, and what it wants to be shown, as CloudFormation resolves it. */
export type ProgramPlace = { readonly domain: string; readonly secret: string };

/** The program behind one host's distribution, which says for whom it asks: the API's own Host would say nothing. */
export const programOrigin = (
  host: string,
  { domain, secret }: ProgramPlace,
  { originPath, accept }: { originPath?: string; accept?: string } = {},
) =>
  new HttpOrigin(domain, {
    protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    readTimeout: Duration.seconds(30),
    ...(originPath ? { originPath } : {}),
    customHeaders: { [hostHeader]: host, [originHeader]: secret, ...(accept ? { accept } : {}) },
  });

function pagesBucket(scope: Construct, { bucket }: Brand): Bucket {
  return new Bucket(scope, 'Bucket', {
    bucketName: bucket,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    // A withdrawn page is a person's: its versions go too.
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(7), expiredObjectDeleteMarker: true }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** CloudFront refuses a longer text when it is deployed; this refuses it when it is written. */
function atViewer(scope: Construct, id: string, code: string): cloudfront.FunctionAssociation {
  if (Buffer.byteLength(code) > edgeFunctionLimit)
    throw new Error(
      `The function ${scope.node.path}/${id} is longer than the ${edgeFunctionLimit} bytes CloudFront takes.`,
    );
  return {
    eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
    function: new cloudfront.Function(scope, id, {
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      code: cloudfront.FunctionCode.fromInline(code),
    }),
  };
}

/** The headers this program sends with a page, and which brand the distribution is for: `gangway doctor --aws` looks at it. */
function headersOf(scope: Construct, brand: Brand): cloudfront.ResponseHeadersPolicy {
  const year = Duration.days(365);
  return new cloudfront.ResponseHeadersPolicy(scope, 'Headers', {
    comment: `Guest pages of ${brand.id}`,
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      referrerPolicy: {
        referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER,
        override: true,
      },
      contentSecurityPolicy: {
        contentSecurityPolicy: pageHeaders['content-security-policy'],
        override: true,
      },
      strictTransportSecurity: { accessControlMaxAge: year, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'x-robots-tag', value: pageHeaders['x-robots-tag'], override: true },
        { header: brandHeader, value: brand.id, override: true },
      ],
    },
  });
}
