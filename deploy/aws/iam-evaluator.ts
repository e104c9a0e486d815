/** A statement as it stands in a policy document, with its values filled in. */
export type Statement = {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
};

export type Asked = {
  readonly action: string;
  readonly resource: string;
  /** The keys of the request: `dynamodb:LeadingKeys`, `s3:prefix`. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
};

/**
 * What IAM says of a request under one role's policy: an explicit deny wins, then a statement that allows, else no.
 * Knows the condition operators this stack uses and throws on any other, so that none is passed over.
 */
export function evaluate(
  statements: readonly Statement[],
  asked: Asked,
): 'allowed' | 'denied' | 'not allowed' {
  const fitting = statements.filter(statement => fits(statement, asked));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return fitting.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'not allowed';
}

const fits = ({ Action, Resource, Condition = {} }: Statement, { action, resource, context = {} }: Asked) =>
  list(Action).some(pattern => like(pattern.toLowerCase(), action.toLowerCase())) &&
  list(Resource).some(pattern => like(pattern, resource)) &&
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, patterns]) => holds(operator, context[key], list(patterns))),
  );

/** Of a request that says nothing under a key no statement holds that asks for it, as IAM has it. */
function holds(
  operator: string,
  values: readonly string[] | undefined,
  patterns: readonly string[],
): boolean {
  const some = (value: string) => patterns.some(pattern => like(pattern, value));
  switch (operator) {
    case 'ForAnyValue:StringLike':
    case 'StringLike':
      return values?.some(some) ?? false;
    case 'ForAllValues:StringLike':
      return values?.every(some) ?? true;
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** IAM's `*` and `?`. */
const like = (pattern: string, value: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value);
