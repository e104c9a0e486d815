import type { SaidWhileSending } from '../said-while-sending.ts';

/** Put before the script where it is served, in the language of the page. */
declare const SAID: SaidWhileSending;
/** By which ways photos may have to go from the page that the script is squeezed for: the others are left out. */
declare const SENDS_IN_PARTS: boolean;
declare const SENDS_WHOLE: boolean;

/** Resolves after so many ms, or as soon as there is a network again. */
export const pause = (ms: number): Promise<unknown> =>
  new Promise(resolve => {
    setTimeout(resolve, ms);
    addEventListener('online', resolve, { once: true });
  });

/** What is sent, and where the page shows how it goes. */
export type Item = {
  readonly file: File;
  readonly mark: string;
  readonly minors: boolean;
  readonly type: string;
  readonly bar: HTMLProgressElement;
  readonly text: HTMLElement;
  /** Where the house has it, once it was granted. */
  at?: string;
  /** By which it can be taken back. */
  key?: string;
};

/** How the house says that a photo stands. */
export type Standing = {
  readonly state: string;
  readonly photo: string;
  readonly part: number;
  readonly at: number;
  readonly key?: string;
  readonly url?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly cure?: string;
};

/** How the sending of a file ended: as it stands at the house, or `failed` (by the line), or `never` (it was refused). */
export type Ended = Pick<Standing, 'state' | 'reason' | 'cure'>;

let partSize = 0;

/**
 * Sends one file to the uploads at `to`, as often as the line needs. What arrived before a cut counts; each cut halves
 * what is sent at a time.
 */
export async function send(to: string, item: Item): Promise<Ended> {
  const { file, bar, text } = item;
  for (let tries = 0; ; )
    try {
      let photo = await asked(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type: item.type,
          size: file.size,
          mark: item.mark,
          consent: true,
          minors: item.minors,
        }),
      });
      partSize ||= photo.part;
      const at = `${to}/${photo.photo}`;
      item.at = at;
      if (photo.key) item.key = photo.key;

      if (SENDS_WHOLE && photo.url && photo.state === 'expected') {
        bar.value = 0;
        text.textContent = SAID.onItsWay;
        await posted(photo, photo.url, file);
        // Posted past us, it is noted a moment later: asked for half a minute, then taken for stored, which it is.
        for (let n = 0; photo.state === 'expected' && n < 30; n++) {
          await pause(1e3);
          photo = await asked(at);
        }
        return photo.state === 'expected' ? { state: 'stored' } : photo;
      }

      if (SENDS_IN_PARTS) {
        const grant = btoa(JSON.stringify(photo.fields || {}));
        while (photo.state === 'expected') {
          const from = photo.at;
          bar.value = from;
          text.textContent = `${Math.floor((from / file.size) * 100)} %`;
          photo = await asked(at, {
            method: 'PATCH',
            headers: { 'upload-offset': `${from}`, 'upload-grant': grant },
            body: file.slice(from, from + partSize),
          });
          // A file that cannot be read any more sends nothing, and is not to be asked for without end.
          if (photo.at > from) tries = 0;
          else throw {};
        }
      }
      return photo;
    } catch (error) {
      const { final, detail, cure } = error as Refused;
      if (final) return { state: 'never', reason: detail, cure };
      if (tries > 6) return { state: 'failed', reason: SAID.broke };
      partSize = Math.max(2 ** 15, partSize >> 1);
      text.textContent = SAID.noLine;
      await pause(1e3 * 2 ** tries++);
    }
}

type Refused = { final?: boolean; detail: string; cure: string };

/** What the house answers. Throws what it refuses, `final` where another try would end the same. */
export async function asked(url: string, how?: RequestInit): Promise<Standing> {
  const answer = await fetch(url, { ...how, signal: AbortSignal.timeout(3e4) });
  const body = await answer.json();
  if (answer.ok) return body;
  throw { ...body, final: answer.status < 500 && !/elsewhere|forbidden|many/.test(body.code) };
}

/** As a form, to where the grant says. */
async function posted({ fields }: Standing, url: string, file: File): Promise<void> {
  const body = new FormData();
  for (const name in fields) body.append(name, fields[name] ?? '');
  body.append('file', file);
  const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(6e5) });
  if (!answer.ok) throw {};
}
