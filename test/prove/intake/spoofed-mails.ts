import { sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { mailIntake } from '#intake/mail/mail-intake.fixture.ts';
import type { Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { spoofed, spoofs } from './spoofs.ts';

/** One mail in twenty is honest, because an inbox that believes nobody would pass all the rest. */
const honestShare = 0.05;

export const spoofedMails = inSlices({
  name: 'spoofed-mails',
  promise: 'A mail that only looks like the marketplace’s becomes no booking; it waits for a person.',
  unit: 'mails',
  gate: 2_000,
  full: 20_000,
  chunk: 100,
  async slice(from, to) {
    const violations: Violation[] = [];
    const world = mailIntake();
    const figures = { spoofed: 0, booked: 0, 'honest ones booked': 0 };
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      const name = `b${seed}`;
      const mail = sampleMail('boatsetter-new', { xhqgmdh: name, 'synthetic-1@': `synthetic-${seed}@` });
      const isHonest = dice.chance(honestShare);
      const way = dice.pick(spoofs);
      const sent = isHonest
        ? await signedBy('boatsetter.com', mail)
        : await spoofed(way, mail.toString('latin1'), dice);
      const { state } = await world.bring(sent);
      const isBooked = (await world.bookings.byName('boatsetter', name)) !== null || state === 'recorded';
      if (isHonest) figures['honest ones booked'] += Number(isBooked);
      else {
        figures.spoofed++;
        figures.booked += Number(isBooked);
      }
      if (isBooked !== isHonest)
        violations.push({ seed, what: isBooked ? `booked: ${way}` : 'an honest mail was held back' });
    }
    return { done: to - from, figures, violations };
  },
});
