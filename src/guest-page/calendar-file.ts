import { type CalendarMethod, writeCalendar } from '#platform/ical.ts';
import type { GuestView } from './guest-view.ts';

/**
 * The charter as one calendar entry, for the guest's own calendar. The uid never changes and the sequence is the
 * revision, so a later file updates the entry an earlier one made. `CANCEL` takes it out.
 */
export function calendarFile(view: GuestView, method: Exclude<CalendarMethod, 'REQUEST'>): string {
  const off = method === 'CANCEL';
  return writeCalendar({
    method,
    name: '',
    events: [
      {
        uid: view.calendar.uid,
        sequence: view.revision,
        stamp: view.changedAt.at,
        start: view.start,
        end: view.end,
        summary: `${view.vessel} with ${view.brand.name}`,
        location: `${view.berth.name}, ${view.berth.address}`,
        description: off
          ? 'This charter is off.'
          : `${view.berth.directions}\n\nAlways the latest: ${view.url}`,
        status: off ? 'CANCELLED' : view.tentative ? 'TENTATIVE' : 'CONFIRMED',
        url: view.url,
        geo: { latitude: view.berth.latitude, longitude: view.berth.longitude },
        organizer: view.calendar.organizer,
      },
    ],
  });
}
