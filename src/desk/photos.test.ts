import { describe, expect, it } from 'vitest';
import { message, minute } from '#booking/booking.fixture.ts';
import { testPhoto } from '#photos/photo.fixture.ts';
import type { Photo, PhotoId } from '#photos/photo.ts';
import { deskWorld } from './desk.fixture.tsx';

const limits = { perPage: 100, bytesPerPhoto: 1e9, bytesPerPage: 1e9 };

describe('the photos of a trip at the desk', () => {
  const world = async (...given: Partial<Photo>[]) => {
    const made = deskWorld();
    const booking = await made.hear(message({ at: minute(1) }));
    const ids = given.map((_, at) => `pho_${'abcdefghij'.charAt(at).repeat(20)}` as PhotoId);
    for (const [at, more] of given.entries()) {
      const id = ids[at] as PhotoId;
      const photo = { state: 'waiting', width: 900, height: 600, ...more } as const;
      await made.photos.admit(testPhoto({ ...photo, id, mark: id, booking: booking.id }), limits);
      made.renditions.set(id, Buffer.from('picture'));
    }
    const page = `/desk/bookings/${booking.id}/photos`;
    const read = async (path = page) => (await made.get(path)).text();
    const states = async () => (await made.photos.of(booking.id)).map(({ state }) => state).sort();
    const first = ids[0] ?? '';
    return Object.assign(made, { booking, page, ids, first, read, states });
  };

  it('says so while there are none, and where they come from', async () => {
    const { read } = await world();
    expect(await read()).toContain('Guests and crew add them from their own pages.');
  });

  it('shows what waits for a person first, with everything that asks for a second thought', async () => {
    const { read } = await world(
      { minors: true, by: 'crew:mara' },
      { state: 'hidden', removalAskedAt: minute(2) },
      { state: 'shown', caption: 'Under sail' },
      { state: 'refused', reason: 'unreadable' },
      { state: 'expected', width: null },
    );
    const html = await read();
    expect(html).toContain('To look at: 2');
    expect(html).toContain('children can be recognised');
    expect(html).toContain('From Mara Finch');
    expect(html).toContain('a guest wants it taken down');
    expect(html).toContain('alt="Under sail"');
    expect(html).toContain('This picture is damaged');
    expect(html).toContain('One more is');
    expect(html.indexOf('To look at')).toBeLessThan(html.indexOf('On the guest’s page: 1'));
  });

  it('approves one, and takes that back', async () => {
    const { post, page, first, read, states, retried, booking } = await world({});
    const done = await post(page, { photo: first, do: 'shown' });
    expect([done.status, await states(), retried]).toEqual([303, ['shown'], [booking.id]]);
    const html = await read(done.headers.get('location') ?? '');
    expect(html).toContain('The photo is on the page of the guest now.');
    expect(html).toMatch(new RegExp(`value="${first}"/><button[^>]*value="waiting">Undo`));
    await post(page, { photo: first, do: 'waiting' });
    expect([await states(), retried.length]).toEqual([['waiting'], 2]);
  });

  it('approves many at once, but none with a remark', async () => {
    const { post, page, ids, read, states } = await world({}, {}, { minors: true });
    const html = await read();
    expect(html).toContain('Show all 2 without a remark');
    expect(html).toContain(`value="${ids[0]} ${ids[1]}"`);
    const done = await post(page, { photo: `${ids[0]} ${ids[1]}`, do: 'shown' });
    expect(await states()).toEqual(['shown', 'shown', 'waiting']);
    expect(await read(done.headers.get('location') ?? '')).toContain('2 photos are on the page');
  });

  it('deletes for good only what was hidden before, after asking', async () => {
    const { post, page, first, read, states } = await world({ state: 'shown' });
    expect(await read()).not.toContain('Delete for good');
    await post(page, { photo: first, do: 'hidden' });
    expect(await read()).toContain('data-confirm="Delete this photo for good, with its original?"');
    await post(page, { photo: first, do: 'delete' });
    expect(await states()).toEqual([]);
  });

  it('keeps a caption, and refuses one that reads like an amount', async () => {
    const { post, page, first, photos } = await world({});
    await post(page, { photo: first, do: 'caption', caption: 'Under sail' });
    expect(await photos.find(first as PhotoId)).toMatchObject({ caption: 'Under sail' });
    const refused = await post(page, { photo: first, do: 'caption', caption: 'Only $ 900' });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('without amounts')]);
  });

  it('refuses a photo of another trip, a button that does not exist and a form of another session', async () => {
    const { post, page, first, states } = await world({});
    const refused = await Promise.all([
      post(page, { photo: 'pho_pppppppppppppppppppp', do: 'shown' }),
      post(page, { photo: first, do: 'publish' }),
      post(page, { photo: first, do: 'shown', formToken: 'forged' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 403]);
    expect(await states()).toEqual(['waiting']);
  });

  it('gives the pictures to staff only, as pictures and nothing else', async () => {
    const { get, app, first } = await world({});
    const picture = await get(`/desk/photos/${first}/400.webp`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
    expect((await app.request(`http://desk.example/desk/photos/${first}/400.webp`)).status).toBe(401);
  });

  it('are named on the first page while they wait', async () => {
    const { read, page } = await world({}, {});
    const html = await read('/desk');
    expect(html).toContain(`href="${page}"`);
    expect(html).toContain('2 photos,');
    expect(await (await world()).read('/desk')).not.toContain('photos to look at');
  });
});
