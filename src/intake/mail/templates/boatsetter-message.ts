import type { TemplateInput } from '#intake/mail/template.ts';

/** The guest wrote. For the owner's books: it may say anything. Written after an invented mail (examples/mail). */
export const boatsetterMessage: TemplateInput = {
  name: 'boatsetter message',
  kind: 'message',
  subject: 'New message about booking {booking}',
  rows: [
    { label: 'Booking ID', says: '{booking}' },
    { label: 'Message', says: '{note}' },
  ],
  passedOver: ['From', 'Boat'],
  noteEnds: 'Reply on Boatsetter',
};
