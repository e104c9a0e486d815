import type { Booking } from '#booking/booking.ts';
import type { Correction } from '#booking/correct-booking.ts';
import type { Problem } from '#booking/problem.ts';
import { Field } from '#ui/parts.tsx';
import { wrongWith } from './form.ts';

/** Who comes and how many, as text in a form. */
export type GuestFields = { guestName: string; partySize: string; guestEmail: string; guestPhone: string };

export const guestFieldNames = ['guestName', 'partySize', 'guestEmail', 'guestPhone'] as const;

export const guestFieldsOf = ({ guest, partySize }: Booking): GuestFields => ({
  guestName: guest.name,
  partySize: String(partySize),
  guestEmail: guest.email ?? '',
  guestPhone: guest.phone ?? '',
});

/** The fields that differ from what the booking says; an emptied address is taken away. */
export function correctionOf(fields: GuestFields, booking: Booking): Correction {
  const now = guestFieldsOf(booking);
  const party = partyOf(fields.partySize);
  return {
    ...(fields.guestName === now.guestName ? {} : { guestName: fields.guestName }),
    ...(fields.guestEmail === now.guestEmail ? {} : { guestEmail: fields.guestEmail || null }),
    ...(fields.guestPhone === now.guestPhone ? {} : { guestPhone: fields.guestPhone || null }),
    ...(party === booking.partySize ? {} : { partySize: party }),
  };
}

/** Nobody, where it is no number: the rules of a party say what to do about that. */
const partyOf = (typed: string): number => (/^\d{1,4}$/.test(typed) ? Number(typed) : 0);

/** Name, party, e-mail and phone of a guest. */
export function GuestInputs({ fields, problems }: { fields: GuestFields; problems: readonly Problem[] }) {
  const wrong = (name: string) => wrongWith(problems, name);
  return (
    <div class="fields">
      <Field
        name="guestName"
        label="Name"
        value={fields.guestName}
        wrong={wrong('guestName')}
        required
        input={{ autocomplete: 'off', maxlength: 200 }}
      />
      <Field
        name="partySize"
        label="Passengers"
        type="number"
        value={fields.partySize}
        hint="The guest included; crew do not count."
        wrong={wrong('partySize')}
        required
        input={{ min: 1, max: 500, inputmode: 'numeric' }}
      />
      <Field
        name="guestEmail"
        label="E-mail"
        type="email"
        value={fields.guestEmail}
        hint="For the page and the letters. May be left out."
        wrong={wrong('guestEmail')}
        input={{ autocomplete: 'off', maxlength: 254 }}
      />
      <Field
        name="guestPhone"
        label="Phone"
        type="tel"
        value={fields.guestPhone}
        hint="May be left out."
        wrong={wrong('guestPhone')}
        input={{ autocomplete: 'off', maxlength: 40 }}
      />
    </div>
  );
}
