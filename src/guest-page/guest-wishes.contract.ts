import { expect, it } from 'vitest';
import { type GuestWishes, noWishes } from './guest-wishes.ts';

/** What every store of wishes keeps to. The factory makes an empty one. */
export function guestWishesContract(fresh: () => GuestWishes): void {
  it('keeps the last word about each booking, and forgets it', async () => {
    const wishes = fresh();
    expect(await wishes.of('bkg_one')).toEqual(noWishes);
    await wishes.put('bkg_one', { language: 'es', onlyNecessary: false });
    await wishes.put('bkg_one', { language: 'de', onlyNecessary: true });
    await wishes.put('bkg_two', { language: null, onlyNecessary: true });
    expect(await wishes.of('bkg_one')).toEqual({ language: 'de', onlyNecessary: true });
    await wishes.forget('bkg_one');
    await wishes.forget('bkg_one');
    expect(await wishes.of('bkg_one')).toEqual(noWishes);
    expect(await wishes.of('bkg_two')).toEqual({ language: null, onlyNecessary: true });
  });
}
