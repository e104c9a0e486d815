import type { Link } from '#access/links.ts';
import { shift } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import type { CrewEvent } from './crew.ts';

/** The personal link of one of the crew to one event: good until a week after its end, so that the last ticks and faults get in. */
export const linkFor = (event: CrewEvent, person: string): Link => ({
  purpose: 'crew',
  subject: event.id,
  holder: person,
  expiresAt: shift(event.end, { days: 7 }).at,
});

/** `https://sailjada.com/c#…`. `origin` is the address of the house. */
export const linkUrl = (origin: string, token: string): string => new URL(paths.crew(token), origin).href;
