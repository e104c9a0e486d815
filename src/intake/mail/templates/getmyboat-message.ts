import type { TemplateInput } from '#intake/mail/template.ts';

/** The guest wrote. For the owner's books: it may say anything. Written after an invented mail (examples/mail). */
export const getmyboatMessage: TemplateInput = {
  name: 'getmyboat message',
  kind: 'message',
  subject: 'Message about reservation #{booking}',
  rows: [
    { label: 'Reservation', says: '#{booking}' },
    { label: 'They wrote', says: '{note}' },
  ],
  noteEnds: 'Answer on GetMyBoat',
};
