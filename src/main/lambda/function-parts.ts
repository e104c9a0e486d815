/** What a function may have to do with amounts. `never`: its role is denied the money's partitions and it may ask nobody. */
export type MoneyAccess = 'reads and writes' | 'asks whether it leaks' | 'never';

/** What a function needs secrets for. Each stands for some of those that the configuration names; none is there for show. */
export type SecretUse =
  | 'links'
  | 'service keys'
  | 'webhooks in'
  | 'marketplaces'
  | 'mails in'
  | 'calendars in'
  | 'calendar servers'
  | 'webhooks out';

/** What stands outside the table. Pages: one bucket per brand. Mails: where SES lays down what comes in. */
export type Place = 'pages' | 'photo originals' | 'photo renditions' | 'mails';

/**
 * What wakes a function. A `path` is one of an HTTP route: `*` in the middle is one segment, at the end whatever remains.
 * Functions that are invoked get ids only, never a person or an amount; `leaks` gets the text it is asked about.
 */
export type Trigger =
  | { readonly on: 'http'; readonly face: 'house' | 'brand'; readonly paths: readonly string[] }
  | { readonly on: 'mail received' }
  | { readonly on: 'mail event' }
  | { readonly on: 'photo received' }
  | { readonly on: 'minute' }
  | { readonly on: 'workflow'; readonly workflow: `${string}@${number}` }
  | { readonly on: 'invoked'; readonly wait: 'for the answer' | 'for nothing' };

export type LambdaFunction = {
  readonly name: FunctionName;
  readonly does: string;
  /** The module that exports `handler`. */
  readonly entry: `src/main/lambda/${string}.ts`;
  readonly triggers: readonly Trigger[];
  readonly money: MoneyAccess;
  readonly reaches: readonly Place[];
  readonly sendsMail: boolean;
  /** Its role is let at the secrets for these and at no other. */
  readonly secrets: readonly SecretUse[];
  /** Those it may invoke; a durable one by its alias and under the name of an execution. */
  readonly invokes: readonly FunctionName[];
  /** MB. */
  readonly memory: number;
  /** Seconds of one invocation. */
  readonly timeout: number;
};

export const functionNames = [
  'house',
  'intake',
  'crew',
  'guest',
  'fulfil',
  'books',
  'open-books',
  'leaks',
  'tick',
  'tick-books',
  'mail-in',
  'mail-events',
  'photos',
] as const;
export type FunctionName = (typeof functionNames)[number];
