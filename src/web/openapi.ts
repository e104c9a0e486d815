import { calendarOperations } from './openapi/calendar-operations.ts';
import { eventOperations } from './openapi/event-operations.ts';
import { mailOperations } from './openapi/mail-operations.ts';
import { type Access, type Answer, type Operation, refusalsOf, tags } from './openapi/operation.ts';
import { otherOperations } from './openapi/other-operations.ts';
import { photoOperations } from './openapi/photo-operations.ts';
import { jsonSchema, type SchemaName, schemas } from './openapi/schemas.ts';
import { webhookOperations } from './openapi/webhook-operations.ts';
import { wishesOperations } from './openapi/wishes-operations.ts';
import { type HttpCode, statusOf } from './statuses.ts';

/** What programs can ask of Gangway, in the order it is explained. */
export const operations: readonly Operation[] = [
  ...webhookOperations,
  ...mailOperations,
  ...eventOperations,
  ...calendarOperations,
  ...photoOperations,
  ...wishesOperations,
  ...otherOperations,
];

/** Every method and path of the document, aliases included. */
export const documentedRoutes = (): readonly { method: string; path: string }[] =>
  operations.flatMap(({ method, path, alias }) =>
    [path, alias].flatMap(each => (each === undefined ? [] : [{ method, path: each }])),
  );

/** Rises when a caller has to change something. */
const apiVersion = '1.0.0';

/** The OpenAPI 3.1 document of everything that programs call. Operations of the command line are not part of it. */
export function openApiDocument() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gangway',
      version: apiVersion,
      summary: 'From booking to boarding.',
      description:
        'Times without an offset are the clock at the berth; answers carry the offset. Errors are RFC 9457 problem documents with a stable `code`, a sentence and a cure; `/docs/errors` lists them. Gangway puts no amount into an answer to a service key, a dashboard token or a feed.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The house: desk, crew pages and APIs.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: pathItems(),
    components: {
      schemas: Object.fromEntries(
        (Object.keys(schemas) as SchemaName[]).map(name => [name, jsonSchema(name)]),
      ),
      securitySchemes,
    },
  };
}

const securitySchemes = {
  serviceKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Service-Key',
    description: 'A key with the scope `events`: `gangway key create --scope events`.',
  },
  serviceKeyOldName: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key.' },
  dashboardToken: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Dashboard-Token',
    description: 'A key with the scope `calendar`: `gangway key create --scope calendar`.',
  },
  webhookSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'webhook-signature',
    description:
      'Standard Webhooks: `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}` with the decoded secret of the source. Several, separated by spaces, while rotating.',
  },
} as const;

const security: Record<Access, readonly Partial<Record<keyof typeof securitySchemes, readonly []>>[]> = {
  'service key': [{ serviceKey: [] }, { serviceKeyOldName: [] }],
  'dashboard token': [{ dashboardToken: [] }],
  signature: [{ webhookSignature: [] }],
  address: [],
  nobody: [],
};

const brandServer = {
  url: 'https://{brandHost}',
  description: 'The host of a brand.',
  variables: { brandHost: { default: 'brand.example' } },
};

type PathItem = Record<string, unknown>;

function pathItems(): Record<string, PathItem> {
  const items: Record<string, PathItem> = {};
  const put = (path: string, method: string, operation: unknown) => {
    items[path] = { ...items[path], [method]: operation };
  };
  for (const operation of operations) put(operation.path, operation.method, operationObject(operation));
  for (const operation of operations) {
    if (operation.alias === undefined) continue;
    put(operation.alias, operation.method, {
      ...operationObject(operation),
      operationId: `${operation.id}AtOldAddress`,
      summary: `${operation.summary} (old address)`,
      description: `The same as \`${operation.method.toUpperCase()} ${operation.path}\`, for scripts that know it by this address.`,
      deprecated: true,
    });
  }
  return items;
}

function operationObject(operation: Operation) {
  const { id, tag, summary, description, access, parameters, body, rawBody } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    ...(operation.onBrandHost ? { servers: [brandServer] } : {}),
    security: security[access],
    ...(parameters
      ? {
          parameters: parameters.map(parameter => ({
            ...parameter,
            schema: parameter.schema ?? { type: 'string' },
          })),
        }
      : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: ref(body.schema),
                examples: Object.fromEntries(
                  Object.entries(body.examples).map(([name, value]) => [
                    name.replace(/[^A-Za-z0-9._-]+/g, '-'),
                    { summary: name, value },
                  ]),
                ),
              },
            },
          },
        }
      : {}),
    ...(rawBody
      ? {
          requestBody: {
            required: true,
            content: { [rawBody]: { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses: { ...answers(operation), ...problems(operation) },
  };
}

const answers = (operation: Operation) =>
  Object.fromEntries(Object.entries(operation.answers).map(([status, answer]) => [status, response(answer)]));

const response = ({ description, schema, type, example, headers }: Answer) => ({
  description,
  ...(headers
    ? {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, what]) => [
            name,
            { description: what, schema: { type: 'string' } },
          ]),
        ),
      }
    : {}),
  ...(schema || type
    ? {
        content: {
          [type ?? 'application/json']: {
            schema: schema ? ref(schema) : { type: 'string' },
            ...(example === undefined ? {} : { example }),
          },
        },
      }
    : {}),
});

/** Refusals by status. Where a status is also an answer, the answer stands and names are listed beside it. */
function problems(operation: Operation) {
  const byStatus = Map.groupBy(refusalsOf(operation), code => statusOf(code));
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !(status in operation.answers))
      .map(([status, codes]) => [
        status,
        {
          description: codes.map(code => `\`${code}\``).join(', '),
          ...(status === 429 || status === 507 ? { headers: { 'retry-after': retryAfter } } : {}),
          content: { 'application/problem+json': { schema: problemWith(codes) } },
        },
      ]),
  );
}

const retryAfter = { description: 'Seconds to wait.', schema: { type: 'integer' } };

const problemWith = (codes: readonly HttpCode[]) => ({
  allOf: [ref('Problem'), { type: 'object', properties: { code: { enum: codes } } }],
});

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
