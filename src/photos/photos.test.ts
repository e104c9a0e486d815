import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { processDarkroom } from './darkroom.process.ts';
import type { Darkroom } from './darkroom.ts';
import { booking, closes, once, opens, photoWorld } from './photo-world.fixture.ts';
import { purgePhotos } from './purge-photos.ts';

let picture: Buffer;
let darkroom: Darkroom;
const folders: string[] = [];

beforeAll(async () => {
  picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#4682b4' } })
    .jpeg()
    .withExif({
      IFD0: { Model: 'Camera of Carole' },
      IFD2: { DateTimeOriginal: '2027:05:30 17:01:02' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '32/1 43/1 31/1' },
    })
    .toBuffer();
  darkroom = processDarkroom();
});
afterAll(() => darkroom.close());
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function room() {
  const root = mkdtempSync(join(tmpdir(), 'gangway-photos-'));
  folders.push(root);
  return photoWorld(root, darkroom);
}

/** A line that is cut after so many bytes. */
async function* cutAfter(bytes: Buffer, count: number) {
  yield bytes.subarray(0, count);
  throw new Error('cut');
}

it('takes a photo in, and shows nothing of it before a person approved it', async () => {
  const { send, development, records, decisions, store, files, changed } = room();
  expect(await send(picture)).toMatchObject({ state: 'stored', at: picture.length });
  await development.run();
  const [photo] = await records.of(booking.id);
  if (!photo) throw new Error('no photo');
  expect(photo).toMatchObject({
    state: 'waiting',
    width: 900,
    height: 600,
    takenAt: '2027-05-31T00:01:02.000Z',
  });
  const key = { booking: booking.id, photo: photo.id };
  expect([await decisions.gallery(booking.id), await store.shown(key, '800.jpg')]).toEqual([[], null]);
  await decisions.describe(booking.id, photo.id, ' Under  sail ');
  expect(changed).toEqual([]);
  await decisions.put(booking.id, [photo.id], 'shown', 'pat');
  expect(await decisions.gallery(booking.id)).toMatchObject([
    { id: photo.id, caption: 'Under sail', decidedBy: 'pat' },
  ]);
  expect(await store.shown(key, '800.jpg')).not.toBeNull();
  expect(changed).toEqual([booking.id]);

  const publicly = files().filter(file => file.includes('/public/'));
  expect(publicly).toHaveLength(6);
  for (const file of publicly) {
    const bytes = readFileSync(file);
    expect([file, bytes.includes('Exif'), bytes.includes('GPS'), bytes.includes('Carole')]).toEqual([
      file,
      false,
      false,
      false,
    ]);
    expect(bytes.equals(picture)).toBe(false);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  }
  const originals = files().filter(file => file.endsWith('/original'));
  expect(originals.map(file => statSync(file).mode & 0o777)).toEqual([0o600]);
});

it('goes on where it was after a cut at any byte, also from another device', async () => {
  const { ask, uploads, records, store } = room();
  for (let cut = 0; cut <= picture.length; cut += 97) {
    const grant = await ask(picture, `m${cut}`);
    const [fields, from] = [grant.fields ?? {}, grant.at];
    await uploads.receive(booking, grant.photo, fields, { from, bytes: cutAfter(picture, cut) });
    const again = await ask(picture, `m${cut}`);
    expect(again).toMatchObject({ photo: grant.photo });
    if (cut < picture.length) {
      expect(again.at).toBe(cut);
      await uploads.receive(booking, again.photo, again.fields ?? {}, {
        from: cut,
        bytes: once(picture.subarray(cut)),
      });
    }
    expect((await records.find(grant.photo))?.digest).toBe(sha256(picture));
    await store.removeAll(booking.id);
    await records.forget(grant.photo);
  }
});

