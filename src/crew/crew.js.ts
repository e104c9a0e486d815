/**
 * The script of the crew pages: it moves the token from the address (`#…`, which no server or log ever saw) into the
 * form, counts down to the call time, and keeps the pages on the phone. It presses nothing by itself: opening the trip is
 * the person's own press, so a mail scanner that renders the page changes nothing. What somebody presses is noted on the
 * phone first and sent with a key of its own until the house has heard it, so that it counts once however bad the
 * connection. Plain JavaScript as text, served as it is read here.
 */
export const pageScript = `const token = location.hash.slice(1);
const place = document.getElementById('with-link');
if (place && token) {
  history.replaceState(null, '', location.pathname);
  const form = place.querySelector('form');
  const button = form.querySelector('button');
  form.elements.link.value = token;
  button.disabled = false;
  place.hidden = false;
  document.getElementById('by-hand').hidden = true;
  button.focus();
}

const until = ms => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'now';
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  if (days > 1) return 'in ' + days + ' days';
  if (days === 1) return 'in 1 day ' + hours + ' h';
  return hours > 0 ? 'in ' + hours + ' h ' + (minutes % 60) + ' min' : 'in ' + minutes + ' min';
};
const count = () => {
  for (const line of document.querySelectorAll('[data-until]')) {
    const left = Date.parse(line.dataset.until) - Date.now();
    if (left > -60_000) line.textContent = until(left);
    else line.remove();
  }
};
count();
setInterval(count, 15_000);

const offerCopies = () => {
  for (const button of document.querySelectorAll('[data-copy]')) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = 'Copied';
    };
  }
};
offerCopies();

const week = 7 * 86_400_000;
const waiting = () => JSON.parse(localStorage.getItem('presses') ?? '[]').filter(({ at }) => Date.now() - at < week);
const keep = presses => localStorage.setItem('presses', JSON.stringify(presses));
const mainOf = html => new DOMParser().parseFromString(html, 'text/html').querySelector('main');
const tokenIn = main => main?.querySelector('[name=formToken]')?.value;

const put = ({ action, fields, key, at }) => {
  const body = new URLSearchParams(fields);
  body.set('at', new Date(at).toISOString());
  return fetch(action, {
    method: 'POST', body, headers: { 'idempotency-key': key }, signal: AbortSignal.timeout(15_000),
  });
};
const post = async press => {
  let answer = await put(press);
  // The sign-in is another one by now, or there is none.
  if (answer.status === 403 || answer.status === 404) {
    const page = await fetch(press.page);
    const token = page.ok && tokenIn(mainOf(await page.text()));
    if (!token) throw Object.assign(new Error(), { shut: true });
    answer = await put({ ...press, fields: { ...press.fields, formToken: token } });
  }
  if (answer.status >= 500 || answer.status === 429) throw new Error();
  return answer;
};

const formOf = ({ action, fields }) => [...document.forms].find(form =>
  new URL(form.action).pathname === action && (!fields.item || form.querySelector('[name=item]')?.value === fields.item));
const mark = isShut => {
  document.getElementById('waits')?.remove();
  for (const form of document.querySelectorAll('.waits')) form.classList.remove('waits');
  const all = waiting();
  if (all.length === 0) return;
  for (const press of all) formOf(press)?.classList.add('waits');
  const line = document.createElement('p');
  line.id = 'waits';
  line.className = 'notice wait';
  line.setAttribute('role', 'status');
  line.textContent = (all.length === 1 ? 'What you pressed is' : all.length + ' presses are') + ' kept on this phone, '
    + (isShut ? 'and sent when you have opened the newest letter again.' : 'and sent when there is a connection.');
  document.querySelector('main')?.prepend(line);
};

let sending;
const send = () => sending ??= (async () => {
  let last, isShut = false;
  for (let press; (press = waiting()[0]);) {
    try { last = await post(press); } catch (error) { isShut = error.shut; break; }
    const { key } = press;
    keep(waiting().filter(other => other.key !== key));
    if (press.page !== location.pathname) last = null;
  }
  const main = last && mainOf(await last.text());
  if (main) {
    // Photos go on while the rest of the page is told anew.
    const photos = document.querySelector('.send');
    if (photos) main.querySelector('.send')?.replaceWith(photos);
    document.querySelector('main').replaceWith(main);
    count();
    offerCopies();
    last.ok && globalThis.caches?.open('gangway-crew-pages').then(kept => kept.add(location.pathname)).catch(() => {});
  }
  mark(isShut);
  return isShut;
})().finally(() => { sending = null; });

const signOut = async form => {
  const said = form.querySelector('[role=status]');
  try {
    // What was pressed is the house's before the phone forgets it; what a closed trip no longer takes is not waited for.
    const isShut = await send();
    if (waiting().length > 0 && !isShut) throw new Error();
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error();
    localStorage.removeItem('presses');
    await globalThis.caches?.delete('gangway-crew-pages');
    location.replace('/c');
  } catch {
    said.textContent = 'You are still signed in: signing out needs a connection. Try again when there is one.';
  }
};

document.addEventListener('submit', event => {
  const form = event.target;
  const action = new URL(form.action).pathname;
  if (action === '/c/sign-out') {
    event.preventDefault();
    signOut(form);
  }
  if (!action.startsWith('/c/events/') || !crypto.randomUUID) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  // A finger that slips presses twice.
  const before = waiting().findLast(press => press.action === action && press.fields.item === fields.item);
  if (before && JSON.stringify(before.fields) === JSON.stringify(fields)) return;
  keep([...waiting(), { key: crypto.randomUUID(), page: location.pathname, action, fields, at: Date.now() }]);
  mark();
  send();
});

if (document.getElementById('kept')) {
  mark();
  addEventListener('online', send);
  setInterval(() => waiting().length > 0 && send(), 20_000);
  if (waiting().length > 0) send();
  navigator.serviceWorker?.register('/c/sw.js').catch(() => {});
  globalThis.caches?.open('gangway-crew-pages')
    .then(kept => kept.addAll(navigator.serviceWorker?.controller ? ['/c/trips'] : [location.pathname, '/c/trips'])).catch(() => {});
}
`;
