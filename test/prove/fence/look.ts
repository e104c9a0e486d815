import { sha256 } from '#lib/digest.ts';
import type { Reader } from '#platform/sqlite.ts';
import { paths } from '#ui/paths.ts';
import { dashboardToken, fencedFleet, house, serviceKey } from './fleet.ts';
import { bookingsOf, crewDoor, post, whole } from './play.ts';
import type { World } from './world.ts';

/** Everybody but the owner looks at everything they may look at, over HTTP. */
export async function everybodyLooks(world: World): Promise<void> {
  const get = async (who: string, url: string, headers: Record<string, string> = {}) => {
    const answer = await world.ask(() =>
      world.app().fetch(new Request(url, { headers: { host: new URL(url).host, ...headers } })),
    );
    world.keep(`${who}: GET ${new URL(url).pathname}`, answer === 'died' ? answer : await whole(answer));
  };
  const key = { 'x-service-key': serviceKey };
  await get('crew', `${house}${paths.events}`, key);
  for (const { id } of world.on.open.reader.all<{ id: string }>('SELECT id FROM crew_events ORDER BY id'))
    await get('crew', `${house}${paths.event(id)}`, key);
  await get('crew', `${house}${paths.event('evt_unknown')}`, key);
  const door = await crewDoor(world);
  if (door) {
    world.keep('crew: the door', await whole(door.answer));
    await get('crew', new URL(door.at, house).href, { cookie: door.cookie, accept: 'text/html' });
  }
  await feeds(world, get);

  for (const [place, page] of world.pages) {
    const [brand = '', slug = ''] = place.split('/');
    const host = fencedFleet.fleet.brand(brand)?.host ?? '';
    await get('guest', `https://${host}${paths.guestPage(slug)}`, { accept: 'text/html' });
    await get('guest', `https://${host}${paths.guestPage(slug)}`, { 'if-none-match': `"${page.etag}"` });
    await get('public', `https://${host}${paths.guestPage(`${slug}x`)}`);
    const photos = await world.ask(() =>
      world.app().fetch(new Request(`https://${host}${paths.guestUploads(slug)}`, { method: 'POST' })),
    );
    world.keep('guest: photos', photos === 'died' ? photos : await whole(photos));
  }
  await get('public', `${house}/healthz`);
  await get('public', `${house}/readyz`);
  await get('public', `${house}${paths.openApi}`);

  await get('operator', `${house}${paths.calendar}`, { 'x-dashboard-token': dashboardToken });
  await desk(world, get);
  await get('metrics', `${house}/metrics`);
}

/** Every row that lies on the open side. */
export function readRows(world: World): void {
  rows(world.on.open.reader, (table, row) => world.keep(`gangway.db: ${table}`, row));
  for (const row of world.on.engine.reader.all<{ workflow: string }>(journalled))
    world.keep(
      row.workflow === 'fulfil-booking@1' ? 'engine.db' : 'engine.db: the books',
      JSON.stringify(row),
    );
}

type Get = (who: string, url: string, headers?: Record<string, string>) => Promise<void>;

async function feeds(world: World, get: Get): Promise<void> {
  for (const subject of ['luis', 'jada']) {
    const made = await world.ask(() => world.app().operate('feed show', { of: subject })).catch(() => null);
    const url = made && typeof made === 'object' && 'url' in made ? String(made.url) : null;
    if (url) await get('crew', url);
  }
}

async function desk(world: World, get: Get): Promise<void> {
  const made = await world.ask(() => world.app().operate('key sign-in', { person: 'otto' }));
  if (made === 'died') return;
  const token = new URL((made as { url: string }).url).hash.slice(1);
  const signedIn = await post(world, paths.deskSession, { token });
  if (signedIn === 'died') return;
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const at = { cookie, accept: 'text/html' };
  await get('operator', `${house}${paths.desk}`, at);
  await get('operator', `${house}${paths.deskBookings}`, at);
  await get('operator', `${house}${paths.deskBookings}?q=dear`, at);
  for (const { id } of bookingsOf(world)) {
    await get('operator', `${house}${paths.deskBooking(id)}`, at);
    await progress(world, `${house}${paths.deskProgress(id)}`, at);
  }
  await get('operator', `${house}${paths.deskQuarantine}`, at);
  await get('operator', `${house}${paths.deskCalendar('2041-05')}`, at);
  await get('operator', `${house}${paths.deskFailures}`, at);
}

/** The first event of a stream that may stay open. */
async function progress(world: World, url: string, headers: Record<string, string>): Promise<void> {
  const answer = await world.ask(() => world.app().fetch(new Request(url, { headers })));
  if (answer === 'died') return;
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  world.keep('operator: GET /desk progress', Buffer.from(value ?? '').toString('latin1'));
}

/** What the engine has noted. How often the books are opened depends on what is said to them. */
const journalled = `SELECT workflow, name, status, input, result, error, wakeAt, startedAt, endedAt, outside, entries
  FROM executions JOIN journal ON journal.execution = executions.id
  ORDER BY journal.id`;

const columnsOf = new WeakMap<Reader, { table: string; sql: string }[]>();

/** Every row of every table, as text. */
export function rows(reader: Reader, tell: (table: string, row: string) => void): void {
  let tables = columnsOf.get(reader);
  if (!tables) {
    tables = reader
      .all<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .map(({ name }) => ({ table: name, sql: `SELECT * FROM "${name}"` }));
    columnsOf.set(reader, tables);
  }
  for (const { table, sql } of tables) {
    for (const row of reader.all(sql))
      tell(
        table,
        JSON.stringify(row, (_key, value) => (value instanceof Uint8Array ? sha256(value) : value)),
      );
  }
}
