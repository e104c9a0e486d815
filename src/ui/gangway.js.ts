/**
 * The one script of the pages: live progress while the page is in sight (a browser has few connections to a host), and each
 * time all has come to rest the rest of the page that marks itself `data-live`; a question before what cannot be taken back, and "3 min ago".
 * Every page works without it. Plain JavaScript as text, so that it is served as it is read here.
 */
export const script = `const steps = [[60, 'second'], [60, 'minute'], [24, 'hour'], [7, 'day']];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'auto', style: 'short' });

const since = at => {
  let amount = (at - Date.now()) / 1000;
  for (const [size, unit] of steps) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit);
    amount /= size;
  }
  return null;
};

const showAges = root => {
  for (const time of root.querySelectorAll('time[data-ago]')) {
    const age = since(Date.parse(time.dateTime));
    let note = time.nextElementSibling?.matches('.ago') ? time.nextElementSibling : null;
    if (!age) { note?.remove(); continue; }
    if (!note) {
      note = document.createElement('span');
      note.className = 'ago quiet';
      time.after(note);
    }
    note.textContent = ' (' + age + ')';
  }
};
showAges(document);
setInterval(() => showAges(document), 30_000);

for (const place of document.querySelectorAll('[data-progress]')) {
  const line = document.getElementById(place.dataset.progressLine ?? '');
  const say = () => {
    const summary = place.querySelector('[data-summary]')?.textContent?.trim();
    if (line && summary && line.textContent !== summary) line.textContent = summary;
  };
  let source;
  const showBoard = event => {
    const before = new Map([...place.querySelectorAll('[data-row]')].map(row => [row.dataset.row, row.dataset.is]));
    place.innerHTML = event.data;
    for (const row of place.querySelectorAll('[data-row]')) {
      if (before.get(row.dataset.row) !== row.dataset.is) row.classList.add('fresh');
    }
    showAges(place);
    say();
  };
  const showRest = async () => {
    const page = await (await fetch(location.href)).text();
    const settled = new DOMParser().parseFromString(page, 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const now = settled.getElementById(part.id);
      if (now && !part.contains(document.activeElement)) part.replaceWith(now);
    }
    const live = settled.querySelector('[data-progress]');
    if (live) place.dataset.progress = live.dataset.progress;
    showAges(document);
  };
  const watch = () => {
    source?.close();
    if (!document.hidden) {
      source = new EventSource(place.dataset.progress);
      source.addEventListener('fragment', showBoard);
      source.addEventListener('settled', showRest);
    }
  };
  watch();
  document.addEventListener('visibilitychange', watch);
}

const agreed = new WeakSet();
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.dataset.confirm || agreed.has(form) || !window.HTMLDialogElement) return;
  event.preventDefault();
  const dialog = document.createElement('dialog');
  const inner = document.createElement('form');
  inner.method = 'dialog';
  const question = document.createElement('p');
  question.id = 'question';
  question.textContent = form.dataset.confirm;
  dialog.setAttribute('aria-labelledby', question.id);
  const row = document.createElement('div');
  row.className = 'row';
  for (const [value, text, look] of [['no', 'Keep it as it is', ''], ['yes', form.dataset.confirmYes ?? 'Go ahead', 'danger']]) {
    const button = document.createElement('button');
    button.value = value;
    button.textContent = text;
    button.className = look;
    row.append(button);
  }
  inner.append(question, row);
  dialog.append(inner);
  document.body.append(dialog);
  const submitter = event.submitter;
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (dialog.returnValue !== 'yes') return submitter?.focus();
    agreed.add(form);
    form.requestSubmit(submitter);
  });
  dialog.showModal();
});

const current = document.querySelector('.nav [aria-current]');
current?.parentElement?.scrollTo({ left: current.offsetLeft - current.parentElement.offsetLeft - 40 });
document.querySelector('[aria-invalid=true]')?.focus();
`;
