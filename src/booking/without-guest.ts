import { type Booking, forgottenGuest } from './booking.ts';
import type { Fields, Message } from './message.ts';

/** A booking, or one of its revisions, once its guest is forgotten. `forgottenAt`: ISO 8601 UTC. */
export const withoutGuest = (booking: Booking, forgottenAt: string): Booking => ({
  ...booking,
  guest: forgottenGuest,
  forgottenAt,
});

/** The same of a message. Which fields it stated stays known. */
export const messageWithoutGuest = (message: Message): Message => ({
  ...message,
  fields: fieldsWithoutGuest(message.fields),
});

const fieldsWithoutGuest = ({ guestName, guestEmail, guestPhone, ...rest }: Fields): Fields => ({
  ...rest,
  ...(guestName === undefined ? {} : { guestName: forgottenGuest.name }),
  ...(guestEmail === undefined ? {} : { guestEmail: null }),
  ...(guestPhone === undefined ? {} : { guestPhone: null }),
});
