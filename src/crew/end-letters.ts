import { dateText, rangeText, timeText } from '#lib/zoned.ts';
import { type CrewPaper, facts, frame, opens, tripName, type Written, where } from './letter-frame.ts';
import { type Promised, sameTimes, type Told } from './told.ts';

/** To somebody asked for an open place that went to another. */
export function taken(paper: CrewPaper, { promised }: Told, trip: string): Written {
  return {
    subject: `The place is taken: ${trip}, ${dateText(promised.start)}`,
    parts: {
      ...frame(paper),
      preheader: 'Somebody accepted first. You need not come, and thank you.',
      heading: 'The place is taken, thank you',
      paragraphs: [
        `${paper.person.firstName}, somebody accepted first, so you need not come to this one. Thank you for being there to be asked. Should a place open again, you get another letter.`,
      ],
      facts: [['Trip', trip], ['When', rangeText(promised.start, promised.end)], ...where(promised)],
    },
  };
}

/** To the crew of a trip that does not take place. */
export function cancelled(paper: CrewPaper, { promised }: Told, trip: string): Written {
  return {
    subject: `Cancelled: ${trip}, ${dateText(promised.start)}`,
    parts: {
      ...frame(paper),
      preheader: 'The trip does not take place. You need not come.',
      heading: `Cancelled: ${trip}`,
      paragraphs: [
        `${paper.person.firstName}, this trip does not take place. You need not come, and there is nothing to answer.`,
      ],
      facts: [['Was', rangeText(promised.start, promised.end)], ...where(promised)],
    },
  };
}

/** To somebody who was asked for two trips that turned out to be one booking. The link is to the one that counts. */
export function sameAs(paper: CrewPaper, { promised }: Told, instead: Promised): Written {
  const trip = tripName(paper.event, instead);
  const was = rangeText(promised.start, promised.end);
  const isTwice = sameTimes(promised, instead);
  return {
    subject: `One trip, not two: ${trip}, ${dateText(instead.start)}, call time ${timeText(instead.callTime)}`,
    parts: {
      ...frame(paper),
      preheader: isTwice
        ? 'You were asked twice for the same trip.'
        : `What counts is ${dateText(instead.start)}.`,
      heading: `You sail once: ${rangeText(instead.start, instead.end)}`,
      paragraphs: [
        isTwice
          ? `${paper.person.firstName}, you were asked twice for the same trip. It is one, and only this link and your answer there count.`
          : `${paper.person.firstName}, you were asked for ${was} as well. That turned out to be the same booking, which takes place only once: as below. Please do not come at the other time.`,
      ],
      facts: facts(trip, instead),
      ...opens(paper, 'Open my trip and answer'),
    },
  };
}

/** To somebody whom the operator took off the crew. */
export function released(paper: CrewPaper, { promised }: Told, trip: string): Written {
  return {
    subject: `You are off the crew: ${trip}, ${dateText(promised.start)}`,
    parts: {
      ...frame(paper),
      preheader: 'You are no longer on the crew of this trip.',
      heading: 'You are no longer on the crew of this trip',
      paragraphs: [
        `${paper.person.firstName}, you need not come to this one. Your link to it no longer opens. If that surprises you, call the operator.`,
      ],
      facts: [['Trip', trip], ['When', rangeText(promised.start, promised.end)], ...where(promised)],
    },
  };
}
