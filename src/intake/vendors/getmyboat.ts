import { ownPayload } from './own-payload.ts';

/** GetMyBoat, told through our own payload as Boatsetter is: it has no public webhook, and its mails are read by their templates. */
export const getmyboat = ownPayload({ timed: true });
