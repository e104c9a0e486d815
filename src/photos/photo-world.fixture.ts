import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Booking } from '#booking/booking.ts';
import { settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { seededRandom } from '#lib/random.ts';
import { inZone } from '#lib/zoned.ts';
import type { Log } from '#platform/log.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { Darkroom } from './darkroom.ts';
import { photoDecisions } from './decide-photos.ts';
import { photoDevelopment } from './develop-photos.ts';
import type { PhotoLimits, PhotoType } from './photo.ts';
import { sqlitePhotoRecords } from './photo-records.sqlite.ts';
import { diskPhotoStore } from './photo-store.disk.ts';
import { photoUploads } from './uploads.ts';

const zone = 'America/Los_Angeles';

/** The trip of the tests, and from when until when photos of it may be added. */
export const booking = {
  id: 'bkg_0000000000000001',
  status: 'confirmed',
  start: inZone('2027-05-30T22:30:00Z', zone),
} as Partial<Booking> as Booking;
export const opens = inZone('2027-05-30T00:00:00Z', zone);
export const closes = inZone('2027-06-06T00:00:00Z', zone);

/** The room of the photos on a folder of a test, with a darkroom and everything else it needs. */
export function photoWorld(
  root: string,
  darkroom: Darkroom,
  {
    limits,
    log = silentLog,
    canDevelop = true,
  }: { limits?: PhotoLimits; log?: Log; canDevelop?: boolean } = {},
) {
  const clock = settableClock('2027-05-31T00:00:00Z');
  const records = sqlitePhotoRecords(openSqlite(':memory:'));
  const store = diskPhotoStore({
    root,
    signer: { accessKeyId: 'test', secret: 'k7sW2mQ9xV4bT8zL', region: 'here' },
  });
  const changed: string[] = [];
  const removals: string[] = [];
  const uploads = photoUploads({
    records,
    store,
    limits: limits ?? { perPage: 10, bytesPerPhoto: 5_000_000, bytesPerPage: 20_000_000 },
    canDevelop,
    windowOf: () => ({ opens, closes }),
    clock,
    random: seededRandom('photos'),
    onReceived: () => {},
  });
  const development = photoDevelopment({
    records,
    store,
    darkroom,
    bookingOf: async () => booking,
    clock,
    log,
  });
  const decisions = photoDecisions({
    records,
    store,
    clock,
    onGalleryChanged: async id => void changed.push(id),
    onRemovalAsked: async ({ id }) => void removals.push(id),
    looksLikeMoney: text => text.includes('$'),
  });
  const ask = (bytes: Buffer, mark = sha256(bytes), type: PhotoType = 'image/jpeg') =>
    uploads.ask(booking, { type, size: bytes.length, mark, minors: false, by: 'guest' });
  const send = async (bytes: Buffer, mark?: string, type?: PhotoType) => {
    const grant = await ask(bytes, mark, type);
    if (!grant.fields) return grant;
    return uploads.receive(booking, grant.photo, grant.fields, {
      from: grant.at,
      bytes: once(bytes.subarray(grant.at)),
    });
  };
  const files = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name));
  return {
    root,
    clock,
    records,
    store,
    uploads,
    development,
    decisions,
    ask,
    send,
    files,
    changed,
    removals,
  };
}

export async function* once(bytes: Buffer) {
  yield bytes;
}
