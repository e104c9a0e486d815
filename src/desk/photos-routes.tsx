import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { Refusal } from '#lib/refusal.ts';
import { type Decision, decisions as places } from '#photos/decide-photos.ts';
import type { Photo, PhotoId } from '#photos/photo.ts';
import { pictureHeaders } from '#photos/picture-headers.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { bookingAt } from './look-up.ts';
import { PhotosPage, type PhotosView } from './photos-page.tsx';

/** The photos of a trip at the desk: looked at, approved, hidden, described, deleted. Works without scripts. */
export function photosRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { decisions } = deps.photos;

  const page = async (
    c: Context,
    session: StaffSession,
    booking: Booking,
    problems: readonly Problem[],
    status: 200 | 422,
  ) =>
    answer(c, deps, session, {
      section: 'bookings',
      title: 'Photos',
      about: [booking.id],
      status,
      content: (
        <PhotosPage
          fleet={deps.fleet}
          booking={booking}
          formToken={formToken(session)}
          photos={await decisions.all(booking.id)}
          problems={problems}
          done={doneIn(c)}
        />
      ),
    });

  app.get(paths.deskPhotos(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    return page(c, session, await bookingAt(deps, c.req.param('id')), [], 200);
  });

  app.post(paths.deskPhotos(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const ids = field('photo').split(' ').filter(Boolean);
    const verb = field('do');
    try {
      const { to, before } = await done(booking, ids, verb, field('caption'), session.person);
      const was = before[0]?.state;
      const isSame = before.every(({ state }) => state === was);
      const back = isSame && was && isPlace(was) && isPlace(to) ? was : '';
      return seeOther(c, paths.deskPhotos(booking.id), { did: to, was: back, photo: ids.join(' ') });
    } catch (error) {
      return page(c, session, booking, problemsOf(error), 422);
    }
  });

  async function done(
    booking: Booking,
    ids: readonly string[],
    verb: string,
    caption: string,
    by: string,
  ): Promise<{ to: NonNullable<PhotosView['done']>['to']; before: readonly Photo[] }> {
    if (isPlace(verb)) return { to: verb, before: await decisions.put(booking.id, ids, verb, by) };
    if (verb === 'delete') return { to: 'deleted', before: await decisions.remove(booking.id, ids) };
    if (verb === 'caption')
      return { to: 'described', before: [await decisions.describe(booking.id, ids[0] ?? '', caption)] };
    throw new Refusal('input-invalid', 'This form asks for nothing.', 'Reload the page and press a button.');
  }

  app.get(paths.deskPhoto(':photo', ':name'), async (c: Context) => {
    await deps.requireStaff(c.req.raw);
    const photo = await deps.photos.find(c.req.param('photo') as PhotoId);
    const name = c.req.param('name') ?? '';
    const picture = photo && (await deps.photos.rendition({ booking: photo.booking, photo: photo.id }, name));
    if (!picture)
      throw new Refusal('photo-unknown', 'There is no such photo, or not any more.', 'Reload the page.');
    return c.body(picture.bytes, 200, { ...pictureHeaders(name), 'cache-control': 'private, max-age=300' });
  });

  return app;
}

const isPlace = (word: string): word is Decision => (places as readonly string[]).includes(word);

/** What the address says was just done. It only words a notice: whatever it names is checked again when it is taken back. */
function doneIn(c: Context): PhotosView['done'] {
  const [did, was] = [c.req.query('did') ?? '', c.req.query('was') ?? ''];
  const photos = (c.req.query('photo') ?? '').split(' ').filter(id => /^pho_[a-p]{20}$/.test(id));
  if (photos.length === 0 || !(isPlace(did) || did === 'deleted' || did === 'described')) return null;
  return { to: did, photos, was: isPlace(was) ? was : null };
}
