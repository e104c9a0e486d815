import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { schemeOfUrl, sessionCookie } from './cookies.ts';
import { deskDoor } from './desk-door.ts';
import { formToken } from './forms.ts';
import { sqliteLinks } from './links.sqlite.ts';
import { sqliteSessionStore } from './session-store.sqlite.ts';
import { signInRoutes } from './sign-in.tsx';
import { signInScript } from './sign-in-script.ts';
import { staff } from './staff.ts';

function fresh({ isDown = false } = {}) {
  const lines: { level: string; what: string }[] = [];
  const log = {
    ...silentLog,
    error: (what: string, fields = {}) => void lines.push({ level: 'error', what, ...fields }),
  };
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-30T10:00:00Z');
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const desk = staff({
    store: sqliteSessionStore(db),
    links,
    clock,
    random: seededRandom('sign-in'),
    roleOf: person => (person === 'ines' ? 'owner' : null),
  });
  const letters: { person: string; link: string; expiresAt: string }[] = [];
  const routes = signInRoutes({
    door: deskDoor(desk),
    cookie: sessionCookie('gangway', schemeOfUrl),
    clock,
    log,
    origin: 'https://sailjada.com',
    personByEmail: email => (email === 'ines@example.org' ? 'ines' : null),
    async sendSignIn(person, link, expiresAt) {
      if (isDown) throw new Error('no post');
      letters.push({ person, link, expiresAt });
    },
    greetDevice: async (_request, person) => `gangway_device=of-${person}`,
  });
  routes.onError((error, c) =>
    error instanceof Refusal
      ? c.text(`${error.code}: ${error.message} ${error.cure}`, 403)
      : c.text('defect', 500),
  );
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    routes.request(`http://localhost:8787${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
    });
  const state = () => JSON.stringify([db.all('SELECT * FROM links'), db.all('SELECT * FROM sessions')]);
  return { clock, desk, lines, routes, letters, post, state };
}

const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const settled = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)));

describe('signing in', () => {
  it('takes a press: the token is posted, the session comes as a cookie, the desk opens', async () => {
    const { desk, post } = fresh();
    const { token } = await desk.signInLink('ines');
    const response = await post('/desk/session', { token });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/desk');
    expect(response.headers.get('set-cookie')).toMatch(
      /^gangway=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax, gangway_device=of-ines$/,
    );
    expect(await desk.session(cookieOf(response).slice('gangway='.length))).toMatchObject({ person: 'ines' });
  });

  it('takes the whole link too, pasted where no script runs', async () => {
    const { desk, post } = fresh();
    const { token } = await desk.signInLink('ines');
    expect(
      (await post('/desk/session', { token: ` https://sailjada.com/desk/sign-in#${token}\n` })).status,
    ).toBe(303);
  });

  it('goes on to where the person wanted to go, within the desk only', async () => {
    const { desk, post, routes } = fresh();
    const { token } = await desk.signInLink('ines');
    const page = await (await routes.request('/desk/sign-in?for=%2Fdesk%2Fbookings%2Fbkg_1')).text();
    expect(page).toContain('name="for" value="/desk/bookings/bkg_1"');
    const to = async (wanted: string) =>
      (await post('/desk/session', { token, for: wanted })).headers.get('location');
    expect(await to('/desk/bookings/bkg_1')).toBe('/desk/bookings/bkg_1');
    for (const wanted of [
      'https://evil.example',
      '//evil.example',
      '/desk//evil',
      '/desk/../c',
      '/desk\\evil',
      '/other',
      '/evil/desk/bookings',
      '/desk/bookings?for=evil',
      '/desk/',
    ]) {
      expect(await to(wanted)).toBe('/desk');
    }
  });

  it('with a link that is over says so and how to get a new one', async () => {
    const { clock, desk, post } = fresh();
    const { token } = await desk.signInLink('ines');
    clock.advance(24 * 3_600_000);
    for (const wrong of [token, 'nonsense', '', '<script>']) {
      const response = await post('/desk/session', { token: wrong });
      expect(response.status).toBe(401);
      expect(response.headers.get('set-cookie')).toBeNull();
      const page = await response.text();
      expect(page).toContain('This link does not work');
      expect(page).toContain('gangway key sign-in');
      expect(page).toContain('Send me a letter');
      expect(page).not.toContain('<script>');
    }
  });

  it('anew ends the session the browser had', async () => {
    const { desk, post } = fresh();
    const { token } = await desk.signInLink('ines');
    const before = cookieOf(await post('/desk/session', { token }));
    const after = cookieOf(await post('/desk/session', { token }, { cookie: before }));
    expect(await desk.session(before.slice('gangway='.length))).toBeNull();
    expect(await desk.session(after.slice('gangway='.length))).not.toBeNull();
  });

  it('is not done for another site, nor in the clear, nor with a body without end', async () => {
    const { desk, post, routes } = fresh();
    const { token } = await desk.signInLink('ines');
    const foreign = await post('/desk/session', { token }, { 'sec-fetch-site': 'cross-site' });
    expect(await foreign.text()).toMatch(/^form-from-elsewhere/);
    const clear = await routes.request('http://sailjada.com/desk/session', {
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect(await clear.text()).toMatch(/^https-needed/);
    expect(await (await post('/desk/session', { token: 'x'.repeat(5_000) })).text()).toMatch(
      /^form-too-large/,
    );
  });
});

