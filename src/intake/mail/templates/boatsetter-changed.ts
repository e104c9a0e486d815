import type { TemplateInput } from '#intake/mail/template.ts';

/** A booking was changed; the mail states the whole trip again. Written after an invented mail (examples/mail). */
export const boatsetterChanged: TemplateInput = {
  name: 'boatsetter changed',
  kind: 'changed',
  subject: 'Booking updated: {booking}',
  rows: [
    { label: 'Booking ID', says: '{booking}' },
    { label: 'Boat', says: '{vessel}' },
    { label: 'New date', says: '{date:dddd, MMMM D, YYYY}' },
    { label: 'New time', says: '{start:h:mm A} - {end:h:mm A z}' },
    { label: 'Renter', says: '{guestName}' },
    { label: 'Email', says: '{guestEmail}', optional: true },
    { label: 'Phone', says: '{guestPhone}', optional: true },
    { label: 'Guests', says: ['{partySize} guests', '{partySize} guest'] },
    { label: 'Your earnings', says: '{gross}' },
  ],
  passedOver: ['Old date', 'Old time'],
};
