/**
 * The script of the crew pages: it moves the token from the address (`#…`, which no server or log ever saw) into the
 * form, and counts down to the call time. It presses nothing: opening the trip is the person's own press, so a mail
 * scanner that renders the page changes nothing. Plain JavaScript as text, served as it is read here.
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

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
  });
}
`;
