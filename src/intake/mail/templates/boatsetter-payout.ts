import type { TemplateInput } from '#intake/mail/template.ts';

/** The marketplace paid. For the owner's books only. Written after an invented mail (examples/mail). */
export const boatsetterPayout: TemplateInput = {
  name: 'boatsetter payout',
  kind: 'payout',
  subject: 'Your payout for booking {booking}',
  rows: [
    { label: 'Booking ID', says: '{booking}' },
    { label: 'Payout', says: '{gross}' },
    { label: 'Tip', says: '{tip}', optional: true },
  ],
  passedOver: ['Paid to', 'Sent on'],
};
