import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
import { type Answer, example, openWorld, type World } from '../world.ts';

/** Letters are passed on, and a link works for whoever has it: so its owner hears of every device that is new. */
describe('a link that is opened on a device not seen before', () => {
  let world: World;
  let crewLink: string;
  const phone =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

  const open = (session: string, fields: Record<string, string>, cookie = ''): Promise<Answer> =>
    world.http(`${world.house}${session}`, {
      method: 'POST',
      headers: {
        origin: world.house,
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': phone,
        cookie,
      },
      body: new URLSearchParams(fields).toString(),
    });
  const deviceIn = ({ headers }: Answer) =>
    /gangway_device=[\w-]+/.exec(headers['set-cookie'] ?? '')?.[0] ?? '';
  const notices = async (to: string) => {
    await world.settle();
    return world.letters({ to, subject: /new device|new sign-in/i });
  };

  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const [invitation] = await world.letters({ to: 'ana@crew.example' });
    crewLink = world.links(invitation as never).find(url => url.includes('/c#')) ?? '';
  });
  afterAll(() => world.close());

  it('writes to the crew member once, with when and what, and nothing that opens a door', async () => {
    const first = await open(paths.crewSession, { link: crewLink });
    expect(first.status).toBe(303);
    const again = await open(paths.crewSession, { link: crewLink }, deviceIn(first));
    expect([again.status, deviceIn(again)]).toEqual([303, deviceIn(first)]);
    const [letter, ...more] = await notices('ana@crew.example');
    expect(more).toEqual([]);
    for (const words of [letter?.text, letter?.html]) {
      expect(words).toContain('Saturday 1 May 2027, 12:00 PDT');
      expect(words).toContain('Chrome on an Android device');
      expect(words).not.toMatch(/c#|sign-in#|840/);
    }
  });

  it('tells nobody when reading, or a link that opens nothing, is all there was', async () => {
    await world.http(`${world.house}${paths.crew()}`);
    expect((await open(paths.crewSession, { link: `${crewLink}x` })).status).toBe(401);
    expect(await notices('ana@crew.example')).toHaveLength(1);
  });

  it('writes to the owner, who can end every sign-in and the link with one command', async () => {
    const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
    const came = await open(paths.deskSession, { token: url });
    const cookie = came.headers['set-cookie']?.split(';')[0] ?? '';
    expect((await world.http(`${world.house}${paths.desk}`, { headers: { cookie } })).status).toBe(200);
    const [letter] = await notices('joan@sailjada.example');
    expect(letter?.text).toContain('gangway key sign-out owner-joan');

    await world.operate('key sign-out', { person: 'owner-joan' });
    expect((await world.http(`${world.house}${paths.desk}`, { headers: { cookie } })).status).toBe(401);
    expect((await open(paths.deskSession, { token: url })).status).toBe(401);
    expect(await notices('joan@sailjada.example')).toHaveLength(1);
  });
});
