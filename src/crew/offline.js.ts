/**
 * The service worker of the crew pages: keeps what the pages load, and the last good copy of each page, so that a trip
 * opens without a connection. What comes from the house always goes first; a page that is shut there goes here too.
 * A copy goes after a month. Other caches of the same origin are left alone. Plain JavaScript as text.
 */
export const workerScript = (
  files: readonly string[],
  version: string,
): string => `const shelf = 'gangway-crew-files ${version}';
const pages = 'gangway-crew-pages';
const files = ${JSON.stringify(files)};

addEventListener('install', event => event.waitUntil((async () => {
  await (await caches.open(shelf)).addAll(files);
  await skipWaiting();
})()));

addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith('gangway-crew-files') && name !== shelf) await caches.delete(name);
  }
  await clients.claim();
})()));

const patience = () => new Promise((_, late) => setTimeout(late, 10_000));

// A guest who is forgotten at the house is not to be remembered here.
const month = 31 * 86_400_000;
const keep = async (kept, pathname, answer) => {
  await kept.put(pathname, answer);
  for (const old of await kept.keys()) {
    const date = (await kept.match(old)).headers.get('date');
    if (Date.now() - Date.parse(date) > month) await kept.delete(old);
  }
};

const page = async request => {
  const kept = await caches.open(pages);
  const { pathname } = new URL(request.url);
  try {
    const fresh = await Promise.race([fetch(request), patience()]);
    if (fresh.ok) await keep(kept, pathname, fresh.clone());
    else if (fresh.status === 401 || fresh.status === 404) await kept.delete(pathname);
    return fresh;
  } catch {
    const copy = await kept.match(pathname);
    if (!copy) return Response.error();
    const html = (await copy.text()).replace('id="kept" hidden', 'id="kept"');
    return new Response(html, { headers: copy.headers });
  }
};

addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (files.includes(url.pathname + url.search)) {
    event.respondWith((async () => (await caches.match(request)) ?? fetch(request))());
  } else if (url.pathname === '/c/trips' || url.pathname.startsWith('/c/events/')) event.respondWith(page(request));
});
`;
