import { find } from '#ui/browser/find.ts';

declare const GUEST_WORKER: string;

/** Keeps the page for where there is no network, and says when there is none. */
export function keepForLater(): void {
  const notice = find('.off');
  const show = () => {
    notice.hidden = navigator.onLine;
  };
  show();
  addEventListener('online', show);
  addEventListener('offline', show);
  navigator.serviceWorker
    ?.register(GUEST_WORKER)
    .then(() => caches.open('pages'))
    .then(kept => kept.add(location.pathname))
    .catch(() => {});
}
