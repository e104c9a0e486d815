import { find, findAll } from '#ui/browser/find.ts';

/** `of` stands between the number of a photo and how many there are. */
declare const SAID: { readonly of: string };

/** Shows the pictures one at a time, by touch or keyboard; without it each opens by itself. */
export function showPictures(): void {
  const dialog = find<HTMLDialogElement>('dialog');
  const links = findAll<HTMLAnchorElement>('.gallery a');
  if (!dialog?.showModal) return;
  const [picture, words, back, next, close] = dialog.children as unknown as [
    HTMLImageElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  let at = 0;

  const show = (n: number) => {
    at = (n + links.length) % links.length;
    const link = links[at] as HTMLAnchorElement;
    picture.src = link.href;
    picture.alt = link.querySelector('img')?.alt ?? '';
    const caption = link.nextElementSibling?.matches('p') ? `: ${picture.alt}` : '';
    words.textContent = `${at + 1}${SAID.of}${links.length}${caption}`;
    if (!dialog.open) dialog.showModal();
  };

  links.forEach((link, n) => {
    link.onclick = event => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      show(n);
    };
  });
  back.onclick = () => show(at - 1);
  next.onclick = () => show(at + 1);
  close.onclick = () => dialog.close();
  dialog.onclose = () => links[at]?.focus();
  dialog.onkeydown = ({ key }) => {
    if (key === 'ArrowLeft') show(at - 1);
    if (key === 'ArrowRight') show(at + 1);
  };
}
