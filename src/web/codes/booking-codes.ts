import { answered, type CodeTable } from './code.ts';

/** A booking, its times and its party. From a marketplace these put the message into quarantine; a form or command is refused with them. */
export const bookingCodes = {
  'booking-unknown': answered(
    404,
    'There is no booking with this id.',
    'Take the id from the desk or from `gangway booking list`; ids begin with `bkg_`.',
  ),
  'booking-cancelled': answered(
    409,
    'The booking is cancelled and cannot be changed.',
    'Restore it first if the desk cancelled it; else enter a new booking.',
  ),
  'booking-forgotten': answered(
    409,
    'The guest of this booking was erased; nothing about it changes any more.',
    'Enter a new booking if somebody sails.',
  ),
  'booking-upcoming': answered(
    409,
    'The guest of a charter that is still to come cannot be erased.',
    'Cancel the booking first, or wait until the trip is over.',
  ),
  'booking-unsettled': answered(
    409,
    'People are still being told about this booking, so its guest cannot be erased yet.',
    'Wait until the board is settled and its letters have gone out; `gangway beliefs` and `gangway post held` show what is left.',
  ),
  'conflict-over': answered(
    409,
    'This is not taken twice any more: there is nothing to settle.',
    'Nothing to do; one of the two was moved, called off or released.',
  ),
  'reason-missing': answered(422, 'A reason is needed, which is kept.', 'Say why both are meant.'),
  'cancelled-at-source': answered(
    409,
    'The booking was cancelled by its marketplace, so the desk cannot restore it.',
    'Let the guest book again there, or enter a new booking.',
  ),
  'nothing-to-change': answered(
    422,
    'The change names nothing that would be different.',
    'Name what is to change.',
  ),
  'vessel-unknown': answered(
    422,
    'There is no vessel of this name in the fleet.',
    'Correct the name, or add the vessel to the configuration.',
  ),
  'brand-unknown': answered(
    422,
    'There is no brand with this id in the configuration.',
    'Correct the id, or add the brand to the configuration.',
  ),
  'zone-unknown': answered(
    422,
    'This is not a time zone.',
    'Use an IANA zone such as `America/Los_Angeles`.',
  ),
  'guest-name-missing': answered(
    422,
    'The booking does not say who the guest is.',
    'Find out the name and say the booking again with it.',
  ),
  'guest-name-too-long': answered(
    422,
    'The name of the guest has more than 120 characters.',
    'Shorten it to what the guest is called.',
  ),
  'email-malformed': answered(
    422,
    'The e-mail address of the guest cannot be one.',
    'Ask for it, or leave it out: the trip works without letters to the guest.',
  ),
  'phone-malformed': answered(
    422,
    'The telephone number of the guest cannot be one.',
    'Write it with digits, spaces and a leading +, or leave it out.',
  ),
  'time-unreadable': answered(
    422,
    'A time cannot be read, or can be read in two ways.',
    'Write it like `2027-05-30T15:30`, or with an offset like `2027-05-30T15:30-07:00`.',
  ),
  'time-does-not-exist': answered(
    422,
    'The clocks skip this hour at the berth (start of daylight-saving time).',
    'Ask which time is meant and say it again.',
  ),
  'time-ambiguous': answered(
    422,
    'The clocks repeat this hour at the berth (end of daylight-saving time). `choices` has both readings.',
    'Ask which one is meant and say it with its offset.',
  ),
  'date-past': answered(422, 'The trip would be over already.', 'Check the year and the date.'),
  'end-before-start': answered(
    422,
    'The end is not after the start.',
    'Correct one of them. A trip past midnight needs the next day in its end.',
  ),
  'length-missing': answered(422, 'The trip has no length.', 'Choose how long it lasts.'),
  'trip-too-long': answered(
    422,
    'The trip would last more than 72 hours.',
    'Correct start or end, or enter a longer trip as several bookings.',
  ),
  'party-empty': answered(
    422,
    'The party is not one passenger or more.',
    'Ask how many passengers come, the guest included; crew do not count.',
  ),
  'party-over-limit': answered(
    422,
    'More passengers than the vessel or the law allows: six on a time charter, twelve on a bare boat, else the certificate.',
    'Agree on fewer with the guest, or give them another vessel.',
  ),
  'amount-not-a-decimal': answered(
    422,
    'An amount is not a plain decimal of its currency.',
    'Write it in quotes with a point, such as `"840.75"`.',
  ),
  'amount-too-large': answered(
    422,
    'An amount is larger than the books can hold.',
    'Check the figure for a missing decimal point.',
  ),
  'share-not-a-decimal': answered(
    422,
    'A share or a rate is not a plain decimal.',
    'Write it in quotes with a point, such as `"18"` or `"12.5"`.',
  ),
  'currency-unknown': answered(
    422,
    'This is not the code of a currency.',
    'Use the three capital letters of ISO 4217, such as `USD`.',
  ),
  'currencies-mixed': answered(
    422,
    'Amounts in two currencies would have to be added up.',
    'Give the fee and pay rules of the trip in the currency it was sold in.',
  ),
  'booking-same': answered(
    409,
    'Two bookings were to be made one that are one already.',
    'Choose two bookings that differ.',
  ),
  'statement-unknown': answered(
    404,
    'A value was to be taken for true that nobody says about this booking any more.',
    'Reload the page and choose again.',
  ),
  'part-unknown': answered(
    404,
    'A booking was to be split by a name that does not lead to a trip of its own.',
    '`gangway booking split BOOKING` lists what it could be split into.',
  ),
} as const satisfies CodeTable;
