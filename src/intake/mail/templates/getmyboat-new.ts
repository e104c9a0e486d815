import type { TemplateInput } from '#intake/mail/template.ts';

/** A booking is confirmed. Written after an invented mail (examples/mail): compare it with one of yours before you rely on it. */
export const getmyboatNew: TemplateInput = {
  name: 'getmyboat new',
  kind: 'new',
  subject: '{guestName} booked {vessel}',
  rows: [
    { label: 'Reservation', says: '#{booking}' },
    { label: 'Listing', says: '{vessel}' },
    { label: 'Starts', says: '{startAt:MMM D, YYYY [at] h:mm A}' },
    { label: 'Duration', says: ['{hours} hours', '{hours} hour'] },
    { label: 'Guest', says: '{guestName}' },
    { label: 'Group size', says: '{partySize}' },
    { label: 'Contact e-mail', says: '{guestEmail}', optional: true },
    { label: 'Contact phone', says: '{guestPhone}', optional: true },
    { label: 'You earn', says: '{gross}' },
    { label: 'Note', says: '{note}', optional: true },
  ],
  noteEnds: 'Open the reservation',
};
