import { type SendPhotosWords, sendPhotosEnglish } from './send-photos-words.ts';

/** The form by which photos are sent, for pages that load `sendPhotosScript`, which speaks in its last two parts. It shows from `opens` until `closes`, epoch ms. */
export function SendPhotos(props: {
  to: string;
  opens: number;
  closes: number;
  button?: string;
  words?: SendPhotosWords;
  /** Where what was sent from this device can be taken back, and what that link says. */
  sent?: { href: string; label: string };
}) {
  const words = props.words ?? sendPhotosEnglish;
  return (
    <form class="send" data-to={props.to} data-opens={props.opens} data-closes={props.closes} hidden>
      <label>
        <input type="checkbox" /> {words.consent}
      </label>
      <label>
        <input type="checkbox" /> {words.minors}
      </label>
      <label class={props.button ?? 'button'}>
        <input type="file" multiple accept="image/jpeg,image/png,image/webp" /> {words.add}
      </label>
      <p class="soft quiet">{words.promise}</p>
      {props.sent && (
        <p>
          <a href={props.sent.href}>{props.sent.label}</a>
        </p>
      )}
      <p class="said" role="status" />
      <ul class="files" />
    </form>
  );
}
