import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { type Answer, call, example, openWorld, type World } from '../world.ts';

describe('every kind of answer', () => {
  let world: World;
  const answers = new Map<string, Answer>();
  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const { url: page = '' } = await world.belief((await world.booking()).id, 'guest page');
    const { url: feed } = await world.operate<{ url: string }>('feed show', { of: 'jada' });
    const desk = await world.atDesk();
    const origin = { origin: 'https://evil.example' };
    for (const [what, url] of [
      ['guest page', page],
      ['page that is not there', `${page}x`],
      ['crew door', `${world.house}${paths.crew()}`],
      ['script', `${world.house}${paths.crewScript}`],
      ['API without a key', `${world.house}${paths.events}`],
      ['OpenAPI', `${world.house}${paths.openApi}`],
      ['feed', feed],
      ['health', `${world.house}/healthz`],
      ['metrics', `${world.house}/metrics`],
      ['nothing', `${world.house}/nothing`],
    ] as const)
      answers.set(what, await world.http(url ?? '', { headers: origin }));
    answers.set('desk', await desk.get(paths.desk));
    answers.set('webhook', await world.deliver(example('boatsetter-created')));
  });
  afterAll(() => world.close());

  const each = (look: (answer: Answer) => unknown) =>
    Object.fromEntries([...answers].map(([what, answer]) => [what, look(answer)]));
  const all = (value: unknown) => Object.fromEntries([...answers.keys()].map(what => [what, value]));

  it('says what it is and is not to be taken for anything else', () => {
    expect(each(({ headers }) => headers['x-content-type-options'])).toEqual(all('nosniff'));
    expect(each(({ headers }) => /^[a-z]+\/[a-z.+-]+/.test(headers['content-type'] ?? ''))).toEqual(
      all(true),
    );
    for (const { headers } of answers.values())
      if (headers['content-type']?.startsWith('text/html'))
        expect(headers['content-type']).toMatch(/charset=utf-8/i);
  });

  it('cannot be framed, tells nobody where its reader came from, and gives no other origin leave to read', () => {
    expect(
      each(({ headers }) => /frame-ancestors 'none'/.test(headers['content-security-policy'] ?? '')),
    ).toEqual(all(true));
    expect(
      each(({ headers }) => /^(no-referrer|same-origin)$/.test(headers['referrer-policy'] ?? '')),
    ).toEqual(all(true));
    expect(
      each(({ headers }) => Object.keys(headers).filter(name => name.startsWith('access-control'))),
    ).toEqual(all([]));
  });

  it('is kept by no browser, unless it is the same for everybody', () => {
    expect(each(({ headers }) => headers['cache-control'])).toEqual({
      ...all('no-store'),
      // A calendar program may keep its own feed, to ask whether it is still the same.
      feed: 'private, no-cache',
      'guest page': expect.stringContaining('public'),
      OpenAPI: expect.stringContaining('public'),
      script: expect.stringContaining('public'),
    });
  });

  it('names no server and no version', () => {
    expect(each(({ headers }) => headers.server ?? headers['x-powered-by'] ?? null)).toEqual(all(null));
  });

  it('is not given to TRACE, nor are the headers of the request said back', async () => {
    for (const host of [world.house, world.brand('sailjada')]) {
      const answer = await call(world.port, `${host}/`, {
        method: 'TRACE',
        headers: { 'x-secret': 'canary' },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('canary');
    }
  });

  it('takes no function name for its data', async () => {
    const answer = await world.http(`${world.house}${paths.openApi}?callback=evil`);
    expect(answer.body.startsWith('{')).toBe(true);
    expect(answer.body).not.toContain('evil');
  });
});
