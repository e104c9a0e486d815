import { timeText } from '#lib/zoned.ts';
import type { GuestView } from './guest-view.ts';
import { pageWords } from './page-languages.ts';
import type { Phase } from './phase.ts';

/** What a phase means to the guest. Stands in the list, and at the top while the phase lasts: it has to read well in both places. */
export const sentence = (view: GuestView, phase: Phase): string =>
  pageWords[view.language].next.says[phase]({
    tentative: view.tentative,
    boarding: timeText(view.start),
    berth: view.berth.name,
    vessel: view.vessel,
  });
