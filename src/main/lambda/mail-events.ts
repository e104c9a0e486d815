import { fatesIn } from '#mail/ses-events.ts';
import { notHere } from '../not-here.ts';
import { mailTroubles } from '../rooms/mail-troubles.ts';
import { booted } from './boot.ts';
import type { Means } from './means.ts';
import { wholeSide } from './whole-side.ts';

export const make = (means: Means) => {
  const { of, options, fulfil, after } = wholeSide(means, {
    mailer: notHere('mail'),
    host: notHere('pages'),
    photoStore: notHere('photos'),
  });
  const troubles = mailTroubles(of, options, fulfil);
  return async (event: unknown): Promise<void> => {
    for (const fate of fatesIn(event)) await troubles.fate(fate);
    await after.done();
  };
};

export const handler = booted(make);