it('tells the second of two senders of one file so, and the file is whole once', async () => {
  const { ask, uploads, records } = room();
  const grant = await ask(picture);
  const sent = (bytes: AsyncIterable<Uint8Array>, from = 0) =>
    uploads.receive(booking, grant.photo, grant.fields ?? {}, { from, bytes });
  let goOn = () => {};
  const slow = async function* () {
    yield picture.subarray(0, 1000);
    await new Promise<void>(resolve => {
      goOn = resolve;
    });
    yield picture.subarray(1000);
  };
  const first = sent(slow());
  for (let seen = 0; seen < 1000; ) seen = (await uploads.state(booking, grant.photo)).at;
  await expect(sent(once(picture))).rejects.toMatchObject({ code: 'upload-elsewhere', data: { at: 1000 } });
  goOn();
  expect((await first).state).toBe('stored');
  expect((await records.find(grant.photo))?.digest).toBe(sha256(picture));
  expect((await sent(once(picture))).state).toBe('stored');
});

it('keeps the time from open to close by the clock of the server', async () => {
  const { clock, ask, uploads } = room();
  const grant = await ask(picture);
  clock.set(Date.parse(opens.at) - 1);
  await expect(ask(picture)).rejects.toMatchObject({ code: 'upload-not-open', data: { opensAt: opens.at } });
  clock.set(Date.parse(opens.at));
  expect((await ask(picture)).state).toBe('expected');
  clock.set(Date.parse(closes.at) - 60_000);
  const last = await ask(picture);
  expect(last.expiresAt).toBe('2027-06-06T00:00:00.000Z');
  clock.set(Date.parse(closes.at));
  await expect(ask(picture)).rejects.toMatchObject({ code: 'upload-not-open' });
  await expect(
    uploads.receive(booking, grant.photo, last.fields ?? {}, { from: 0, bytes: once(picture) }),
  ).rejects.toMatchObject({ code: 'upload-not-open' });
});

it('takes nothing under a grant that ran out, and goes on under a new one', async () => {
  const { clock, ask, uploads, send } = room();
  const grant = await ask(picture);
  clock.advance(10 * 60_000);
  await expect(
    uploads.receive(booking, grant.photo, grant.fields ?? {}, { from: 0, bytes: once(picture) }),
  ).rejects.toMatchObject({ code: 'upload-forbidden', data: { why: 'expired' } });
  expect((await send(picture)).state).toBe('stored');
});

it('takes nothing in where nothing is installed that opens pictures, and says so', async () => {
  const root = mkdtempSync(join(tmpdir(), 'gangway-photos-'));
  folders.push(root);
  const world = photoWorld(root, darkroom, { canDevelop: false });
  await expect(world.ask(picture)).rejects.toMatchObject({
    code: 'upload-not-open',
    cure: expect.stringContaining('gangway doctor'),
  });
  expect(await world.records.of(booking.id)).toEqual([]);
});

it('knows the same picture under another name', async () => {
  const { send, development, records, decisions, files } = room();
  await send(picture, 'one');
  await send(picture, 'two');
  await development.run();
  const states = (await records.of(booking.id)).map(({ state }) => state).sort();
  expect(states).toEqual(['doubled', 'waiting']);
  expect(files().filter(file => file.endsWith('/original'))).toHaveLength(1);
  expect(await decisions.all(booking.id)).toHaveLength(2);
});

it('refuses what is no picture at once, what is damaged when it is opened, and keeps nothing of either', async () => {
  const { send, development, records, uploads, files } = room();
  const svg = await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'));
  expect(svg).toMatchObject({ state: 'refused', reason: expect.stringContaining('not a photo') });
  const damaged = await send(Buffer.concat([picture.subarray(0, 300), Buffer.alloc(2000, 1)]));
  expect(damaged.state).toBe('stored');
  await development.run();
  expect(await uploads.state(booking, damaged.photo)).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('damaged'),
    cure: expect.any(String),
  });
  expect((await records.of(booking.id)).map(({ state }) => state)).toEqual(['refused', 'refused']);
  expect(files()).toEqual([]);
});

