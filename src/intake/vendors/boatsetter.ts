import { ownPayload } from './own-payload.ts';

/**
 * Boatsetter, told through our own payload: it has no public webhook, so a bridge (a mail rule, a script, a person)
 * turns an approved booking into one. Its listings show the clock at the berth.
 */
export const boatsetter = ownPayload({ timed: true });
