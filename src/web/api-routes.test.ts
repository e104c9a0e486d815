import { describe, expect, it } from 'vitest';
import { apiRoutes } from './api-routes.tsx';
import { codeGroups } from './code-groups.ts';
import { documentedRoutes } from './openapi.ts';

const app = apiRoutes();
const textOf = async (path: string) => (await app.request(path)).text();

describe('what the house says about itself', () => {
  it('gives programs the document, and 304 to those who have it', async () => {
    const response = await app.request('/openapi.json');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ openapi: '3.1.1', info: { title: 'Gangway' } });
    const etag = response.headers.get('etag') ?? '';
    expect((await app.request('/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('shows people every address of the document', async () => {
    const page = await textOf('/docs');
    for (const { path } of documentedRoutes()) expect(page).toContain(path.replaceAll('"', '&quot;'));
  });

  it('explains every code at the anchor that a problem points to', async () => {
    const page = await textOf('/docs/errors');
    for (const { codes } of codeGroups)
      for (const code of Object.keys(codes)) expect(page).toContain(`<code id="${code}">`);
  });

  for (const path of ['/docs', '/docs/errors']) {
    it(`keeps ${path} free of scripts and styles inside the page and of links that lead nowhere`, async () => {
      const page = await textOf(path);
      expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
      const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      const others = await textOf('/docs/errors');
      for (const [, href = ''] of page.matchAll(/\shref="([^"]*#[^"]+)"/g)) {
        const [to, anchor = ''] = href.split('#');
        expect(to === '' ? ids : [...others.matchAll(/\sid="([^"]+)"/g)].map(match => match[1])).toContain(
          anchor,
        );
      }
    });
  }
});
