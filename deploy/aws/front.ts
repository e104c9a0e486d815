import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { type CfnStage, HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { answersTheRest } from '../../src/main/lambda/answering.ts';
import type { LambdaFunction } from '../../src/main/lambda/function-parts.ts';
import { type ProgramPlace, programOrigin, uncached } from './brand-edge.ts';
import { originSecretName } from './names.ts';
import type { Program } from './program.ts';

/** Of a request: which route, how it went. Never its path, which may be somebody's key, nor who asked. */
const logged = {
  id: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  failed: '$context.integrationErrorMessage',
};

/** The HTTP API in front of the functions. Made before them, because distributions name it and functions name distributions. */
export class Front extends Construct {
  readonly api: HttpApi;
  /** What the distributions ask, and what `gangway doctor --aws` compares them with. */
  readonly place: ProgramPlace;

  /** `shown`: the number of the value in the secret that distributions show. */
  constructor(scope: Construct, { shown }: { shown: number }) {
    super(scope, 'Front');
    this.api = new HttpApi(this, 'Api', {
      apiName: 'gangway',
      description: 'The program behind every distribution. Each function checks who asks by itself.',
      defaultAuthorizer: new HttpNoneAuthorizer(),
    });
    const domain = `${this.api.apiId}.execute-api.${this.api.stack.region}.${this.api.stack.urlSuffix}`;
    const secret = new Secret(this, 'Secret', {
      secretName: originSecretName,
      description: 'What distributions show to the API: one value, or two while it is changed.',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: '1',
        passwordLength: 48,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // In the template it is a reference that CloudFormation follows; the value itself is in the distributions alone.
    this.place = { domain, secret: secret.secretValueFromJson(String(shown)).unsafeUnwrap() };
    const stage = this.api.defaultStage?.node.defaultChild as CfnStage;
    stage.accessLogSettings = {
      destinationArn: new LogGroup(this, 'Log', {
        logGroupName: '/gangway/http',
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }).logGroupArn,
      format: JSON.stringify(logged),
    };
    stage.defaultRouteSettings = { throttlingBurstLimit: 500, throttlingRateLimit: 250 };
    new CfnOutput(this, 'Origin', { exportName: 'gangway-origin', value: `https://${domain}` });
  }

  /** Leads every path of the list to its function; what no path is for goes where the list says. */
  lead(functions: readonly LambdaFunction[], program: Program): void {
    for (const it of functions) {
      const fn = program.of(it.name);
      const asked = it.triggers.filter(trigger => trigger.on === 'http');
      if (!fn || asked.length === 0) continue;
      const integration = new HttpLambdaIntegration(`To-${it.name}`, fn);
      const paths = asked.flatMap(({ paths }) => paths.map(routeKey));
      for (const path of paths) this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration });
      if (answersTheRest.house === it.name)
        this.api.addRoutes({ path: '/{proxy+}', methods: [HttpMethod.ANY], integration });
      // A page that is not in its bucket: it has the brand's own 404.
      if (answersTheRest.brand === it.name)
        this.api.addRoutes({ path: '/g/{proxy+}', methods: [HttpMethod.ANY], integration });
    }
  }
}

/** A path of the list in API Gateway's words: `*` in the middle is one segment, at the end whatever remains. */
export const routeKey = (path: string): string =>
  path
    .split('/')
    .map((part, index, all) =>
      part !== '*' ? part : index === all.length - 1 ? '{proxy+}' : `{part${index}}`,
    )
    .join('/');

/** Where the house has a host of its own: its distribution, on which everything is the program's. */
export function houseDistribution(
  scope: Construct,
  it: { host: string; program: ProgramPlace; certificate: ICertificate },
): cloudfront.Distribution {
  return new cloudfront.Distribution(scope, 'House', {
    comment: 'Gangway: desk, crew pages and APIs',
    domainNames: [it.host],
    certificate: it.certificate,
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
    defaultBehavior: uncached(programOrigin(it.host, it.program)),
  });
}
