import { ownPayload } from './own-payload.ts';

/** The operator's own scripts and files. What leaves out when it happened happened when it came in. */
export const manual = ownPayload({ timed: false });
