import { Duration } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export type AlarmsProps = {
  /** Who gets a letter from AWS, not from this program: it may be what is broken. */
  readonly owners: readonly string[];
  readonly deadLetters: Queue;
  readonly workflows: readonly lambda.Function[];
  readonly ticks: readonly lambda.Function[];
  readonly monthlyBudget: number;
  /** Billing is measured in us-east-1 and nowhere else. */
  readonly isWhereBillingIs: boolean;
};

/** What wakes a person. Each alarm says in its description what to do. */
export class Alarms extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, props: AlarmsProps) {
    super(scope, 'Alarms');
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true, displayName: 'Gangway' });
    for (const email of props.owners) this.#topic.addSubscription(new EmailSubscription(email));

    for (const fn of props.workflows) {
      for (const [id, metricName, what] of [
        ['Failed', 'DurableExecutionFailed', 'failed'],
        ['TimedOut', 'DurableExecutionTimedOut', 'did not end within its time'],
      ] as const)
        this.#alarm(`${fn.node.scope?.node.id}${id}`, {
          metric: ofFunction(fn, metricName),
          threshold: 1,
          says: `A booking’s workflow ${what}: look under Failures on the desk, and run it again from there.`,
        });
    }
    for (const fn of props.ticks)
      this.#alarm(`${fn.node.scope?.node.id}Silent`, {
        metric: ofFunction(fn, 'Invocations', Duration.minutes(15)),
        threshold: 1,
        below: true,
        says: 'The tick has not run for 15 minutes: reminders and retries stand still. Look at its schedule and its log.',
      });
    this.#alarm('Surfaces', {
      // From the books' tick, each minute; the least of a quarter of an hour, because most of what fails is well by itself.
      metric: ofHouse('surfaces_troubled', 'Minimum', Duration.minutes(15)),
      threshold: 1,
      says: 'Somebody has not been told what is true, for a quarter of an hour: look under Failures on the desk, which says who, why and what to do.',
    });
    this.#alarm('Overdue', {
      metric: ofHouse('surfaces_overdue', 'Maximum', Duration.minutes(5)),
      threshold: 1,
      says: 'Nothing failed, but a letter has waited or a booking has been under way for a quarter of an hour: look under Failures on the desk, then at errors and throttles of gangway-fulfil and gangway-books, and at SES.',
    });
    this.#alarm('DeadLetters', {
      metric: props.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      says: 'An event was given up after three attempts: read it in the queue, mend the cause, send it again.',
    });
    this.#alarm('Bounces', {
      metric: reputation('BounceRate'),
      threshold: 0.05,
      says: 'One in twenty letters bounces; at one in ten SES stops sending. Look at the addresses that come in.',
    });
    this.#alarm('Complaints', {
      metric: reputation('ComplaintRate'),
      threshold: 0.001,
      says: 'One in a thousand recipients complains; SES looks into it at that.',
    });
    if (props.isWhereBillingIs)
      this.#alarm('Cost', {
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Billing',
          metricName: 'EstimatedCharges',
          dimensionsMap: { Currency: 'USD' },
          statistic: 'Maximum',
          period: Duration.hours(6),
        }),
        threshold: props.monthlyBudget,
        says: 'This month costs more than aws.monthlyBudget. gangway cost says what it should cost.',
      });
    budget(this, props);
  }

  #alarm(
    id: string,
    it: { metric: cloudwatch.IMetric; threshold: number; says: string; below?: true },
  ): void {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: it.says,
      metric: it.metric,
      threshold: it.threshold,
      evaluationPeriods: 1,
      comparisonOperator: it.below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: it.below
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    alarm.addOkAction(new SnsAction(this.#topic));
  }
}

/** A number that the program gives of itself. */
const ofHouse = (metricName: string, statistic: 'Minimum' | 'Maximum', period: Duration) =>
  new cloudwatch.Metric({ namespace: 'Gangway', metricName, statistic, period });

const ofFunction = (fn: lambda.Function, metricName: string, period = Duration.minutes(5)) =>
  new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: fn.functionName },
    statistic: 'Sum',
    period,
  });

const reputation = (name: 'BounceRate' | 'ComplaintRate') =>
  new cloudwatch.Metric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${name}`,
    statistic: 'Maximum',
    period: Duration.hours(1),
  });

function budget(scope: Construct, { monthlyBudget, owners }: AlarmsProps): void {
  const notice = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: owners.slice(0, 10).map(address => ({ subscriptionType: 'EMAIL', address })),
  });
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: 'gangway',
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyBudget, unit: 'USD' },
    },
    notificationsWithSubscribers: [notice('ACTUAL', 80), notice('FORECASTED', 100)],
  });
}
