import { describe, expect, it } from 'vitest';
import { resolveWall } from '#lib/zoned.ts';
import { assetHref, assets } from './assets.ts';
import { htmlText, Page } from './layout.tsx';
import { Badge, Choice, Field, Notice, PostForm, Table } from './parts.tsx';
import { Time, TimeRange } from './times.tsx';

const zoned = (local: string) => {
  const resolved = resolveWall(local, 'America/Los_Angeles');
  if (resolved.kind !== 'exact') throw new Error(`${local} is ${resolved.kind}`);
  return resolved.time;
};

describe('a page', () => {
  it('is a whole document that loads only our own files and runs nothing inline', async () => {
    const html = await htmlText(
      <Page title="Bookings" nav={[{ href: '/desk', label: 'Today', current: true, count: 2 }]}>
        <h1>Bookings</h1>
      </Page>,
    );
    expect(html).toMatch(/^<!doctype html><html lang="en">/i);
    expect(html).toContain('<title>Bookings · Gangway</title>');
    expect(html).toContain('aria-current="page"');
    for (const [, address] of html.matchAll(/(?:href|src)="([^"#]+)"/g)) expect(address).toMatch(/^\//);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });

  it('escapes whatever it is given, in text and in attributes', async () => {
    const nasty = `"><script>alert('1')</script>`;
    const html = await htmlText(
      <Page title={nasty} who={{ name: nasty, signOut: { action: '/out', formToken: nasty } }}>
        <Field name="guest" label={nasty} value={nasty} hint={nasty} wrong={{ message: nasty }} />
        <PostForm action={nasty} formToken={nasty} confirm={{ question: nasty, yes: nasty }} />
        <Notice title={nasty} cure={nasty} />
      </Page>,
    );
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain(nasty);
  });

  it('shows who is signed in, and signs out by a form that carries its token', async () => {
    const html = await htmlText(
      <Page
        title="x"
        who={{ name: 'Ines', signOut: { action: '/desk/sign-out', formToken: 'form-token' } }}
      />,
    );
    expect(html).toContain('Ines');
    expect(html).toMatch(
      /<form[^>]*method="post"[^>]*action="\/desk\/sign-out"[\s\S]*name="formToken" value="form-token"/,
    );
  });
});

describe('the parts of a page', () => {
  it('say a time with its offset for machines and its zone for people', async () => {
    const start = zoned('2027-05-30T15:30');
    expect(await htmlText(<Time of={start} show="time" />)).toBe(
      '<time datetime="2027-05-30T15:30:00-07:00">15:30 PDT</time>',
    );
    expect(await htmlText(<TimeRange start={start} end={zoned('2027-05-30T18:30')} />)).toContain(
      'Sunday 30 May 2027, 15:30–18:30 PDT',
    );
  });

  it('tie what is wrong with a field to its control', async () => {
    const html = await htmlText(
      <Choice
        name="vessel"
        label="Vessel"
        value="jada"
        hint="The boat"
        wrong={{ message: 'No such vessel.', cure: 'Choose one of the list.' }}
        options={[{ value: 'jada', label: 'JADA' }]}
      />,
    );
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('aria-describedby="wrong-vessel hint-vessel"');
    expect(html).toContain('No such vessel. Choose one of the list.');
    expect(html).toMatch(/<option value="jada" selected/);
  });

  it('label the cells of a table, which becomes cards on a phone', async () => {
    const html = await htmlText(
      <Table
        caption="Trips"
        rows={[{ name: 'Ana', state: 'stated' }]}
        columns={[
          { label: 'Guest', kind: 'title', cell: row => row.name },
          { label: 'State', cell: row => <Badge state={row.state} /> },
        ]}
      />,
    );
    expect(html).toContain('<th scope="row">Ana</th>');
    expect(html).toContain('<td data-label="State"><div><span class="badge good">stated</span></div></td>');
  });
});

describe('the files a page loads', () => {
  it('are few and small', () => {
    expect(assets.map(asset => asset.path)).toEqual(['/ui/gangway.css', '/ui/gangway.js', '/ui/gangway.svg']);
    const size = (path: string) => assets.find(asset => asset.path === path)?.body.length ?? Infinity;
    expect(size('/ui/gangway.css')).toBeLessThanOrEqual(12_000);
    expect(size('/ui/gangway.js')).toBeLessThanOrEqual(4_000);
  });

  it('change their address when their content changes, and only then', () => {
    for (const { path, etag } of assets) expect(assetHref(path)).toBe(`${path}?v=${etag.slice(1, 9)}`);
    expect(assetHref('/c/crew.js')).toBe('/c/crew.js');
  });

  it('reach nobody else', () => {
    for (const { body } of assets)
      expect(body.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
  });
});
