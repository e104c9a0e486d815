import type { Child } from 'hono/jsx';
import { Page } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';

const pages = [
  { href: paths.docs, label: 'HTTP' },
  { href: paths.docsErrors, label: 'Errors' },
];

/** What the pages of the documentation share. */
export function DocsFrame(props: { title: string; href: string; children?: Child }) {
  return (
    <Page
      title={props.title}
      home={paths.docs}
      nav={pages.map(page => ({ ...page, current: page.href === props.href }))}
      styles={[paths.docsStyle]}
      foot={
        <>
          The same for programs: <a href={paths.openApi}>{paths.openApi}</a>
        </>
      }
      wide
    >
      {props.children}
    </Page>
  );
}