describe('a mail scanner', () => {
  it('burns nothing and changes nothing by opening, whatever it asks for', async () => {
    const { desk, post, routes, state } = fresh();
    const { token } = await desk.signInLink('ines');
    const before = state();
    for (let i = 0; i < 50; i++) {
      for (const method of ['GET', 'HEAD']) {
        for (const path of [
          '/desk/sign-in',
          `/desk/sign-in#${token}`,
          '/desk/sign-in.js',
          '/desk/session',
          `/desk/session?token=${token}`,
        ]) {
          const response = await routes.request(path, { method, headers: { purpose: 'prefetch' } });
          expect(response.status).toBeLessThan(400);
          expect(response.headers.get('set-cookie')).toBeNull();
        }
      }
    }
    expect(state()).toBe(before);
    expect((await post('/desk/session', { token })).status).toBe(303);
  });

  it('even pressing the button leaves the link to the person', async () => {
    const { desk, post } = fresh();
    const { token } = await desk.signInLink('ines');
    for (let i = 0; i < 3; i++) await post('/desk/session', { token });
    expect((await post('/desk/session', { token })).status).toBe(303);
  });
});

describe('asking for a letter', () => {
  it('is answered the same for everybody, and only staff are written to', async () => {
    const { desk, letters, post } = fresh();
    const answers: string[] = [];
    for (const email of [
      'Ines@Example.org ',
      'stranger@example.org',
      '',
      `${'x'.repeat(3_000)}@example.org`,
    ]) {
      const response = await post('/desk/sign-in/letter', { email });
      expect(response.status).toBe(200);
      answers.push(await response.text());
    }
    await settled();
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('If this address belongs to somebody of the staff');
    const { token, expiresAt } = await desk.signInLink('ines');
    expect(letters).toEqual([
      { person: 'ines', link: `https://sailjada.com/desk/sign-in#${token}`, expiresAt },
    ]);
  });

  it('is not done for another site, nor when nothing is asked', async () => {
    const { letters, post, routes } = fresh();
    const elsewhere = await post(
      '/desk/sign-in/letter',
      { email: 'ines@example.org' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    );
    expect(elsewhere.status).toBe(403);
    expect((await post('/desk/sign-in/letter', {})).status).toBe(200);
    expect((await routes.request('/desk/sign-in/letter')).headers.get('location')).toBe('/desk/sign-in');
    await settled();
    expect(letters).toEqual([]);
  });

  it('tells the log, and not whoever asked, that the letter could not be written', async () => {
    const { lines, post, letters } = fresh({ isDown: true });
    expect((await post('/desk/sign-in/letter', { email: 'ines@example.org' })).status).toBe(200);
    await settled();
    expect(letters).toEqual([]);
    expect(lines).toEqual([
      expect.objectContaining({ level: 'error', what: 'a sign-in letter could not be written' }),
    ]);
    expect(lines[0]).toHaveProperty('error');
  });

  it('fills nobody’s mailbox', async () => {
    const { clock, letters, post } = fresh();
    for (let i = 0; i < 10; i++) await post('/desk/sign-in/letter', { email: 'ines@example.org' });
    await settled();
    expect(letters).toHaveLength(3);
    clock.advance(5 * 60_000);
    await post('/desk/sign-in/letter', { email: 'ines@example.org' });
    await settled();
    expect(letters).toHaveLength(4);
  });
});

describe('signing out', () => {
  it('ends the session and the cookie', async () => {
    const { desk, post } = fresh();
    const cookie = cookieOf(await post('/desk/session', { token: (await desk.signInLink('ines')).token }));
    const id = cookie.slice('gangway='.length);
    expect(await (await post('/desk/sign-out', {}, { cookie })).text()).toMatch(/^form-stale/);
    expect(await desk.session(id)).not.toBeNull();
    const out = await post('/desk/sign-out', { formToken: formToken({ id }) }, { cookie });
    expect(out.headers.get('location')).toBe('/desk/sign-in');
    expect(out.headers.get('set-cookie')).toMatch(/^gangway=; Path=\/; Max-Age=0/);
    expect(await desk.session(id)).toBeNull();
    expect((await post('/desk/sign-out', {}, { cookie })).status).toBe(303);
  });
});

describe('the page', () => {
  it('is kept by nobody, and its script is asked for anew', async () => {
    const { post, routes } = fresh();
    expect((await routes.request('/desk/sign-in')).headers.get('cache-control')).toBe('no-store');
    expect((await routes.request('/desk/sign-in.js')).headers.get('cache-control')).toBe('no-cache');
    expect((await post('/desk/session', {})).status).toBe(401);
  });

  it('lets programs that fill in forms put an address in, and no token', async () => {
    const page = await (await fresh().routes.request('/desk/sign-in')).text();
    const input = (name: string) => new RegExp(`<input[^>]*name="${name}"[^>]*>`, 'g');
    expect(page.match(input('email'))?.[0]).toMatch(/autocomplete="email".*maxlength="254"/);
    expect(page.match(input('token'))?.at(-1)).toMatch(
      /autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="500"/,
    );
  });

  it('works by hand without scripts, and loads its script as a file', async () => {
    const { routes } = fresh();
    const page = await (await routes.request('/desk/sign-in')).text();
    expect(page).toContain('src="/desk/sign-in.js"');
    expect(page).toContain('<title>Sign in');
    expect(page).toContain('<h1>Sign in to the desk</h1>');
    expect(page).toContain('With the link from your letter. There is no password.');
    expect(page).toMatch(/<div id="with-link" hidden[^>]*>.*<button[^>]* disabled/s);
    expect(page).toMatch(/<div id="by-hand"><.*name="token".*name="email"/s);
    const script = await routes.request('/desk/sign-in.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe(signInScript);
  });

  it('takes the token out of the address and into the form, and presses nothing', () => {
    const run = (hash: string) => {
      const button = {
        disabled: true,
        focused: false,
        focus() {
          this.focused = true;
        },
      };
      const token = { value: '' };
      const form = { elements: { token }, querySelector: () => button };
      const places = {
        'with-link': { hidden: true, querySelector: () => form },
        'by-hand': { hidden: false },
      };
      const addresses: string[] = [];
      const page = createContext({
        addEventListener() {},
        location: { hash, pathname: '/desk/sign-in', search: '?for=/desk/calendar' },
        history: { replaceState: (_state: null, _title: string, address: string) => addresses.push(address) },
        document: { getElementById: (id: keyof typeof places) => places[id] },
      });
      runInContext(signInScript, page);
      return { button, token, places, addresses };
    };
    const opened = run('#the-token');
    expect(opened.token.value).toBe('the-token');
    expect(opened.button).toMatchObject({ disabled: false, focused: true });
    expect([opened.places['with-link'].hidden, opened.places['by-hand'].hidden]).toEqual([false, true]);
    expect(opened.addresses).toEqual(['/desk/sign-in?for=/desk/calendar']);
    const bare = run('');
    expect([bare.places['with-link'].hidden, bare.places['by-hand'].hidden]).toEqual([true, false]);
    expect(bare.addresses).toEqual([]);
  });
});
