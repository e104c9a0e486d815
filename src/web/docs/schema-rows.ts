import type { JsonSchema } from '../openapi/schemas.ts';

/** One field of a body as a person reads it. */
export type FieldRow = {
  /** `crew[].id`. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: string;
  readonly description: string;
};

/** A body, or one of the forms it can have. */
export type Form = { readonly title: string | null; readonly rows: readonly FieldRow[] };

/** The fields of a body, inner ones by their path. Forms that differ in nothing but what they are called are one. */
export function formsOf(schema: JsonSchema): readonly Form[] {
  const variants = schema.oneOf as readonly JsonSchema[] | undefined;
  if (!variants) return [{ title: null, rows: rowsOf(schema, '') }];
  const forms = new Map<string, { titles: string[]; rows: FieldRow[] }>();
  for (const variant of variants) {
    const rows = rowsOf(variant, '');
    const title = constantOf(variant);
    const alike = JSON.stringify(rows.filter(row => row.name !== 'type'));
    const known = forms.get(alike);
    if (known) known.titles.push(title);
    else forms.set(alike, { titles: [title], rows });
  }
  return [...forms.values()].map(({ titles, rows }) => ({
    title: `type ${titles.map(title => `\`${title}\``).join(' or ')}`,
    rows: rows.filter(row => row.name !== 'type'),
  }));
}

const properties = (schema: JsonSchema) =>
  Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);

const constantOf = (schema: JsonSchema): string =>
  String(properties(schema).find(([name]) => name === 'type')?.[1].const ?? '');

function rowsOf(schema: JsonSchema, before: string): FieldRow[] {
  const required = (schema.required ?? []) as readonly string[];
  return properties(schema).flatMap(([key, property]) => {
    const name = before + key;
    const items = property.items as JsonSchema | undefined;
    const row: FieldRow = {
      name,
      isRequired: required.includes(key),
      type: typeText(property),
      description: String(property.description ?? ''),
    };
    const inner = items ? rowsOf(items, `${name}[].`) : rowsOf(property, `${name}.`);
    return [row, ...inner];
  });
}

/** What a value has to be, in words: `text, at most 120 characters`. */
export function typeText(schema: JsonSchema): string {
  const choices = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (choices) return choices.map(typeText).join(' or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return (schema.enum as readonly unknown[]).map(value => `\`${value}\``).join(', ');
  const types = [schema.type].flat() as (string | undefined)[];
  return [...types].map(type => oneType(type, schema)).join(' or ') + defaultText(schema);
}

const defaultText = ({ default: value }: JsonSchema) =>
  value === undefined || typeof value === 'object' ? '' : `; \`${value}\` if not said`;

function oneType(type: string | undefined, schema: JsonSchema): string {
  switch (type) {
    case 'string':
      return textType(schema);
    case 'integer':
    case 'number':
      return `${type === 'integer' ? 'whole number' : 'number'}${rangeText(schema)}`;
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return schema.maxItems === undefined ? 'list' : `list, at most ${schema.maxItems}`;
    case 'object':
      return 'object';
    case 'null':
      return '`null`';
    default:
      return 'anything';
  }
}

const formats: Readonly<Record<string, string>> = {
  'date-time': 'instant with offset',
  date: 'day such as 2027-05-30',
  uri: 'address',
};

function textType({ format, pattern, maxLength }: JsonSchema): string {
  if (typeof format === 'string' && formats[format]) return formats[format];
  if (typeof pattern === 'string') return `text like \`${pattern.replace('[\\s\\S]{0,}', '…')}\``;
  return maxLength === undefined ? 'text' : `text, at most ${maxLength} characters`;
}

function rangeText({ minimum, maximum }: JsonSchema): string {
  const isSafe = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isSafe(minimum) && isSafe(maximum)) return ` from ${minimum} to ${maximum}`;
  if (isSafe(minimum)) return `, ${minimum} or more`;
  return isSafe(maximum) ? `, at most ${maximum}` : '';
}
