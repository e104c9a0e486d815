import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import type { PhotoKey, PhotoStore } from './photo-store.ts';

const booking = 'bkg_0000000000000001' as const;
const a: PhotoKey = { booking, photo: 'pho_ggggggggggggggghaaaa' };
const b: PhotoKey = { booking, photo: 'pho_gggggggggggggggiaaaa' };
const elsewhere: PhotoKey = { booking: 'bkg_0000000000000002', photo: 'pho_gggggggggggggggjaaaa' };

/** An empty store, how an original gets into it by a grant, and the paths of everything that lies there. */
export type StoreUnderTest = {
  readonly store: PhotoStore;
  readonly send: (key: PhotoKey, bytes: Uint8Array) => Promise<void>;
  readonly everything: () => Promise<readonly string[]>;
};

/** What every store of photos must do. */
export function photoStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  const picture = Buffer.from('a picture, as it came');
  const text = (found: { bytes: Uint8Array } | null) => found && Buffer.from(found.bytes).toString();
  const developed = (store: PhotoStore, key: PhotoKey, made: Readonly<Record<string, string>>) =>
    store.develop(key, async ({ original, renditions }) => {
      for (const [file, content] of Object.entries(made)) await writeFile(join(renditions, file), content);
      return (await readFile(original)).toString();
    });

  describe(`a store of photos: ${name}`, () => {
    it('knows nothing of what did not come', async () => {
      const { store } = await open();
      expect([await store.arrived(a), await store.landed(a)]).toEqual([0, null]);
      expect([await store.rendition(a, '800.jpg'), await store.shown(a, '800.jpg')]).toEqual([null, null]);
      await store.show(a).catch(() => {});
      for (const gone of [store.hide(a), store.remove(a), store.removeAll(booking)])
        expect(await gone).toBeUndefined();
    });

    it('knows what came: how long, what it is, how it begins', async () => {
      const { store, send } = await open();
      const long = Buffer.alloc(300_000, 7);
      await send(a, long);
      expect(await store.arrived(a)).toBe(300_000);
      expect(await store.landed(a)).toMatchObject({ size: 300_000, digest: sha256(long) });
      expect(Buffer.from((await store.landed(a))?.head ?? []).equals(long.subarray(0, 64))).toBe(true);
      expect(await store.arrived(b)).toBe(0);
    });

    it('has a photo developed from just what came, and shows nothing before it is told to', async () => {
      const { store, send } = await open();
      await send(a, picture);
      expect(await developed(store, a, { '800.jpg': 'large', '400.webp': 'small' })).toBe(picture.toString());
      expect(text(await store.rendition(a, '800.jpg'))).toBe('large');
      expect([await store.shown(a, '800.jpg'), await store.rendition(a, '400.avif')]).toEqual([null, null]);
      await store.show(a);
      await store.show(a);
      expect(text(await store.shown(a, '800.jpg'))).toBe('large');
      expect(text(await store.shown(a, '400.webp'))).toBe('small');
      expect(await store.shown(b, '800.jpg')).toBeNull();
    });

    it('developed again, has the new and nothing of the old, shown once it is told so', async () => {
      const { store, send } = await open();
      await send(a, picture);
      await developed(store, a, { '800.jpg': 'old', '400.webp': 'old' });
      await store.show(a);
      await developed(store, a, { '800.jpg': 'new' });
      expect(text(await store.shown(a, '800.jpg'))).toBe('old');
      await store.show(a);
      expect([text(await store.rendition(a, '800.jpg')), text(await store.shown(a, '800.jpg'))]).toEqual([
        'new',
        'new',
      ]);
      expect([await store.rendition(a, '400.webp'), await store.shown(a, '400.webp')]).toEqual([null, null]);
    });

    it('has what it had when developing breaks', async () => {
      const { store, send, everything } = await open();
      await send(a, picture);
      await developed(store, a, { '800.jpg': 'old' });
      const before = await everything();
      const broken = store.develop(a, async ({ renditions }) => {
        await writeFile(join(renditions, '800.jpg'), 'half');
        throw new RangeError('out of memory');
      });
      await expect(broken).rejects.toThrow('out of memory');
      expect(text(await store.rendition(a, '800.jpg'))).toBe('old');
      expect(await everything()).toEqual(before);
    });

    it('hides what it showed, and has it still', async () => {
      const { store, send } = await open();
      await send(a, picture);
      await developed(store, a, { '800.jpg': 'large' });
      await store.show(a);
      await store.hide(a);
      await store.hide(a);
      expect(await store.shown(a, '800.jpg')).toBeNull();
      expect(text(await store.rendition(a, '800.jpg'))).toBe('large');
    });

    it('takes away everything of a photo, or of a trip, and nothing of another', async () => {
      const { store, send, everything } = await open();
      for (const key of [a, b, elsewhere]) {
        await send(key, picture);
        await developed(store, key, { '800.jpg': 'large', '400.webp': 'small' });
        await store.show(key);
      }
      await store.remove(a);
      expect((await everything()).filter(path => path.includes(a.photo))).toEqual([]);
      expect([await store.arrived(b), text(await store.shown(b, '800.jpg'))]).toEqual([
        picture.length,
        'large',
      ]);
      await store.removeAll(booking);
      expect((await everything()).filter(path => path.includes(booking))).toEqual([]);
      expect(text(await store.shown(elsewhere, '400.webp'))).toBe('small');
    });

    it('gives nothing by a name that is no rendition, and touches nothing for what is no id', async () => {
      const { store, send } = await open();
      await send(a, picture);
      await developed(store, a, { '800.jpg': 'large' });
      for (const wrong of ['../original', 'original', '', '800.jpg/..', '800.svg', `../${b.photo}/800.jpg`])
        expect([wrong, await store.rendition(a, wrong), await store.shown(a, wrong)]).toEqual([
          wrong,
          null,
          null,
        ]);
      const wrong = { booking: '../..' as typeof booking, photo: a.photo };
      for (const touched of [
        () => store.arrived(wrong),
        () => store.show(wrong),
        () => store.remove(wrong),
        () => store.removeAll(wrong.booking),
        () => store.grant(wrong, { type: 'image/jpeg', size: 1 }, 0, 1000),
      ])
        await expect((async () => touched())()).rejects.toThrow(TypeError);
    });
  });
}
