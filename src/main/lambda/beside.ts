import type { PageHost } from '#guest-page/page-host.ts';
import type { Mailer } from '#mail/mailer.ts';
import type { PhotoStore } from '#photos/photo-store.ts';
import { late } from './late.ts';
import type { Means } from './means.ts';

export const mailerOf = (means: Means): Mailer =>
  late<Mailer>(async () => (await import('./letters-place.ts')).lettersPlace(means), {
    exactlyOnce: false,
    forget: undefined,
  });

export const hostOf = (means: Means): PageHost =>
  late(async () => (await import('./pages-place.ts')).pagesPlace(means));

/** Files go past the functions: there is nothing that receives them. */
export const photoStoreOf = (means: Means): PhotoStore =>
  late<PhotoStore>(async () => (await import('./photos-place.ts')).photosPlace(means), {
    receive: undefined,
  });
