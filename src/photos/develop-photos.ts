import type { Booking, BookingId } from '#booking/booking.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { inZone, resolveWall } from '#lib/zoned.ts';
import type { Log } from '#platform/log.ts';
import type { CameraTime, Darkroom } from './darkroom.ts';
import type { Photo } from './photo.ts';
import type { PhotoRecords } from './photo-records.ts';
import type { PhotoStore } from './photo-store.ts';

export type DevelopParts = {
  records: PhotoRecords;
  store: PhotoStore;
  darkroom: Darkroom;
  bookingOf: (id: BookingId) => Promise<Booking | null>;
  clock: Clock;
  log: Log;
};

/** A photo that was asked for and never came whole, or was taken back, is deleted after this long. */
const patienceMs = 48 * 3_600_000;

/** Develops what came in, oldest first and one at a time. What a crash interrupted is found again by the next call. */
export function photoDevelopment({ records, store, darkroom, bookingOf, clock, log }: DevelopParts) {
  /** How often the darkroom broke over a photo since the start. */
  const broken = new Map<string, number>();
  let working: Promise<void> | null = null;
  let isClosed = false;

  const one = async (photo: Photo) => {
    const key = { booking: photo.booking, photo: photo.id };
    const twin = (await records.of(photo.booking)).find(
      other => other.id !== photo.id && other.digest === photo.digest && isTwin(other, photo),
    );
    if (twin) {
      await records.change(photo.id, before => ({ ...before, state: 'doubled', twin: twin.id }));
      await store.remove(key);
      return;
    }
    const made = await store.develop(key, place => darkroom.develop(place));
    if (made.kind === 'broken') {
      const times = (broken.get(photo.id) ?? 0) + 1;
      broken.set(photo.id, times);
      log.warn('a photo could not be developed', { booking: photo.booking, code: made.why });
      if (times < 2 || isClosed) return;
    }
    if (made.kind === 'developed') {
      const zone = (await bookingOf(photo.booking))?.start.zone ?? 'UTC';
      const takenAt = made.taken && instantOf(made.taken, zone);
      const { width, height } = made;
      const kept = await records.change(photo.id, before => ({
        ...before,
        // Its sender may have taken it back meanwhile.
        state: before.state === 'withdrawn' ? before.state : 'waiting',
        width,
        height,
        takenAt,
      }));
      // It may have been forgotten with its trip meanwhile.
      if (!kept) await store.remove(key);
    } else {
      const reason = made.reason ?? 'unreadable';
      await records.change(photo.id, before => ({ ...before, state: 'refused', reason }));
      await store.remove(key);
    }
    broken.delete(photo.id);
  };

  const all = async () => {
    // A broken one comes last: it must not keep the others.
    for (let tried = new Set<string>(); !isClosed; ) {
      const next = (await records.received(200)).find(({ id }) => !tried.has(`${id} ${broken.get(id) ?? 0}`));
      if (!next) return;
      tried = tried.add(`${next.id} ${broken.get(next.id) ?? 0}`);
      await one(next);
    }
  };

  return {
    /** Develops everything that is whole. Safe at any moment; resolves when nothing is left that can be done now. */
    run(): Promise<void> {
      working ??= all()
        .catch(error => log.error('developing photos broke', { error }))
        .finally(() => {
          working = null;
        });
      return working;
    },
    /** Deletes what was asked for and never came, or was taken back. */
    async tidy(): Promise<void> {
      for (const photo of await records.abandoned(isoInstant(clock.now() - patienceMs), 100)) {
        await store.remove({ booking: photo.booking, photo: photo.id });
        await records.forget(photo.id);
      }
    },
    async close(): Promise<void> {
      isClosed = true;
      await darkroom.close();
      await working;
    },
  };
}

/** Of two that are the same, the one that was asked for first stays. */
const isTwin = (other: Photo, photo: Photo) =>
  ['waiting', 'shown', 'hidden'].includes(other.state) ||
  (other.state === 'received' &&
    (other.askedAt < photo.askedAt || (other.askedAt === photo.askedAt && other.id < photo.id)));

/** A camera that names no zone is taken to show the time at the dock. What no calendar knows is no time. */
function instantOf({ local, offset }: CameraTime, zone: string): string | null {
  try {
    if (offset) return isoInstant(Date.parse(`${local}${offset}`));
    const wall = resolveWall(local, zone);
    const seconds = Number(local.slice(17, 19)) * 1000;
    const { at } =
      wall.kind === 'exact'
        ? wall.time
        : wall.kind === 'ambiguous'
          ? wall.earlier
          : inZone(`${local}Z`, zone);
    return isoInstant(Date.parse(at) - (Date.parse(at) % 60_000) + seconds);
  } catch {
    return null;
  }
}
