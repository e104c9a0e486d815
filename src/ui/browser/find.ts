/** The first element that a selector names. For what the page always has. */
export const find = <E extends HTMLElement>(selector: string): E => document.querySelector<E>(selector) as E;

/** All that it names, as an array. */
export const findAll = <E extends HTMLElement>(selector: string): E[] => [
  ...document.querySelectorAll<E>(selector),
];

/** A new element with these properties. */
export const made = <T extends keyof HTMLElementTagNameMap>(
  name: T,
  more: Partial<HTMLElementTagNameMap[T]>,
): HTMLElementTagNameMap[T] => Object.assign(document.createElement(name), more);

/** Does it now, and again every 20 s: soon enough for what goes by minutes. */
export const keepUp = (work: () => void): void => {
  work();
  setInterval(work, 2e4);
};
