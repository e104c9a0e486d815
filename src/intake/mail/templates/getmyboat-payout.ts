import type { TemplateInput } from '#intake/mail/template.ts';

/** The marketplace paid. For the owner's books only. Written after an invented mail (examples/mail). */
export const getmyboatPayout: TemplateInput = {
  name: 'getmyboat payout',
  kind: 'payout',
  subject: 'Payout for reservation #{booking}',
  rows: [
    { label: 'Reservation', says: '#{booking}' },
    { label: 'Amount', says: '{gross}' },
  ],
  passedOver: ['Arrives'],
};
