import { sha256 } from '#lib/digest.ts';
import { newId } from '#lib/random.ts';
import { shift } from '#lib/zoned.ts';
import type { BookingId, ExternalName } from './booking.ts';
import { vesselUnknown } from './draft.ts';
import { refusalOf } from './problem.ts';
import type { BookingDesk } from './record-booking.ts';
import { type Done, type Said, speakForDesk, typedTime } from './speak-for-desk.ts';
import { withVessel } from './vessel-claim.ts';

/** A booking as a person enters it. Times as typed: the clock at the vessel, or with an offset. */
export type NewBooking = {
  vessel: string;
  start: string;
  /** A time alone means the day of the start. */
  end: string | { hours: number };
  guestName: string;
  guestEmail?: string | null;
  guestPhone?: string | null;
  partySize: number;
  status?: 'tentative' | 'confirmed';
  /** The name under which a marketplace knows it too, so that its messages join this booking. */
  sameAs?: ExternalName;
};

/** Enters a booking by hand. Throws any problem of `draft.ts` or `times.ts` as a refusal, and `vessel-busy`. Idempotent with `once`. */
export async function addBooking(room: BookingDesk, entered: NewBooking, how: Said = {}): Promise<Done> {
  const vessel = room.fleet.vessel(entered.vessel);
  if (!vessel) throw refusalOf([vesselUnknown(entered.vessel)]);
  const start = typedTime('start', entered.start, null, vessel.zone);
  const end =
    typeof entered.end === 'string'
      ? typedTime('end', entered.end, start, vessel.zone)
      : shift(start, { minutes: Math.round(entered.end.hours * 60) });
  // A form sent twice means one booking, and its own claim must not be in its way.
  const id: BookingId =
    how.once === undefined ? newId(room.random, 'bkg') : `bkg_${sha256(how.once).slice(0, 16)}`;
  return withVessel(room, vessel, { holder: id, start, end }, how.despite, () =>
    speakForDesk(
      room,
      id,
      {
        kind: 'created',
        ...(entered.sameAs ? { sameAs: entered.sameAs } : {}),
        fields: {
          vessel: vessel.id,
          start,
          end,
          guestName: entered.guestName,
          guestEmail: entered.guestEmail ?? null,
          guestPhone: entered.guestPhone ?? null,
          partySize: entered.partySize,
          status: entered.status ?? 'confirmed',
        },
      },
      how,
    ),
  );
}
