import * as z from 'zod';
import { configShape } from '../src/main/config/shape.ts';

type Schema = {
  type?: string | undefined | (string | undefined)[];
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
};

type Row = { path: string; type: string; needed: string; meaning: string };

const opening = `# Configuration

<!-- Written by \`node scripts/reference.ts\` from src/main/config/shape.ts. Change it there. -->

One file, \`gangway.config.ts\`, made by \`gangway init\` or by hand:

\`\`\`ts
import { defineConfig } from 'gangway/config';

export default defineConfig({ house: { … }, brands: [ … ], vessels: [ … ], people: [ … ] });
\`\`\`

It is read once, at start. Everything wrong with it is reported together, each problem with its path and its cure, and nothing starts with a bad one. A field that is not listed here is refused, so a slip of spelling cannot go unnoticed. \`gangway doctor\` checks it without starting anything. [examples/jada/gangway.config.ts](../../examples/jada/gangway.config.ts) is a complete one.

Secrets are never in it: it names where they stand, \`{ env: 'NAME' }\` or \`{ file: 'path' }\` (relative to the configuration). They are listed [at the end](#secrets).

Beyond this file: \`GANGWAY_DATA\` names the data folder where \`--data\` does not; without either it is \`./data\`.
`;

const sections: Record<string, string> = {
  house: 'The operator: desk, crew pages and APIs.',
  server: 'How the process is reached. May be left out on one machine.',
  brands: 'One for each name guests know. Brands see nothing of each other.',
  vessels: 'One for each boat.',
  people: 'Everybody who works here. Somebody has to be owner.',
  sources: 'Who sends bookings.',
  webhooks: 'Your own programs that are told what happens.',
  money: 'The books. Rules are dated data: the one that holds on the day of the trip applies.',
  mail: 'How letters go out.',
  access: 'Where the keys stand.',
  aws: 'Only for the AWS edition; the embedded one reads past it.',
  retention: 'How long things stay.',
};

/** docs/reference/config.md: every field with its type, whether it has to be there, and what it means. */
export function configReference(): string {
  const schema = z.toJSONSchema(configShape, { io: 'input', unrepresentable: 'any' }) as Schema;
  const parts = Object.entries(schema.properties ?? {}).map(([key, field]) => {
    const rows = rowsOf(key, field, schema.required?.includes(key) ?? false);
    return `## ${key}\n\n${sections[key] ?? ''}\n\n${table(rows)}\n`;
  });
  return [opening, ...parts, secrets].join('\n');
}

const table = (rows: readonly Row[]) =>
  [
    '| field | is | needed | meaning |',
    '|---|---|---|---|',
    ...rows.map(({ path, type, needed, meaning }) => `| \`${path}\` | ${type} | ${needed} | ${meaning} |`),
  ]
    .map(line => line.replaceAll(/ {2,}/g, ' '))
    .join('\n');

/** The field itself, unless it only holds others, and everything inside it. */
function rowsOf(path: string, schema: Schema, isRequired: boolean): Row[] {
  const variants = schema.oneOf ?? [];
  if (variants.length > 0)
    return [kindRow(path, schema, variants, isRequired), ...variantRows(path, variants)];
  const row: Row = {
    path,
    type: typeOf(schema),
    needed: isRequired ? 'yes' : defaultOf(schema),
    meaning: (schema.description ?? '').replaceAll('|', '\\|'),
  };
  if (schema.items?.properties) {
    const inner = fieldsOf(`${path}[]`, schema.items);
    return path.includes('.') || path.includes('[') ? [row, ...inner] : inner;
  }
  if (!schema.properties) return [row];
  const inner = fieldsOf(path, schema);
  return schema.description ? [row, ...inner] : inner;
}

const fieldsOf = (path: string, { properties = {}, required = [] }: Schema): Row[] =>
  Object.entries(properties).flatMap(([key, field]) =>
    rowsOf(`${path}.${key}`, field, required.includes(key)),
  );

const kindOf = (variant: Schema) => String(variant.properties?.kind?.const);

const kindRow = (path: string, schema: Schema, variants: Schema[], isRequired: boolean): Row => ({
  path: `${path}.kind`,
  type: variants.map(variant => `\`'${kindOf(variant)}'\``).join(', '),
  needed: isRequired ? 'yes' : `\`'${(schema.default as { kind: string } | undefined)?.kind}'\` if left out`,
  meaning: schema.description ?? '',
});

