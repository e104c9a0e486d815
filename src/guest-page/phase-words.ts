import { timeText } from '#lib/zoned.ts';
import type { GuestView } from './guest-view.ts';
import type { Phase } from './phase.ts';

/** What a phase means to the guest. Stands in the list, and at the top while the phase lasts: it has to read well in both places. */
export function sentence(view: GuestView, phase: Phase): string {
  switch (phase) {
    case 'booked':
      return view.tentative
        ? 'We are holding this time for you and will confirm it. This page always says the latest.'
        : 'Your charter is in our log. Keep this link: the page always says the latest.';
    case 'prepare':
      return 'The last week: look through what to bring, and who sails with you.';
    case 'day-of':
      return `The day itself. Boarding is at ${timeText(view.start)} at ${view.berth.name}.`;
    case 'aboard':
      return 'Enjoy the water. The crew will show you where everything is.';
    case 'after':
      return `Thank you for coming aboard ${view.vessel}. We hope to see you again.`;
    case 'archived':
      return 'This charter is in the log. Fair winds until the next one.';
  }
}
