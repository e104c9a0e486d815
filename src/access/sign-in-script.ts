/**
 * Moves the token from the address (`#…`, which no server or log ever saw) into the form and out of the address bar.
 * It presses nothing: signing in is the person's own press. Plain JavaScript as text, served as it is read here.
 */
export const signInScript = `const take = () => {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, '', location.pathname + location.search);
  const place = document.getElementById('with-link');
  const form = place.querySelector('form');
  const button = form.querySelector('button');
  form.elements.token.value = token;
  button.disabled = false;
  place.hidden = false;
  document.getElementById('by-hand').hidden = true;
  button.focus();
};
take();
addEventListener('hashchange', take);
`;
