import type { TemplateInput } from '#intake/mail/template.ts';

/** A booking is off. Written after an invented mail (examples/mail). */
export const getmyboatCancelled: TemplateInput = {
  name: 'getmyboat cancelled',
  kind: 'cancelled',
  subject: 'Reservation #{booking} was cancelled',
  rows: [{ label: 'Reservation', says: '#{booking}' }],
  passedOver: ['Listing', 'Starts', 'Guest', 'Reason'],
};
