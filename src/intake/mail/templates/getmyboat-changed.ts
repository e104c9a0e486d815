import type { TemplateInput } from '#intake/mail/template.ts';

/** A booking was changed; the mail states the whole trip again. Written after an invented mail (examples/mail). */
export const getmyboatChanged: TemplateInput = {
  name: 'getmyboat changed',
  kind: 'changed',
  subject: 'Reservation #{booking} was changed',
  rows: [
    { label: 'Reservation', says: '#{booking}' },
    { label: 'Listing', says: '{vessel}' },
    { label: 'Starts', says: '{startAt:MMM D, YYYY [at] h:mm A}' },
    { label: 'Duration', says: ['{hours} hours', '{hours} hour'] },
    { label: 'Guest', says: '{guestName}' },
    { label: 'Group size', says: '{partySize}' },
    { label: 'You earn', says: '{gross}' },
  ],
};
