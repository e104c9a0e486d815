import { find, findAll, keepUp } from '#ui/browser/find.ts';
import type { PageWords } from '../page-words.ts';

declare const SAID: Pick<PageWords, 'units' | 'countdown'>;

/**
 * Marks the phase the reader is in, says that phase's sentence at the top, puts first what matters in it and leaves out
 * what no longer does, and counts down to boarding. Reads the clock of the device and asks nobody.
 */
export function showPhase(): void {
  const steps = findAll('[data-from]');
  const count = find('.count');
  const lead = find('.now');
  const start = Number(find('main').dataset.start);
  let phase: string | undefined;

  const arrange = () => {
    for (const part of findAll('section,[data-in]')) {
      const isFor = (name: 'in' | 'first') => (part.dataset[name] ?? '').split(' ').includes(`${phase}`);
      part.hidden = 'in' in part.dataset && !isFor('in');
      if (isFor('first') && !part.matches('.wide')) part.parentNode?.prepend(part);
    }
  };

  const tick = () => {
    const now = Date.now();
    const hasBegun = (step: HTMLElement) => Number(step.dataset.from) <= now;
    // The first begins at 0: one of them always has.
    const current = steps.filter(hasBegun).pop() as HTMLElement;
    for (const step of steps) {
      step.classList.toggle('past', step !== current && hasBegun(step));
      if (step === current) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    }
    const sentence = current.querySelector('p')?.textContent ?? '';
    // Written only when it changes: screen readers read it out.
    if (lead.textContent !== sentence) lead.textContent = sentence;
    if (phase !== current.dataset.phase) {
      phase = current.dataset.phase;
      arrange();
    }
    count.hidden = find('a.do').hidden = now >= start;
    count.textContent = SAID.countdown.replace('#', left(start - now));
  };
  keepUp(tick);
  addEventListener('pageshow', tick);
}

/** `3 days, 4 hours`; from a day before on, hours and minutes. */
function left(ms: number): string {
  const minutes = Math.ceil(ms / 6e4);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const rest = (text: string, more: number) => (more ? `, ${text}` : '');
  const { day, hour } = SAID.units;
  if (days > 1) return said(days, day) + rest(said(hours % 24, hour), hours % 24);
  const inMinutes = `${minutes % 60} min`;
  return hours ? said(hours, hour) + rest(inMinutes, minutes % 60) : inMinutes;
}

const said = (n: number, [one, many]: readonly [string, string]) => `${n} ${n === 1 ? one : many}`;
