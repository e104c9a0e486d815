import type { SaidWhileSending } from '../said-while-sending.ts';
import { find, keepUp, made } from './find.ts';
import { forget, type KeptFile, keepUnder, keptUnder } from './kept.ts';
import { asked, type Ended, type Item, pause, send } from './send-file.ts';

declare const SAID: SaidWhileSending;

/** A file in the list under the form. `state`: `waits`, or how it ended; `done` when it was looked after. */
type Row = Item & {
  state: string;
  readonly row: HTMLElement;
  readonly again: HTMLElement;
  readonly drop: HTMLElement;
};

/**
 * Sends photos from the form `SendPhotos`, one file after the other. What is left waits in this browser; files that
 * failed for good say why.
 */
export function sendPhotos(): void {
  const form = find<HTMLFormElement>('.send');
  if (!form) return;
  const { to = '', opens, closes } = form.dataset;
  const [consent, minors, pick] = form as unknown as [HTMLInputElement, HTMLInputElement, HTMLInputElement];
  const [said, list] = [...form.children].slice(-2) as [HTMLElement, HTMLElement];
  const all: Row[] = [];
  let isBusy = false;

  keepUp(() => {
    const now = Date.now();
    form.hidden = now < Number(opens) || now >= Number(closes);
  });

  const tell = () => {
    const stored = all.filter(item => item.row.className === 'ok').length;
    const tally = SAID.tally.replace('#', `${stored}`).replace('#', `${all.length}`);
    said.textContent = all.length ? tally + (stored === all.length ? ` ${SAID.looked}` : '') : '';
  };

  const end = (item: Row, { state, reason, cure }: Ended) => {
    item.state = state;
    item.row.className = reason ? 'bad' : 'ok';
    item.bar.hidden = true;
    item.again.hidden = state !== 'failed';
    item.drop.hidden = !reason;
    item.text.textContent = reason
      ? `${reason} ${cure || ''}`
      : state === 'doubled'
        ? SAID.doubled
        : SAID.stored;
    if (state !== 'failed') {
      const { at, key, file, mark } = item;
      if (at && key) void keepUnder(`s${to}${mark}`, { at, key, name: file.name });
      void forget(to + mark);
    }
    tell();
  };

  const waiting = () => all.filter(item => item.state === 'waits');

  const run = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let item = waiting()[0]; item; item = waiting()[0]) {
      const ended = await send(to, item);
      // Where the line is down, it is down for all of them.
      for (const each of ended.state === 'failed' ? waiting() : [item]) end(each, ended);
    }
    isBusy = false;
    await pause(6e3);
    // What was stored may turn out to be no picture, or one that is here already, once it is developed.
    for (const item of all.filter(({ state }) => state === 'stored')) {
      const now: Ended = await asked(item.at ?? to).catch(() => item);
      if (now.state === item.state) item.state = 'done';
      else end(item, now);
    }
  };

  const wait = (item: Row) => {
    item.state = 'waits';
    item.row.className = '';
    item.bar.hidden = false;
    item.again.hidden = item.drop.hidden = true;
    item.text.textContent = SAID.waits;
    tell();
    void run();
  };

  const retry = () => {
    for (const item of all) if (item.state === 'failed') wait(item);
  };

  const add = ({ file, mark, minors }: KeptFile) => {
    if (all.some(item => item.mark === mark)) return;
    const leaveOut = () => {
      all.splice(all.indexOf(item), 1);
      item.row.remove();
      void forget(to + mark);
      tell();
    };
    const item: Row = {
      file,
      mark,
      minors,
      type: file.type || (/hei[cf]$/i.test(file.name) ? 'image/heic' : ''),
      state: '',
      row: made('li', {}),
      bar: made('progress', { max: file.size || 1, value: 0, ariaLabel: file.name }),
      text: made('span', {}),
      again: made('button', { type: 'button', textContent: SAID.again, onclick: retry }),
      drop: made('button', { type: 'button', textContent: SAID.leaveOut, onclick: leaveOut }),
    };
    item.row.append(made('b', { textContent: file.name }), item.bar, item.text, item.again, item.drop);
    list.append(item.row);
    all.push(item);
    wait(item);
  };

  pick.onchange = consent.onchange = () => {
    if (!pick.files?.length) return;
    if (!consent.checked) {
      said.textContent = SAID.tick;
      consent.focus();
      return;
    }
    for (const file of pick.files) {
      const one = { file, mark: markOf(file), minors: minors.checked };
      void keepUnder(to + one.mark, one);
      add(one);
    }
    pick.value = '';
  };
  addEventListener('online', retry);
  void keptUnder<KeptFile>(to).then(left => left?.forEach(add));
}

/** The same file picked again gets the same mark, so that it is not sent twice. */
const markOf = (file: File) =>
  [
    file.size,
    file.lastModified,
    [...file.name].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7),
  ].join('.');
