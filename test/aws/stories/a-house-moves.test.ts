import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { outboxMailer } from '#mail/mailer.outbox.ts';
import { takeDataFolder } from '#main/embedded/data-folder.ts';
import { deployedArriving, deployedLeaving } from '#main/moving/deployed-house.lambda.ts';
import { embeddedArriving, embeddedLeaving } from '#main/moving/embedded-house.ts';
import { exportHouse } from '#main/moving/export-house.ts';
import type { Arriving, Leaving } from '#main/moving/house.ts';
import { importHouse } from '#main/moving/import-house.ts';
import { type Kind, kinds } from '#main/moving/kinds.ts';
import { checkExport, type Manifest } from '#main/moving/manifest.ts';
import { tableLeaving } from '#main/moving/table-house.dynamodb.ts';
import type { Photo } from '#photos/photo.ts';
import type { PictureFiles } from '#photos/picture-files.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { paths } from '#ui/paths.ts';
import { sendPhoto, snapshotOf } from '../../photos.ts';
import { type DynamoStandIn, openDynamo } from '../../stand-ins/dynamodb.ts';
import { postedIn, type StoryWorld } from '../../story-world.ts';
import { example, openWorld, outboxFiles, type World } from '../../world.ts';
import { type AwsWorld, openAwsWorld } from '../aws-world.ts';