it('takes a picture down at once when a guest asks, and a person decides', async () => {
  const { send, development, records, decisions, store, removals } = room();
  await send(picture);
  await development.run();
  const [photo] = await records.of(booking.id);
  if (!photo) throw new Error('no photo');
  const key = { booking: booking.id, photo: photo.id };
  await decisions.put(booking.id, [photo.id], 'shown', 'pat');
  await decisions.askRemoval(booking.id, photo.id);
  expect([await decisions.gallery(booking.id), await store.shown(key, '400.avif')]).toEqual([[], null]);
  expect(await records.waiting(5)).toEqual([{ booking: booking.id, photos: 1 }]);
  await decisions.askRemoval(booking.id, photo.id);
  expect(removals).toEqual([photo.id]);
  await expect(decisions.askRemoval('bkg_0000000000000002', photo.id)).rejects.toMatchObject({
    code: 'photo-unknown',
  });
  await decisions.put(booking.id, [photo.id], 'shown', 'pat');
  expect(await decisions.gallery(booking.id)).toHaveLength(1);
  await decisions.put(booking.id, [photo.id], 'hidden', 'pat');
  expect(await store.shown(key, '400.avif')).toBeNull();
});

it('puts back what was decided, all or nothing, and takes no amount under a photo', async () => {
  const { send, development, records, decisions, store, changed } = room();
  await send(picture);
  await development.run();
  const [photo] = await records.of(booking.id);
  if (!photo) throw new Error('no photo');
  const before = await decisions.put(booking.id, [photo.id], 'shown', 'pat');
  expect(before).toMatchObject([{ id: photo.id, state: 'waiting' }]);
  await decisions.put(booking.id, [photo.id], 'waiting', 'pat');
  expect([await records.find(photo.id), changed.length]).toMatchObject([
    { state: 'waiting', decidedBy: null },
    2,
  ]);
  expect(await store.shown({ booking: booking.id, photo: photo.id }, '800.jpg')).toBeNull();
  await expect(
    decisions.put(booking.id, [photo.id, 'pho_aaaaaaaaaaaaaaaaaaaa'], 'shown', 'pat'),
  ).rejects.toMatchObject({ code: 'photo-unknown' });
  await expect(decisions.put('bkg_0000000000000002', [photo.id], 'shown', 'pat')).rejects.toMatchObject({
    code: 'photo-unknown',
  });
  await expect(decisions.describe(booking.id, photo.id, 'Worth $ 900')).rejects.toMatchObject({
    code: 'caption-looks-like-money',
  });
  expect(await records.find(photo.id)).toMatchObject({ state: 'waiting', caption: '' });
});

it('leaves nothing of a trip behind when it is purged', async () => {
  const { send, development, records, decisions, store, files } = room();
  await send(picture);
  await development.run();
  await decisions.put(booking.id, [(await records.of(booking.id))[0]?.id ?? ''], 'shown', 'pat');
  await purgePhotos({ records, store }, booking.id);
  await purgePhotos({ records, store }, booking.id);
  expect([await records.of(booking.id), files()]).toEqual([[], []]);
});

it('forgets after two days what was asked for and never came', async () => {
  const { ask, development, records, clock } = room();
  await ask(picture);
  clock.advance(47 * 3_600_000);
  await development.tidy();
  expect(await records.of(booking.id)).toHaveLength(1);
  clock.advance(2 * 3_600_000);
  await development.tidy();
  expect(await records.of(booking.id)).toEqual([]);
});

it('develops what an iPhone sends where the browser did not convert it, and leaves behind what it wrote', async () => {
  const { send, development, records, files } = room();
  const heic = readFileSync(new URL('../../test/pictures/sail.heic', import.meta.url));
  expect(heic.includes('Canary Quorl')).toBe(true);
  expect(await send(heic, 'heic', 'image/heic')).toMatchObject({ state: 'stored' });
  await development.run();
  expect(await records.of(booking.id)).toMatchObject([
    { state: 'waiting', width: 96, height: 64, takenAt: '2027-05-31T00:01:02.000Z' },
  ]);
  const made = files().filter(file => file.includes('/renditions/'));
  expect(made).toHaveLength(6);
  for (const file of made) expect(readFileSync(file).includes('Quorl')).toBe(false);
  const middle = made.find(file => file.endsWith('800.jpg')) ?? '';
  // Sky above, water below: it stands upright, and its colours are those of the drawing.
  const [sky, water] = await Promise.all(
    [2, 60].map(top => sharp(middle).extract({ left: 2, top, width: 1, height: 1 }).raw().toBuffer()),
  );
  expect(sky?.[2]).toBeGreaterThan(200);
  expect(water?.[0]).toBeLessThan(80);
});

