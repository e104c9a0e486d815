import { Hono } from 'hono';
import { sha256 } from '#lib/digest.ts';
import { htmlText } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import { docsStyle } from './docs/docs.css.ts';

const html = 'text/html; charset=utf-8';

/** What the house says about its own HTTP face: the OpenAPI document, the same for people to read, and every error code. Open to anybody. */
export function apiRoutes(): Hono {
  const app = new Hono();
  const serve = (path: string, type: string, make: () => string | Promise<string>) => {
    // Made when first asked for, because nobody may ever ask; the same for everybody after that.
    let made: Promise<{ body: string; etag: string }> | undefined;
    const once = async () => {
      const body = await make();
      return { body, etag: `"${sha256(body).slice(0, 16)}"` };
    };
    app.get(path, async c => {
      made ??= once();
      const { body, etag } = await made;
      const headers = { 'content-type': type, etag, 'cache-control': 'public, max-age=300' };
      return c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(body, 200, headers);
    });
  };
  // Loaded when first asked for as well: a function that starts cold reads every byte before its first answer.
  serve(paths.openApi, 'application/json', async () => {
    const { openApiDocument } = await import('./openapi.ts');
    return JSON.stringify(openApiDocument());
  });
  serve(paths.docs, html, async () => {
    const { ReferencePage } = await import('./docs/reference-page.tsx');
    return htmlText(<ReferencePage />);
  });
  serve(paths.docsErrors, html, async () => {
    const { ErrorsPage } = await import('./docs/errors-page.tsx');
    return htmlText(<ErrorsPage />);
  });
  serve(paths.docsStyle, 'text/css; charset=utf-8', () => docsStyle);
  return app;
}
