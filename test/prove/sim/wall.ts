import type { Brand } from '#booking/fleet.ts';
import type { PageHost, StoredPage } from '#guest-page/page-host.ts';
import { sha256 } from '#lib/digest.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Life } from './life.ts';

/** A wall on which pages hang: what readers see, whichever process put it there. */
export type Wall = {
  /** `{brand}/{slug}` and the page that hangs there now. */
  readonly pages: Map<string, StoredPage>;
  /** Every page that ever hung there, in order. */
  readonly hung: { readonly place: string; readonly html: string }[];
  heldBy(life: Life, patience: (work: () => void) => void): PageHost;
};

/** A page host of the simulation: it keeps the promises of the port, and fails as real ones do. */
export function wall(): Wall {
  const pages = new Map<string, StoredPage>();
  const hung: { place: string; html: string }[] = [];
  const placeOf = (brand: Brand, slug: string) => `${brand.id}/${slug}`;

  const heldBy = (life: Life, patience: (work: () => void) => void): PageHost => {
    const change = <T>(place: string, effect: () => T): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        if (life.isOver()) return;
        const fate = life.boundary('publish', place);
        switch (fate) {
          case 'crash before':
            return life.end(fate);
          case 'crash after':
          case 'power after':
            effect();
            return life.end(fate);
          case 'full':
            return reject(
              new Unavailable('disk-full', 'The disk is full: the guest page was not published.'),
            );
          case 'fail before':
            return reject(new Unavailable('page-host-failed', 'The page host did not answer.'));
          case 'fail after':
            effect();
            return reject(new Unavailable('page-host-failed', 'The page host did not answer.'));
          case 'slow':
            return patience(() => {
              if (!life.isOver()) resolve(effect());
            });
          default:
            resolve(effect());
        }
      });

    return {
      publish: (brand, slug, html) =>
        change(placeOf(brand, slug), () => {
          const bytes = Buffer.from(html, 'utf8');
          const etag = sha256(bytes);
          const place = placeOf(brand, slug);
          pages.set(place, { html: bytes, brotli: bytes, etag });
          hung.push({ place, html });
          return { etag };
        }),
      async read(brand, slug) {
        life.stirs();
        return pages.get(placeOf(brand, slug)) ?? null;
      },
      slugs: async brand =>
        [...pages.keys()]
          .filter(place => place.startsWith(`${brand.id}/`))
          .map(place => place.slice(brand.id.length + 1)),
      remove: (brand, slug) => change(placeOf(brand, slug), () => void pages.delete(placeOf(brand, slug))),
    };
  };
  return { pages, hung, heldBy };
}
