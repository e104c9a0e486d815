import { Card, Heading, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { type TagName, tags } from '../openapi/operation.ts';
import { jsonSchema, type SchemaName, schemas } from '../openapi/schemas.ts';
import { operations } from '../openapi.ts';
import { DocsFrame } from './docs-frame.tsx';
import { OperationCard } from './operation-card.tsx';
import { Prose } from './prose.tsx';
import { type FieldRow, formsOf } from './schema-rows.ts';
import { signByHand } from './signing.ts';

/** What programs can ask of Gangway, for people to read. */
export function ReferencePage() {
  return (
    <DocsFrame title="HTTP reference" href={paths.docs}>
      <Heading
        title="HTTP reference"
        lede="For scripts, marketplaces, calendar programs and whoever watches the process."
      />
      <Card title="In short" id="in-short">
        <GroundRules />
      </Card>
      <Contents />
      {(Object.keys(tags) as TagName[]).map(tag => (
        <section class="stack" id={idOf(tag)}>
          <h2>{tag}</h2>
          <p>{tags[tag]}</p>
          {tag === 'Webhooks' && <Signing />}
          {operations.filter(operation => operation.tag === tag).map(OperationCard)}
        </section>
      ))}
      <section class="stack" id="bodies">
        <h2>Bodies</h2>
        {(Object.keys(schemas) as SchemaName[]).map(SchemaCard)}
      </section>
    </DocsFrame>
  );
}

const idOf = (text: string) => text.toLowerCase().replaceAll(' ', '-');

const GroundRules = () => (
  <ul>
    <li>
      Bodies are JSON in UTF-8, at most 256 KB. A key that stands twice in one object is refused; crew events
      and calendar also refuse a key they do not know.
    </li>
    <li>
      Times without an offset are the clock at the berth; answers carry the offset. A time that the clocks
      skip or repeat is refused, never guessed.
    </li>
    <li>
      Errors are <code>application/problem+json</code> with a stable <code>code</code>, a sentence and a cure:{' '}
      <a href={paths.docsErrors}>all codes</a>. 429, 503 and 507 say in <code>retry-after</code> how long to
      wait.
    </li>
    <li>
      Keys come from <code>gangway key create</code> and are shown once. If a header seems to be missing, a
      CDN or proxy stripped it: <code>gangway doctor --url</code> names which.
    </li>
    <li>Gangway puts no amount into an answer to a service key, a dashboard token or a feed.</li>
  </ul>
);

function Contents() {
  return (
    <nav class="card" aria-label="On this page">
      {(Object.keys(tags) as TagName[]).map(tag => (
        <div>
          <a href={`#${idOf(tag)}`}>
            <strong>{tag}</strong>
          </a>
          <ul>
            {operations
              .filter(operation => operation.tag === tag)
              .map(({ id, summary }) => (
                <li>
                  <a href={`#${id}`}>{summary}</a>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

const Signing = () => (
  <Card title="How to sign" id="signing">
    <p>
      The headers <code>webhook-id</code> and <code>webhook-timestamp</code> and the exact bytes of the body,
      joined by points, are signed with HMAC-SHA256; <code>webhook-signature</code> is <code>v1,</code> and
      the base64 of that. The key is what stands behind <code>whsec_</code>, decoded from base64. Libraries
      for many languages do it (standardwebhooks.com); by hand it is:
    </p>
    <pre tabindex={0}>{signByHand}</pre>
  </Card>
);

function SchemaCard(name: SchemaName) {
  const schema = jsonSchema(name);
  return (
    <Card title={name} id={`body-${name}`}>
      {schema.description ? (
        <p>
          <Prose text={String(schema.description)} />
        </p>
      ) : null}
      {formsOf(schema).map(({ title, rows }) => (
        <div>
          {title && (
            <p>
              <Prose text={title} />
            </p>
          )}
          <Table<FieldRow>
            caption={`Fields of ${name}`}
            captionUnseen
            rows={rows}
            columns={[
              { label: 'Field', kind: 'title', cell: row => <code>{row.name}</code> },
              ...(schemas[name].io === 'input'
                ? [{ label: 'Needed', cell: (row: FieldRow) => (row.isRequired ? 'yes' : 'no') }]
                : []),
              { label: 'Is', cell: row => <Prose text={row.type} /> },
              { label: 'Meaning', cell: row => <Prose text={row.description} /> },
            ]}
          />
        </div>
      ))}
    </Card>
  );
}
