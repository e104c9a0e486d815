import { answered, type CodeTable } from './code.ts';

/** Crew events, the calendar and guest pages. */
export const crewCodes = {
  'event-unknown': answered(
    404,
    'There is no crew event with this id.',
    'Take the id from `GET /api/events`, or from the answer to making it; ids begin with `evt_`.',
  ),
  'event-cancelled': answered(
    409,
    'The trip is cancelled: nothing on it changes any more.',
    'Make a new event if it takes place after all.',
  ),
  'event-started': answered(
    409,
    'The trip has started: answers no longer change.',
    'Call the operator if something is wrong.',
  ),
  'event-follows-booking': answered(
    409,
    'What was to be changed follows the booking of the event. `fields` names it.',
    'Move or cancel the booking; event, page and letters follow. Of the event itself only notes and crew change.',
  ),
  'booking-has-event': answered(
    409,
    'The booking has its crew event already. `event_id` names it.',
    'Change that one with `PATCH /api/events/{id}`.',
  ),
  'crew-unknown': answered(
    422,
    'There is nobody of this id with the role captain or crew.',
    'Use the ids of the configuration; or put the person back into it, or release them from the crew.',
  ),
  'crew-repeated': answered(422, 'One person is in `crew` twice.', 'Name each person once.'),
  'not-on-crew': answered(404, 'The person is not on the crew of this trip.', 'Assign the person first.'),
  'place-taken': answered(
    409,
    'Somebody accepted first: the place is taken.',
    'Nothing is to be done. Should a place open again, whoever was asked before is asked again.',
  ),
  'vessel-busy': answered(
    409,
    'The vessel is taken in those hours, turnaround included.',
    'Choose another time or vessel; or give the reason for having both (`--despite`), which is kept.',
  ),
  'person-busy': answered(
    409,
    'The person is taken in those hours, turnaround included.',
    'Decline the other trip first, or have somebody else sail; the operator may give a reason for both.',
  ),
  'credential-expired': answered(
    409,
    'A credential of the person runs out before the trip is over. `expires` says when; a grace period does not count.',
    'Record the renewed one, or have somebody else sail. An exception needs a reason, which is kept.',
  ),
  'captain-is-renters-choice': answered(
    409,
    'On a bareboat charter the renter chooses the captain, and no choice has been recorded.',
    'Record it with `gangway crew renters-captain`, or at the booking on the desk.',
  ),
  'not-bareboat': answered(
    409,
    'The captain of a charter that is not bareboat is not for the renter to choose.',
    'Assign the captain instead.',
  ),
  'check-unknown': answered(404, 'There is no such item on the checklist.', 'Reload the page.'),
  'notes-look-like-money': answered(
    422,
    'Notes or a name for the crew, or the title, captain or note of a calendar entry, look as if they spoke of money.',
    'Take amounts, fees and payouts out; they belong in the ledger. Write times with a colon, like 15:30. If no money is meant, put it in other words.',
  ),
  'money-in-output': answered(
    422,
    'An answer, page or letter was held back: it holds an amount of the booking and is not for the owner.',
    'Remove the amount from what was typed. If nobody typed it, report it: it is a defect.',
  ),
  'calendar-entry-unknown': answered(
    404,
    'There is no calendar entry with this id.',
    'Take the id from `GET /api/calendar`; ids begin with `cal_`.',
  ),
  'calendar-differs-from-booking': answered(
    409,
    'The entry belongs to a booking, and a field says something else than the booking does.',
    'Leave the field out; change the booking itself and the calendar follows.',
  ),
  'calendar-charter-fixed': answered(
    409,
    'The entry belongs to another charter than the `charter_id` sent.',
    'Make an entry for the other charter by POST, and cancel this one.',
  ),
  'start-on-another-day': answered(
    422,
    'The start of a calendar entry is not on its date.',
    'Give the start as a time alone, or correct the date.',
  ),
  'end-without-start': answered(
    422,
    'A calendar entry has an end but no start.',
    'Give the start too, or leave both out when only the day is known.',
  ),
  'entry-too-long': answered(
    422,
    'A calendar entry would last 60 days or longer.',
    'Correct the end, or make several entries.',
  ),
} as const satisfies CodeTable;
