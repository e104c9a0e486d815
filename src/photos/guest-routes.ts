import { type Context, Hono } from 'hono';
import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import type { Clock } from '#lib/clock.ts';
import { digestOf } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import { photoNamed } from '#ui/photo-names.ts';
import type { UploadWords } from '#ui/upload-words.ts';
import type { PhotoDecisions } from './decide-photos.ts';
import type { Photo } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';
import { pictureHeaders } from './picture-headers.ts';
import { partBytes, readAsked, readPart } from './upload-request.ts';
import type { PhotoUploads } from './uploads.ts';

export type GuestPhotoParts = {
  uploads: PhotoUploads;
  decisions: PhotoDecisions;
  store: PhotoStore;
  clock: Clock;
  /** The booking whose page hangs under this slug on this brand, or null. */
  bookingAt: (brand: Brand, slug: string) => Promise<Booking | null>;
  /** What a brand answers for everything that is not there. */
  notHere: (brand: Brand, request: Request) => Response;
  /** The page on which a guest sees what was sent from a device, and takes it back. */
  sentPage: (brand: Brand, booking: Booking, back: string) => Promise<Response>;
  /** What a guest gets who has just taken a photo down; `back` is the address of the page. */
  tookDown: (brand: Brand, booking: Booking, back: string) => Promise<Response>;
  /** What a guest is told when a photo is not taken, in the language of their page. */
  wordsFor: (brand: Brand, booking: Booking) => Promise<UploadWords>;
};

/** Photos on a brand's host, by the address of a page: sending, looking, taking them home, asking to have one taken down. */
export function guestPhotoRoutes(parts: GuestPhotoParts): (brand: Brand) => Hono {
  const { uploads, decisions, store, clock } = parts;
  return brand => {
    const app = new Hono();
    const onPage =
      (answer: (c: Context, booking: Booking) => Promise<Response | null>) =>
      async (c: Context): Promise<Response> => {
        const booking = await parts.bookingAt(brand, c.req.param('slug') ?? '');
        return (booking && (await answer(c, booking))) ?? parts.notHere(brand, c.req.raw);
      };

    app.post(
      paths.guestUploads(':slug'),
      onPage(async (c, booking) => {
        const words = await parts.wordsFor(brand, booking);
        const granted = await uploads.ask(booking, { ...(await readAsked(c, words)), by: 'guest' }, words);
        return c.json({ ...granted, part: partBytes }, 200, fresh);
      }),
    );
    app.patch(
      paths.guestUpload(':slug', ':photo'),
      onPage(async (c, booking) => {
        const words = await parts.wordsFor(brand, booking);
        const { fields, part } = readPart(c, words);
        const photo = c.req.param('photo') ?? '';
        return c.json(await uploads.receive(booking, photo, fields, part, words), 200, fresh);
      }),
    );
    app.get(
      paths.guestUpload(':slug', ':photo'),
      onPage(async (c, booking) => {
        const words = await parts.wordsFor(brand, booking);
        return c.json(await uploads.state(booking, c.req.param('photo') ?? '', words), 200, fresh);
      }),
    );

    app.get(
      paths.guestUploads(':slug'),
      onPage((c, booking) =>
        parts.sentPage(brand, booking, `${paths.guestPage(c.req.param('slug') ?? '')}#photos`),
      ),
    );
    for (const [method, put] of [
      ['DELETE', 'away'],
      ['PUT', 'back'],
    ] as const) {
      app.on(
        method,
        paths.guestUpload(':slug', ':photo'),
        onPage(async (c, booking) => {
          const key = c.req.header('upload-key') ?? '';
          const words = await parts.wordsFor(brand, booking);
          const photo = c.req.param('photo') ?? '';
          return c.json(await uploads.takeBack(booking, photo, key, put, words), 200, fresh);
        }),
      );
    }

    app.get(
      paths.guestPhotosZip(':slug'),
      onPage(async (c, booking) => {
        const photos = await decisions.gallery(booking.id);
        if (photos.length === 0) return null;
        const zip = async () => {
          const { zipOf } = await import('./zip.yazl.ts');
          return zipOf(photos.map((photo, at) => zipped(photo, at)));
        };
        if (store.handOut) {
          const file = { name: `${digestOf(photos.map(({ id }) => id))}.zip`, bytes: zip };
          for (const [name, value] of Object.entries(fresh)) c.header(name, value);
          return c.redirect(await store.handOut(booking.id, file, clock.now()), 303);
        }
        return c.body(await zip(), 200, {
          ...fresh,
          'content-type': 'application/zip',
          'content-disposition': 'attachment; filename="photos.zip"',
        });
      }),
    );

    app.get(
      paths.guestPhoto(':slug', ':file'),
      onPage(async (c, booking) => {
        const [, called = '', name] =
          /^(pho_[a-p]{20}|[a-p]{8})-(\d{2,4}\.(?:avif|webp|jpg))$/.exec(c.req.param('file') ?? '') ?? [];
        if (!name) return null;
        const photo = photoNamed(called, await decisions.gallery(booking.id));
        const found = photo && (await store.shown({ booking: booking.id, photo: photo.id }, name));
        return (
          found &&
          c.body(found.bytes, 200, { ...pictureHeaders(name), 'cache-control': 'private, max-age=300' })
        );
      }),
    );

    app.post(
      paths.guestPhotoRemoval(':slug'),
      onPage(async (c, booking) => {
        const { photo: called } = await c.req.parseBody();
        try {
          const name = typeof called === 'string' ? called : '';
          const photo = photoNamed(name, await decisions.all(booking.id));
          await decisions.askRemoval(booking.id, photo?.id ?? name);
        } catch (error) {
          // Off the page since the guest loaded it, which is what they wished for.
          if (!(c.req.header('accept')?.includes('text/html') && isUnknown(error))) throw error;
        }
        return parts.tookDown(brand, booking, `${paths.guestPage(c.req.param('slug') ?? '')}#photos`);
      }),
    );
    return app;
  };

  function zipped(photo: Photo, at: number) {
    const number = String(at + 1).padStart(3, '0');
    return {
      name: `${number}.jpg`,
      at: new Date(photo.takenAt ?? photo.receivedAt ?? photo.askedAt),
      open: async () =>
        (await store.shown({ booking: photo.booking, photo: photo.id }, '1600.jpg'))?.bytes ?? null,
    };
  }
}

const isUnknown = (error: unknown) => error instanceof Refusal && error.code === 'photo-unknown';

const fresh = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
} as const;
