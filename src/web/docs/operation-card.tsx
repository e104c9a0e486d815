import { Card, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { type Access, type Operation, type Parameter, refusalsOf } from '../openapi/operation.ts';
import type { SchemaName } from '../openapi/schemas.ts';
import { operations } from '../openapi.ts';
import { type HttpCode, statusOf } from '../statuses.ts';
import { Prose } from './prose.tsx';
import { typeText } from './schema-rows.ts';

const wayIn: Record<Access, string> = {
  'service key': 'Header `X-Service-Key` (or `X-API-Key`): a key with the scope `events`.',
  'dashboard token': 'Header `X-Dashboard-Token`: a key with the scope `calendar`.',
  signature: 'Signed with the secret of the source: header `webhook-signature`.',
  address: 'Whoever has the address.',
  nobody: 'Anybody who reaches the port.',
};

/** One operation: what it does, who may call it, what goes in and what comes out. */
export function OperationCard(operation: Operation) {
  const { id, method, path, alias, summary, description, access, parameters, body, onBrandHost } = operation;
  return (
    <Card title={summary} id={id}>
      <p class="call">
        <code>
          <b>{method.toUpperCase()}</b> {path}
        </code>
        {alias && (
          <small>
            {' '}
            also at <code>{alias}</code>
          </small>
        )}
        {onBrandHost && <small> on the host of a brand</small>}
      </p>
      <p>
        <Prose text={description} />
      </p>
      <p>
        <strong>Who: </strong>
        <Prose text={wayIn[access]} />
      </p>
      {parameters && <Parameters parameters={parameters} />}
      {body && (
        <div class="stack">
          <p>
            <strong>Body: </strong>
            <SchemaLink name={body.schema} />
          </p>
          <BodyExamples operation={operation} body={body} />
        </div>
      )}
      <Answers operation={operation} />
    </Card>
  );
}

/** The first is shown, the others open on demand; what an earlier operation showed is not repeated. */
function BodyExamples({ operation, body }: { operation: Operation; body: NonNullable<Operation['body']> }) {
  const first = operations.find(({ body: other }) => other?.schema === body.schema) ?? operation;
  if (first.id !== operation.id) {
    return (
      <p>
        Examples stand at <a href={`#${first.id}`}>{first.summary}</a>.
      </p>
    );
  }
  const [shown, ...more] = Object.entries(body.examples);
  return (
    <>
      {shown && <Example name={shown[0]} value={shown[1]} />}
      {more.map(([name, value]) => (
        <details>
          <summary>{name}</summary>
          <Example value={value} />
        </details>
      ))}
    </>
  );
}

const SchemaLink = ({ name }: { name: SchemaName }) => (
  <a href={`#body-${name}`}>
    <code>{name}</code>
  </a>
);

const Example = ({ name, value }: { name?: string; value: unknown }) => (
  <figure>
    {name && <figcaption class="quiet">{name}</figcaption>}
    <pre tabindex={0}>{JSON.stringify(value, null, 2)}</pre>
  </figure>
);

const Parameters = ({ parameters }: { parameters: readonly Parameter[] }) => (
  <Table<Parameter>
    caption="Parameters"
    rows={parameters}
    columns={[
      { label: 'Name', kind: 'title', cell: ({ name }) => <code>{name}</code> },
      { label: 'In', cell: parameter => parameter.in },
      { label: 'Needed', cell: ({ required }) => (required ? 'yes' : 'no') },
      { label: 'Is', cell: ({ schema }) => <Prose text={typeText(schema ?? { type: 'string' })} /> },
      { label: 'Meaning', cell: ({ description }) => <Prose text={description} /> },
    ]}
  />
);

type AnswerRow = {
  status: number;
  description: string;
  schema?: SchemaName;
  type?: string;
  codes: readonly HttpCode[];
};

function Answers({ operation }: { operation: Operation }) {
  const refused = Map.groupBy(refusalsOf(operation), code => statusOf(code));
  const rows: AnswerRow[] = [
    ...Object.entries(operation.answers).map(([status, { description, schema, type }]) => ({
      status: Number(status),
      description,
      ...(schema ? { schema } : {}),
      ...(type ? { type } : {}),
      codes: [],
    })),
    ...[...refused].map(([status, codes]) => ({ status, description: '', codes })),
  ].sort((a, b) => a.status - b.status);
  const examples = Object.entries(operation.answers).filter(([, { example }]) => example !== undefined);
  return (
    <>
      <Table<AnswerRow>
        caption="Answers"
        rows={rows}
        columns={[
          { label: 'Status', kind: 'title', cell: ({ status }) => status },
          {
            label: 'Meaning',
            cell: ({ description, codes }) =>
              codes.length === 0 ? <Prose text={description} /> : <Codes codes={codes} />,
          },
          {
            label: 'Body',
            cell: ({ schema, type, codes }) =>
              schema ? (
                <SchemaLink name={schema} />
              ) : type ? (
                <code>{type}</code>
              ) : codes.length > 0 ? (
                <SchemaLink name="Problem" />
              ) : null,
          },
        ]}
      />
      {examples.map(([status, { example }]) => (
        <Example name={`Answer ${status}`} value={example} />
      ))}
    </>
  );
}

const Codes = ({ codes }: { codes: readonly HttpCode[] }) => (
  <>
    {codes.map((code, index) => (
      <>
        {index > 0 && ', '}
        <a href={`${paths.docsErrors}#${code}`}>
          <code>{code}</code>
        </a>
      </>
    ))}
  </>
);
