import ICAL from 'ical.js';
import { dayOf, inZone, timeText } from '#lib/zoned.ts';

export type InviteFacts = readonly (readonly [label: string, value: string])[];

const asks: Readonly<Record<string, string>> = {
  REQUEST: 'Add or update',
  CANCEL: 'Remove',
  PUBLISH: 'Offer to add',
};

/**
 * What a calendar program would make of an invite, for a person to check, its instants told in `zone`; null where it would
 * make nothing of it.
 */
export function inviteFacts(
  { method, ics }: { method: string; ics: string },
  zone: string,
): InviteFacts | null {
  try {
    const event = new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vevent');
    if (!event) return null;
    const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
    const time = (name: string) => {
      const said = text(name);
      if (said.endsWith('Z')) {
        const there = inZone(said, zone);
        return `${dayOf(there)} ${timeText(there)}`;
      }
      const named = event.getFirstProperty(name)?.getFirstParameter('tzid');
      return [said.replace('T', ' '), named].filter(Boolean).join(' ');
    };
    const facts = [
      ['Asks to', asks[method] ?? method],
      ['Event', text('summary')],
      ['Starts', time('dtstart')],
      ['Ends', time('dtend')],
      ['Place', text('location')],
      ['Status', text('status')],
      ['Revision', text('sequence')],
      ['Identity', text('uid')],
    ] as const;
    return facts.filter(([, value]) => value !== '');
  } catch {
    return null;
  }
}
