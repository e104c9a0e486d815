import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';

const ofNag = 'AwsSolutions::AwsSolutions-';

/** What the rules of cdk-nag would have and this stack does otherwise, each with the reason. */
export const acknowledged: readonly { readonly rule: string; readonly reason: string }[] = [
  {
    rule: 'S1',
    reason:
      'The name of a page’s object is the guest’s key to it, and that of a photo or mail names a booking: an access log would be a list of keys. Writes are in CloudTrail where it is on.',
  },
  {
    rule: 'CFR3',
    reason: 'The path of a guest page is the guest’s key to it: an access log would be a list of keys.',
  },
  {
    rule: 'CFR1',
    reason: 'Guests book from anywhere; their links open from anywhere.',
  },
  {
    rule: 'CFR2',
    reason:
      'A web ACL is 5 dollars and a rule 1 dollar a month for each distribution, more than all else for a small operator. docs/operating/aws.md says when to add one.',
  },
  {
    rule: 'APIG4',
    reason:
      'Marketplaces sign, scripts have keys, crew and guests have links: each function checks for itself who asks, by the same code as on one machine (docs/reference/http.md).',
  },
  {
    rule: 'SMG4',
    reason:
      'What distributions show to the API is changed by a person in two steps, both values taken meanwhile (docs/operating/aws.md): a function that does it would need rights over distributions.',
  },
  {
    rule: 'SQS3',
    reason: 'It is the dead-letter queue itself; an alarm rings at its first message.',
  },
];

/** Acknowledges the above on the whole stack. Whatever else a rule finds stops the synth. */
export const acknowledge = (stack: Stack) =>
  Validations.of(stack).acknowledge(
    ...acknowledged.map(({ rule, reason }) => ({ id: `${ofNag}${rule}`, reason })),
  );

/** Why a statement of a role ends in a `*`, by its Sid. One that is not here stops the synth. */
const wildcards: Readonly<Record<string, string>> = {
  Log: 'Streams of its own log group; Lambda names them.',
  OwnExecutions: 'Versions of itself: an execution stays on the one it was started on.',
  Pages: 'The pages of a brand, under the prefix of its layout.',
  Originals: 'Objects of a bucket that holds nothing else.',
  Renditions: 'Objects of a bucket that holds nothing else.',
  Mails: 'Objects of a bucket that holds nothing else.',
  NoMoney: 'It denies.',
  NoWayAround: 'It denies.',
  NoRawMails: 'It denies.',
};

/** Acknowledges each wildcard of a role by itself, so that another one is found. */
export function acknowledgeWildcards(role: Role, statements: readonly PolicyStatement[]): void {
  const found = statements.flatMap(statement => {
    const reason = wildcards[statement.sid ?? ''];
    if (reason === undefined) return [];
    const spelledOut = [
      ...statement.actions.map(action => `Action::${action}`),
      ...statement.resources.map(resource => `Resource::${spelled(Stack.of(role).resolve(resource))}`),
    ];
    return spelledOut
      .filter(each => each.includes('*'))
      .map(each => ({ id: `${ofNag}IAM5[${each}]`, reason }));
  });
  if (found.length > 0) Validations.of(role).acknowledge(...found);
}

/** A resolved value in the words of cdk-nag: what only the deployment knows stands in angle brackets. */
function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref: ref,
    'Fn::GetAtt': att,
    'Fn::Join': join,
  } = value as {
    Ref?: string;
    'Fn::GetAtt'?: [string, string];
    'Fn::Join'?: [string, unknown[]];
  };
  if (join) return join[1].map(spelled).join(join[0]);
  return `<${ref ?? att?.join('.')}>`;
}
