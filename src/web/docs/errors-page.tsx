import { Card, Heading, Table } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { codeGroups } from '../code-groups.ts';
import type { Code } from '../codes/code.ts';
import { DocsFrame } from './docs-frame.tsx';
import { Prose } from './prose.tsx';

type Row = Code & { readonly code: string };

/** Every code with its status, meaning and cure. `/docs/errors#code` is where a problem document points. */
export function ErrorsPage() {
  return (
    <DocsFrame title="Errors" href={paths.docsErrors}>
      <Heading
        title="Errors"
        lede="What was refused says so with a code that never changes, a sentence for the case at hand and a cure. This is what the codes mean in general."
      />
      {codeGroups.map(({ id, title, codes }) => (
        <Card title={title} id={`codes-${id}`}>
          <Table<Row>
            caption={title}
            captionUnseen
            rows={Object.entries(codes).map(([code, about]) => ({ code, ...about }))}
            columns={[
              { label: 'Code', kind: 'title', cell: ({ code }) => <code id={code}>{code}</code> },
              ...(id === 'commands' || id === 'desk'
                ? []
                : [{ label: 'Status', cell: ({ status }: Row) => status }]),
              { label: 'Meaning', cell: ({ means }) => <Prose text={means} /> },
              { label: 'Cure', cell: ({ cure }) => <Prose text={cure} /> },
            ]}
          />
        </Card>
      ))}
    </DocsFrame>
  );
}
