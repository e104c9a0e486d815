import { describe, expect, it } from 'vitest';
import { testPhoto } from './photo.fixture.ts';
import type { PhotoRecords } from './photo-records.ts';

const roomy = { perPage: 3, bytesPerPhoto: 1000, bytesPerPage: 1000 };

/** What every store of what is known about photos keeps to. */
export function photoRecordsContract(name: string, open: () => PhotoRecords): void {
  describe(`${name}: what is known about photos`, () => {
    it('notes a photo once, however often the device asks for it', async () => {
      const records = open();
      const first = testPhoto({ id: 'pho_hgggggggggggggggaaaa' });
      expect(await records.admit(first, roomy)).toEqual({ kind: 'admitted', photo: first });
      expect(await records.admit(testPhoto({ id: 'pho_igggggggggggggggaaaa' }), roomy)).toEqual({
        kind: 'known',
        photo: first,
      });
      expect(await records.of(first.booking)).toEqual([first]);
    });

    it('keeps the limits of a page when many ask in the same moment', async () => {
      const records = open();
      const asked = Array.from({ length: 8 }, (_, n) =>
        records.admit(
          testPhoto({ id: `pho_${'abcdefghij'.charAt(n)}aaaaaaaaaaaaaaaaaaa`, mark: `m${n}` }),
          roomy,
        ),
      );
      const kinds = (await Promise.all(asked)).map(({ kind }) => kind);
      expect(kinds.filter(kind => kind === 'admitted')).toHaveLength(3);
      expect(kinds.filter(kind => kind === 'full')).toHaveLength(5);
      const large = testPhoto({
        id: 'pho_pgggggggggggggggaaaa',
        booking: 'bkg_0000000000000002',
        mark: 'large',
        size: 1001,
      });
      expect(await records.admit(large, roomy)).toEqual({ kind: 'full', limit: 'bytes' });
    });

    it('does not count what was refused or is there twice', async () => {
      const records = open();
      for (const [n, state] of (['refused', 'doubled', 'shown'] as const).entries()) {
        const photo = testPhoto({
          id: `pho_${'abcdefghij'.charAt(n)}aaaaaaaaaaaaaaaaaaa`,
          mark: `m${n}`,
          size: 400,
        });
        await records.admit(photo, roomy);
        await records.change(photo.id, before => ({ ...before, state }));
      }
      expect(
        (await records.admit(testPhoto({ id: 'pho_lgggggggggggggggaaaa', mark: 'm5', size: 600 }), roomy))
          .kind,
      ).toBe('admitted');
    });

    it('changes a photo as it is by then, and says when there is none', async () => {
      const records = open();
      const photo = testPhoto();
      await records.admit(photo, roomy);
      await Promise.all(
        [1, 2, 3].map(() =>
          records.change(photo.id, before => ({ ...before, caption: `${before.caption}x` })),
        ),
      );
      expect((await records.find(photo.id))?.caption).toBe('xxx');
      expect(await records.change(photo.id, () => null)).toMatchObject({ caption: 'xxx' });
      expect(await records.change('pho_gggggggggggggggpaaaa', before => before)).toBeNull();
    });

    it('finds what is to be developed, what was given up, and what a person has to see', async () => {
      const records = open();
      const at = (n: number) => `2027-05-30T0${n}:00:00.000Z`;
      const put = async (n: number, given: Parameters<typeof testPhoto>[0]) => {
        const photo = testPhoto({
          id: `pho_${'abcdefghij'.charAt(n)}aaaaaaaaaaaaaaaaaaa`,
          mark: `m${n}`,
          askedAt: at(n),
          size: 1,
        });
        await records.admit(photo, { ...roomy, perPage: 50 });
        await records.change(photo.id, before => ({ ...before, ...given }));
      };
      await put(2, { state: 'received' });
      await put(1, { state: 'received' });
      await put(3, { state: 'expected' });
      await put(4, { state: 'waiting' });
      await put(5, { state: 'hidden', removalAskedAt: at(6) });
      await put(6, { state: 'shown' });
      await put(7, { state: 'withdrawn' });
      expect((await records.received(9)).map(({ askedAt }) => askedAt)).toEqual([at(1), at(2)]);
      expect((await records.abandoned(at(4), 9)).map(({ askedAt }) => askedAt)).toEqual([at(3)]);
      expect(await records.abandoned(at(3), 9)).toEqual([]);
      expect((await records.abandoned(at(8), 9)).map(({ askedAt }) => askedAt)).toEqual([at(3), at(7)]);
      expect(await records.waiting(9)).toEqual([{ booking: 'bkg_0000000000000001', photos: 2 }]);
    });

    it('forgets', async () => {
      const records = open();
      const photo = testPhoto();
      await records.admit(photo, roomy);
      await records.forget(photo.id);
      await records.forget(photo.id);
      expect(await records.find(photo.id)).toBeNull();
    });
  });
}