it('takes in what came to its place past the program, told as often and as late as it may be', async () => {
  const { ask, uploads, records, store, files, clock } = room();
  const laid = async (bytes: Buffer, mark: string) => {
    const { photo, fields } = await ask(bytes, mark);
    const key = { booking: booking.id, photo };
    await store.receive(key, fields ?? {}, { from: 0, bytes: once(bytes) }, clock.now());
    return key;
  };
  const key = await laid(picture, 'one');
  expect(await uploads.state(booking, key.photo)).toMatchObject({ state: 'expected', at: picture.length });
  for (const _ of [1, 2, 3]) await uploads.landed(key);
  expect(await records.find(key.photo)).toMatchObject({ state: 'received', digest: sha256(picture) });
  expect(files()).toHaveLength(1);

  const fake = await laid(Buffer.from('<svg onload="alert(1)"/>'), 'two');
  await uploads.landed(fake);
  expect(await records.find(fake.photo)).toMatchObject({ state: 'refused', reason: 'no-picture' });
  await uploads.landed(fake);
  const forgotten = await laid(picture, 'three');
  await records.forget(forgotten.photo);
  await uploads.landed(forgotten);
  expect(files().filter(file => !file.includes(key.photo))).toEqual([]);
});

it('takes no bytes itself where files go past it', async () => {
  const { ask, uploads, store } = room();
  const { photo, fields = {} } = await ask(picture);
  delete (store as { receive?: unknown }).receive;
  const part = { from: 0, bytes: once(picture) };
  await expect(uploads.receive(booking, photo, fields, part)).rejects.toMatchObject({
    code: 'upload-forbidden',
  });
});

it('is taken back by the device that sent it until a person has looked, and put back until it is deleted', async () => {
  const { ask, send, uploads, development, decisions, records, files, clock } = room();
  await send(picture);
  await development.run();
  const { photo, key = '' } = await ask(picture);
  const stranger = uploads.takeBack(booking, photo, 'guessed', 'away');
  await expect(stranger).rejects.toMatchObject({ code: 'photo-unknown' });
  expect(await uploads.takeBack(booking, photo, key, 'away')).toMatchObject({ state: 'withdrawn' });
  expect(await uploads.takeBack(booking, photo, key, 'away')).toMatchObject({ state: 'withdrawn' });
  expect(await decisions.all(booking.id)).toEqual([]);
  expect(await records.waiting(9)).toEqual([]);
  // Whoever has an old page of the desk open approves nothing that was taken back.
  await expect(decisions.put(booking.id, [photo], 'shown', 'joan')).rejects.toMatchObject({
    code: 'photo-unknown',
  });
  expect(await uploads.takeBack(booking, photo, key, 'back')).toMatchObject({ state: 'stored' });
  expect(await records.find(photo)).toMatchObject({ state: 'waiting' });

  await uploads.takeBack(booking, photo, key, 'away');
  clock.advance(47 * 3_600_000);
  await development.tidy();
  expect(await records.find(photo)).not.toBeNull();
  clock.advance(2 * 3_600_000);
  await development.tidy();
  expect([await records.find(photo), files()]).toEqual([null, []]);
});

it('that was taken back is sent again like any other, and is not taken back once it is shown', async () => {
  const { ask, send, uploads, development, decisions } = room();
  await send(picture);
  const { photo, key = '' } = await ask(picture);
  await uploads.takeBack(booking, photo, key, 'away');
  await development.run();
  expect(await send(picture)).toMatchObject({ photo, state: 'stored' });
  await development.run();
  await decisions.put(booking.id, [photo], 'shown', 'joan');
  expect(await uploads.state(booking, photo)).toMatchObject({ state: 'stored', decided: true });
  await expect(uploads.takeBack(booking, photo, key, 'away')).rejects.toMatchObject({
    code: 'photo-decided',
  });
});
