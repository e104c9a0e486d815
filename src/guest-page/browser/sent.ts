// Asks how each photo stands that was sent from this device, and takes it back or puts it back when its button is pressed.
import { find, made } from '#ui/browser/find.ts';
import { type KeptPhoto, keptUnder } from '#ui/browser/kept.ts';
import type { PageWords } from '../page-words.ts';

declare const SAID: Pick<PageWords['sent'], 'states' | 'takeBack' | 'putBack' | 'noLine' | 'none'>;

type State = keyof PageWords['sent']['states'];

const list = find('.sent');

void keptUnder<KeptPhoto>(`s${location.pathname}`).then(photos => {
  if (photos?.length) photos.forEach(show);
  else find('.said').textContent = SAID.none;
});

function show({ at, key, name }: KeptPhoto): void {
  const row = made('li', {});
  const text = made('span', { textContent: '…' });
  const button = made('button', { type: 'button', hidden: true });
  row.append(made('b', { textContent: name }), text, button);
  list.append(row);

  const tell = (state: State) => {
    const isWithdrawn = state === 'withdrawn';
    text.textContent = SAID.states[state] ?? SAID.states.decided;
    button.hidden = state !== 'stored' && !isWithdrawn;
    button.textContent = isWithdrawn ? SAID.putBack : SAID.takeBack;
    button.onclick = () => ask({ method: isWithdrawn ? 'PUT' : 'DELETE', headers: { 'upload-key': key } });
  };

  const ask = async (how: RequestInit) => {
    button.disabled = true;
    await stateOf(at, how).then(tell, () => {
      text.textContent = SAID.noLine;
    });
    button.disabled = false;
  };
  void ask({});
}

async function stateOf(at: string, how: RequestInit): Promise<State> {
  const answer = await fetch(at, { ...how, signal: AbortSignal.timeout(3e4) });
  const { state, decided, code } = await answer.json();
  // What was decided in between can no longer be taken back: that too is how it stands.
  if (!answer.ok && code !== 'photo-decided') throw Error();
  return answer.ok && !decided ? state : 'decided';
}
