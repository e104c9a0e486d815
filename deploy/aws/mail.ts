import { Aws, CfnOutput } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as actions from 'aws-cdk-lib/aws-ses-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { LambdaFunction } from '../../src/main/lambda/function-parts.ts';
import { configurationSetName } from './names.ts';
import type { Program } from './program.ts';
import type { Store } from './store.ts';

export type MailProps = {
  /** Domains letters come from. */
  readonly senders: readonly string[];
  /** Domain that takes mails, or null. */
  readonly inbound: string | null;
  readonly functions: readonly LambdaFunction[];
  readonly program: Program;
  readonly store: Store;
};

/** Letters out and mails in: identities, what is reported of letters, and the rule that lays mails down. */
export class Mail extends Construct {
  constructor(scope: Construct, { senders, inbound, functions, program, store }: MailProps) {
    super(scope, 'Mail');
    const set = new ses.ConfigurationSet(this, 'Set', {
      configurationSetName,
      reputationMetrics: true,
      tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    for (const domain of senders) {
      const { dkimRecords } = new ses.EmailIdentity(this, domain, {
        identity: ses.Identity.domain(domain),
        configurationSet: set,
        mailFromDomain: `bounce.${domain}`,
      });
      new CfnOutput(this, `Dkim-${domain}`, {
        value: dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`).join('; '),
      });
    }

    const told = functions.find(({ triggers }) => triggers.some(({ on }) => on === 'mail event'));
    const toldFunction = told && program.of(told.name);
    const events = new sns.Topic(this, 'Events', { enforceSSL: true });
    set.addEventDestination('Fate', {
      destination: ses.EventDestination.snsTopic(events),
      events: [
        ses.EmailSendingEvent.BOUNCE,
        ses.EmailSendingEvent.COMPLAINT,
        ses.EmailSendingEvent.REJECT,
        ses.EmailSendingEvent.DELIVERY,
      ],
    });
    if (toldFunction) events.addSubscription(new LambdaSubscription(toldFunction));

    const taking = functions.find(({ triggers }) => triggers.some(({ on }) => on === 'mail received'));
    const takingFunction = taking && program.of(taking.name);
    if (inbound === null) return;
    store.mails.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LaidDownBySes',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [store.mails.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const rules = new ses.ReceiptRuleSet(this, 'Rules', { receiptRuleSetName: 'gangway' });
    rules.addRule('Mails', {
      recipients: [inbound],
      scanEnabled: true,
      tlsPolicy: ses.TlsPolicy.REQUIRE,
      actions: [
        new actions.S3({ bucket: store.mails }),
        ...(takingFunction ? [new actions.Lambda({ function: takingFunction })] : []),
      ],
    });
  }
}