/** An operator with one machine goes to AWS with everything, and comes back. */
describe('a house that moves', { timeout: 120_000 }, () => {
  let dynamo: DynamoStandIn;
  let home: World;
  let cloud: AwsWorld;
  let folder: string;
  let before: Seen;
  let page: { path: string; body: string };
  let trip: Booking;
  let feed: { path: string; body: string };
  let crewLink: string;
  const at = (name: string) => join(folder, name);
  const linkKey = () => home.config.secret('link key') ?? '';

  beforeAll(async () => {
    dynamo = await openDynamo();
    folder = mkdtempSync(join(tmpdir(), 'gangway-move-'));
    let isDown = false;
    home = await openWorld({
      config: fleet => ({ ...fleet, server: { url: `https://${fleet.house.host}` } }),
      mailer: clock => {
        const outbox = outboxMailer({ folder: at('outbox'), clock });
        return {
          ...outbox,
          send: async letter =>
            isDown
              ? { kind: 'later', blocks: 'letter', reason: 'The mail server is down.' }
              : outbox.send(letter),
        };
      },
    });
    await home.deliver(example('boatsetter-created'));
    await home.settle();
    const past = await home.booking();
    home.clock.advance(60_000);
    await home.operate('booking move', { booking: past.id, start: '15:30' });
    await home.operate('crew answer', { booking: past.id, person: 'captain-ana', answer: 'accepted' });
    const other = (id: string, start: string, end: string) =>
      home.deliver(example('boatsetter-created', { id, start, end }));
    await other('off', '2027-06-02T10:00', '2027-06-02T13:00');
    await home.settle();
    const off = (await home.bookings()).find(({ id }) => id !== past.id);
    await home.operate('booking cancel', { booking: off?.id });
    await home.later(Date.parse('2027-05-31T01:00:00Z') - home.clock.now());
    await sendPhoto(home, (await home.belief(past.id, 'guest page')).url ?? '', await snapshotOf(), 'one');
    await home.settle();
    await home.operate('photo put', { booking: past.id, photos: [], to: 'shown' });
    const darker = await snapshotOf({ shade: 30 });
    await sendPhoto(home, (await home.belief(past.id, 'guest page')).url ?? '', darker, 'two');
    await home.settle();
    await other('next', '2027-07-10T10:00', '2027-07-10T13:00');
    await home.settle();
    trip = (await home.bookings()).find(({ start }) => start.local === '2027-07-10T10:00') as Booking;
    const letters = outboxFiles(at('outbox')).map(file => ({
      file,
      bytes: readFileSync(file),
      owner: false,
    }));
    const invitation = (await postedIn(letters, { to: 'luis@crew.example' })).at(-1);
    crewLink = (invitation && home.links(invitation).find(href => href.includes('/c#'))) ?? '';
    isDown = true;
    home.clock.advance(60_000);
    await home.operate('booking move', { booking: trip.id, start: '11:00' });
    await home.settle();
    const url = (await home.operate<{ url: string }>('feed show', { of: 'jada' })).url;
    feed = { path: new URL(url).pathname, body: (await home.http(url)).body };
    page = await pageOf(home, past.id);
    before = await seen(home);
    cpSync(home.folder, at('data'), { recursive: true });
    await asIfStoppedEarly(at('data'));
  }, 300_000);
  afterAll(async () => {
    await cloud?.close();
    await home?.close();
    dynamo?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const leave = (from: Leaving, to: string) =>
    exportHouse({ from, folder: at(to), linkKey: linkKey(), clock: home.clock });
  const arrive = async (from: string, into: Arriving) =>
    importHouse({ from: await checkExport(at(from)), into, fleet: home.config.fleet, linkKey: linkKey() });
  const fromDisk = async (data: string, to: string): Promise<Manifest> => {
    const house = embeddedLeaving({
      config: home.config,
      data: { file: name => join(at(data), name) },
      clock: home.clock,
    });
    try {
      return await leave(house, to);
    } finally {
      house.close();
    }
  };
  const ontoDisk = async (from: string, data: string, through = (into: Arriving) => into) => {
    const held = takeDataFolder(at(data), true);
    try {
      const into = embeddedArriving({ config: home.config, data: held, clock: home.clock });
      return await arrive(from, through(into));
    } finally {
      held.release();
    }
  };
  /** Whether the link of a letter that went out before the move lets its reader in. */
  const opens = async (world: StoryWorld) => {
    const link = new URL(crewLink);
    const answer = await world.http(`${world.house}${paths.crewSession}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: world.house },
      body: new URLSearchParams({ link: `${world.house}${link.pathname}${link.hash}` }).toString(),
    });
    return answer.status;
  };
  const inCloud = () => deployedArriving(cloud.means(), cloud.settle);

  it('leaves with all it has in parts whose digests are listed', async () => {
    const manifest = await fromDisk('data', 'export');
    const records = Object.fromEntries(manifest.parts.map(part => [part.name, part.records]));
    expect(records).toMatchObject({
      'open/booking.ndjson': 3,
      'open/page.ndjson': 3,
      'money/ledger.ndjson': 3,
    });
    expect(manifest).toMatchObject({ edition: 'embedded', underWay: { deliveries: 0 }, money: true });
    expect(manifest.underWay.letters).toBeGreaterThan(3);
    expect(manifest.pictures.map(({ name }) => name.split('/')[0])).toContain('originals');
    home.clock.advance(1000);
    expect((await fromDisk('data', 'again')).parts).toEqual(manifest.parts);
  });

  it('carries no amount in the parts that are not money’s', () => {
    const texts = readdirSync(at('export/open')).map(name =>
      readFileSync(join(at('export/open'), name), 'utf8'),
    );
    const amounts = readFileSync(at('export/money/amount.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { decimal: string }).decimal);
    expect(amounts).toContain('840.75');
    for (const amount of amounts) {
      const spelled = new RegExp(`(?<![0-9a-f])${amount.replace('.', '[.,]?')}(?![0-9a-f])`);
      expect(texts.filter(text => spelled.test(text)).length).toBe(0);
    }
    expect(texts.filter(text => text.includes('tip part of'))).toEqual([]);
  });

  it('goes on after a cut, and is the same house on AWS: bookings, board, books, photos, pages and links', async () => {
    cloud = await openAwsWorld(dynamo, { now: new Date(home.clock.now()).toISOString() });
    const whole = inCloud();
    let left = 20;
    const cut: Arriving = {
      ...whole,
      put: async (kind, records) => {
        if (--left === 0) throw new Error('the line was cut');
        await whole.put(kind, records);
      },
    };
    await expect(arrive('export', cut)).rejects.toThrow('the line was cut');
    await expect(arrive('again', whole)).rejects.toMatchObject({ code: 'import-other-unfinished' });
    // The clock does not stand still there: a minute passes when all is in place and nothing was compared.
    const slow: Arriving = {
      ...whole,
      records: async take => {
        await cloud.minute();
        await whole.records(take);
      },
    };
    const { resumed, drift, held, records } = await arrive('export', slow);
    await cloud.settle();
    await cloud.minute();
    expect({ resumed, drift }).toEqual({ resumed: true, drift: 0 });
    const { manifest } = await checkExport(at('export'));
    expect(held).toBe(manifest.underWay.letters);
    expect(records).toEqual(Object.fromEntries(manifest.parts.map(part => [part.name, part.records])));

    const after = await seen(cloud);
    expect(after.bookings).toEqual(before.bookings);
    expect(after.each).toEqual(before.each);
    // Photos are posted to another place from there; whatever else the page says is the same to the byte.
    const there = await pageOf(cloud, before.bookings[0]?.id ?? '');
    expect({ ...there, body: said(there.body) }).toEqual({ ...page, body: said(page.body) });
    expect((await cloud.http(`${cloud.house}${feed.path}`)).body).toBe(feed.body);
    expect(await cloud.letters()).toEqual([]);
  });

  it('takes no export over another house', async () => {
    await expect(arrive('again', inCloud())).rejects.toMatchObject({ code: 'import-not-empty' });
    await expect(ontoDisk('again', 'data')).rejects.toMatchObject({ code: 'data-not-empty' });
  });

  it('writes to nobody a second time, and tells a change after the move once', async () => {
    await cloud.minute();
    expect(await cloud.letters()).toEqual([]);
    await cloud.operate('booking move', { booking: trip.id, start: '12:00' });
    await cloud.settle();
    await cloud.later(60_000);
    const told = await cloud.letters({ to: 'kim@crew.example' });
    expect(told.map(({ text }) => text?.includes('12:00'))).toEqual([true]);
    expect(await cloud.letters({ to: 'carole.whitfield@example.org' })).toHaveLength(1);
  });

  it('lets in who has a letter from before the move', async () => {
    expect(await opens(cloud)).toBe(303);
  });

  it('is not taken away while somebody works with it', async () => {
    const { surroundings, table } = cloud.means();
    let scans = 0;
    const busy = {
      send: async (command: ScanCommand) => {
        // Between the first look and the second one a person comes in.
        if (!command.input.ExclusiveStartKey && ++scans === 2)
          await cloud.operate('booking move', { booking: trip.id, start: '12:30' });
        return dynamo.client.send(command);
      },
    } as unknown as DynamoDBDocumentClient;
    const from = tableLeaving({ client: busy, name: surroundings.table, table, pictures: noPictures });
    await expect(leave(from, 'torn')).rejects.toMatchObject({ code: 'export-not-quiet' });
    expect(readdirSync(at('torn'))).toEqual([]);
    await cloud.settle();
  });

  it('comes back to one machine, and every page is the very page again', async () => {
    await leave(deployedLeaving(cloud.means()), 'return');
    const { drift, from } = await ontoDisk('return', 'returned');
    expect({ drift, edition: from.edition }).toEqual({ drift: 0, edition: 'aws' });
    await fromDisk('returned', 'once-more');
    const [mine] = readFileSync(at('return/open/booking.ndjson'), 'utf8').split('\n');
    expect(readFileSync(at('once-more/open/booking.ndjson'), 'utf8')).toContain(mine);
    for (const part of ['open/crew-event', 'open/link', 'open/due', 'money/ledger', 'money/delivery'])
      expect(readFileSync(at(`once-more/${part}.ndjson`), 'utf8'), part).toBe(
        readFileSync(at(`return/${part}.ndjson`), 'utf8'),
      );
    expect(pagesIn(at('returned/pages'))).toContain(page.body);
  });

  it('goes on wherever it was cut on the way back, has nothing twice and writes to nobody', async () => {
    const cut = () => Promise.reject(new Error('the line was cut'));
    let left = 9;
    const cuts: ((into: Arriving) => Partial<Arriving>)[] = [
      into => ({ put: (kind, records) => (--left === 0 ? cut() : into.put(kind, records)) }),
      into => ({ pictures: { ...into.pictures, write: cut } }),
      () => ({ isPut: cut }),
      () => ({ catchUp: cut }),
      into => ({ catchUp: leftAt => into.catchUp(leftAt).then(cut) }),
      () => ({ end: cut }),
    ];
    for (const from of cuts)
      await expect(ontoDisk('return', 'cut', into => ({ ...into, ...from(into) }))).rejects.toThrow(
        'the line was cut',
      );
    expect(() => takeDataFolder(at('cut'))).toThrow(expect.objectContaining({ code: 'import-unfinished' }));
    expect(await ontoDisk('return', 'cut')).toMatchObject({ resumed: true, drift: 0 });
    expect((await fromDisk('cut', 'cut-again')).parts).toEqual(
      (await checkExport(at('once-more'))).manifest.parts,
    );
    expect(outboxFiles(at('cut/outbox'))).toEqual([]);
  });

  it('is refused when a byte of it is another, a part is missing, or it is not for this house', async () => {
    const refused = async (change: (folder: string) => void, fits: { linkKey?: string } = {}) => {
      rmSync(at('spoilt'), { recursive: true, force: true });
      cpSync(at('export'), at('spoilt'), { recursive: true });
      change(at('spoilt'));
      const held = takeDataFolder(at('nowhere'), true);
      try {
        const into = embeddedArriving({ config: home.config, data: held, clock: home.clock });
        const from = await checkExport(at('spoilt'));
        await importHouse({ from, into, fleet: home.config.fleet, linkKey: linkKey(), ...fits });
        return 'imported';
      } catch (error) {
        expect(existsSync(join(at('nowhere'), 'gangway.db'))).toBe(false);
        return (error as { code: string }).code;
      } finally {
        held.release();
      }
    };
    const change = (name: string, edit: (text: string) => string) => (of: string) =>
      writeFileSync(join(of, name), edit(readFileSync(join(of, name), 'utf8')));
    expect(await refused(change('money/ledger.ndjson', text => text.replace('84075', '84076')))).toBe(
      'export-damaged',
    );
    expect(await refused(of => rmSync(join(of, 'open/letter.ndjson')))).toBe('export-damaged');
    expect(await refused(of => rmSync(join(of, 'export.json')))).toBe('export-incomplete');
    expect(await refused(change('export.json', text => text.replace('"format": 1', '"format": 2')))).toBe(
      'export-newer',
    );
    expect(await refused(change('export.json', text => text.replace('originals/', '../originals/')))).toBe(
      'export-incomplete',
    );
    expect(await refused(() => {}, { linkKey: 'another key' })).toBe('export-other-link-key');
  });
});

/**
 * Of two photos one was whole and nobody had developed it when the house was stopped; and one was asked for days ago and
 * never came, which the next minute of any house clears away.
 */
async function asIfStoppedEarly(data: string): Promise<void> {
  const photos = kinds.find(({ name }) => name === 'photo') as Kind;
  const db = openSqlite(join(data, 'gangway.db'));
  const waiting = ([...photos.sqlite.all(db)] as Photo[]).find(({ state }) => state === 'waiting') as Photo;
  const undeveloped = { ...waiting, state: 'received', width: null, height: null, takenAt: null };
  const never = {
    ...waiting,
    id: `${waiting.id.slice(0, -4)}aaaa`,
    mark: 'never came',
    state: 'expected',
    digest: null,
    askedAt: '2027-05-01T10:00:00.000Z',
    receivedAt: null,
  };
  await db.write(tx => {
    for (const photo of [undeveloped, never]) photos.sqlite.put(tx, photo);
  });
  db.close();
  rmSync(join(data, 'photos', 'private', waiting.booking, waiting.id, 'renditions'), { recursive: true });
}

/** What people see of a house, but for its own address and for what waits. */
async function seen(world: StoryWorld) {
  const bookings = await world.bookings();
  const each = bookings.map(async ({ id }) => ({
    beliefs: (await world.beliefs(id)).map(({ surface, recipient, statedRevision, statedDigest, url }) => ({
      surface,
      recipient,
      statedRevision,
      // Of a guest page it is also about where photos are sent.
      ...(surface === 'guest page' ? {} : { statedDigest }),
      path: url && new URL(url, 'https://house').pathname,
    })),
    money: await world.operate('money show', { booking: id }),
    crew: await world.operate('crew list', { booking: id }),
    photos: await world.operate('photo list', { booking: id }),
  }));
  return { bookings, each: await Promise.all(each) };
}
type Seen = Awaited<ReturnType<typeof seen>>;

async function pageOf(world: StoryWorld, id: string) {
  const { url } = await world.belief(id, 'guest page');
  const { body } = await world.http(url ?? '');
  return { path: new URL(url ?? '').pathname, body };
}

/** A page without what it is wrapped in: its scripts and the policy that names them. */
const said = (html: string) => html.replaceAll(/<script[\s\S]*?<\/script>|<meta[^>]*>|<!--\w+-->/g, '');

const noPictures: PictureFiles = {
  names: async () => [],
  read: async () => new Uint8Array(),
  write: async () => {},
};

const pagesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.html'))
    .map(name => readFileSync(join(folder, name), 'utf8'));
