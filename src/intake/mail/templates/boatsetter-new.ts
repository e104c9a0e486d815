import type { TemplateInput } from '#intake/mail/template.ts';

/** A booking is confirmed. Written after an invented mail (examples/mail): compare it with one of yours before you rely on it. */
export const boatsetterNew: TemplateInput = {
  name: 'boatsetter new',
  kind: 'new',
  subject: 'Booking confirmed: {booking}',
  rows: [
    { label: 'Booking ID', says: '{booking}' },
    { label: 'Boat', says: '{vessel}' },
    { label: 'Date', says: '{date:dddd, MMMM D, YYYY}' },
    { label: 'Time', says: '{start:h:mm A} - {end:h:mm A z}' },
    { label: 'Renter', says: '{guestName}' },
    { label: 'Email', says: '{guestEmail}', optional: true },
    { label: 'Phone', says: '{guestPhone}', optional: true },
    { label: 'Guests', says: ['{partySize} guests', '{partySize} guest'] },
    { label: 'Your earnings', says: '{gross}' },
    { label: 'Message from the renter', says: '{note}', optional: true },
  ],
  noteEnds: 'See this booking on Boatsetter',
};