const variantRows = (path: string, variants: Schema[]): Row[] =>
  variants.flatMap(variant =>
    fieldsOf(path, variant)
      .filter(row => row.path !== `${path}.kind`)
      .map(row => ({ ...row, meaning: `For \`'${kindOf(variant)}'\`. ${row.meaning}` })),
  );

const isSecret = ({ anyOf }: Schema) =>
  anyOf?.some(({ properties }) => properties?.env) && anyOf.some(({ properties }) => properties?.file);

function typeOf(schema: Schema): string {
  if (isSecret(schema)) return 'where a [secret](#secrets) stands';
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map(value => `\`'${value}'\``).join(', ');
  if (schema.format === 'date') return "day, `'2027-05-30'`";
  if (schema.format === 'email') return 'e-mail address';
  if (schema.format === 'uri') return 'address';
  const [first, ...others] = [schema.type].flat();
  if (others.length > 0) return [first, ...others].map(type => typeOf({ ...schema, type })).join(' or ');
  switch (first) {
    case 'integer':
      return `whole number${rangeOf(schema)}`;
    case 'number':
      return `number${rangeOf(schema)}`;
    case 'array':
      return schema.items?.properties ? 'list' : `list of: ${typeOf(schema.items ?? {})}`;
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `by name: ${typeOf(schema.additionalProperties)}`
        : 'object';
    case 'null':
      return '`null`';
    case 'boolean':
      return '`true`, `false`';
    default:
      return 'text';
  }
}

const rangeOf = ({ minimum, maximum }: Schema) =>
  minimum !== undefined && maximum !== undefined && Math.abs(maximum) < Number.MAX_SAFE_INTEGER
    ? `, ${minimum} to ${maximum}`
    : '';

function defaultOf(schema: Schema): string {
  const { default: value } = schema;
  if (value === undefined) return 'no';
  if (Array.isArray(value) && value.length === 0) return 'no';
  if (isSecret(schema)) return `\`${(value as { env: string }).env}\` if left out`;
  if (value !== null && typeof value === 'object') return 'no';
  return `\`${typeof value === 'string' ? `'${value}'` : value}\` if left out`;
}

const secrets = `## Secrets

They stand in the environment of the process, in \`gangway.env\` beside the configuration (mode 0600: a key file that others can read is refused), or in files of their own. A variable of the environment counts before the key file. \`gangway init\` makes all of them. Nothing starts with one that is unset, empty, blank, short, a placeholder, a repetition, or the same under two names; the refusal names the variable and never shows the value.

| variable | is | how to make one |
|---|---|---|
| \`GANGWAY_LINK_KEY\` | makes every secret link: crew pages, sign-in, feeds. Changing it ends them all. | \`openssl rand -base64 32\` |
| \`SERVICE_KEY_HASH\` | SHA-256 of the key that scripts send as \`X-Service-Key\`. | \`KEY="gwk_$(openssl rand -base64 32)"\`, give that to the script, and set this to \`printf %s "$KEY" \\| sha256sum \\| cut -d' ' -f1\` |
| \`DASHBOARD_TOKEN_HASH\` | SHA-256 of the token that scripts send as \`X-Dashboard-Token\`. | the same, with a token of its own |
| \`BOATSETTER_WEBHOOK_SECRET\` and one for each further source | signs the webhooks of that source; the name is yours to choose in \`sources[].secret\`. | \`echo "whsec_$(openssl rand -base64 32)"\`, and give it to the sender; for a marketplace with a scheme of its own, what it shows for its webhook |
| whatever \`sources[].nextSecret\` names | a second signing secret, accepted too while you rotate. | the same |
| whatever \`sources[].urlSecret\` names | the last part of the webhook address, or its password, for a marketplace that cannot sign. | \`openssl rand -hex 32\` |
| whatever \`sources[].api\` names | the keys to the API of a marketplace. | from the settings of the marketplace; reading bookings is all they need |
| whatever \`webhooks[].secret\` names | signs what that program of yours is told. | \`echo "whsec_$(openssl rand -base64 32)"\`, and give it to the program |
| whatever \`mail.password\` names | password at the mail server. | from whoever runs the mail server |

Hashes may be two, separated by a comma, while you rotate; bcrypt hashes of an older set-up are understood. More keys for scripts come from \`gangway key create\`; they are kept as hashes in the data folder. How to rotate: [docs/operating/embedded.md](../operating/embedded.md#rotating-secrets).
`;
