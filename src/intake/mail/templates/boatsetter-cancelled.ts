import type { TemplateInput } from '#intake/mail/template.ts';

/** A booking is off. Written after an invented mail (examples/mail). */
export const boatsetterCancelled: TemplateInput = {
  name: 'boatsetter cancelled',
  kind: 'cancelled',
  subject: 'Booking cancelled: {booking}',
  rows: [{ label: 'Booking ID', says: '{booking}' }],
  passedOver: ['Boat', 'Date', 'Time', 'Renter', 'Cancelled by', 'Refund'],
};
