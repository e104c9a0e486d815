import { digestOf } from '#lib/digest.ts';
import { clockOf, dateText, inZone, rangeText, timeText, type ZonedTime } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';
import { type CalendarMethod, writeCalendar } from '#platform/ical.ts';
import type { Answer, Assignment } from './crew.ts';
import { cancelled, released, sameAs, taken } from './end-letters.ts';
import {
  addressed,
  type CrewPaper,
  facts,
  frame,
  opens,
  roleText,
  tripName,
  type Written,
} from './letter-frame.ts';
import { passedOf } from './offers.ts';
import { type Promised, promisedDigest, sameTimes, type Told } from './told.ts';

/** The letter that tells a person what the ledger of tellings says they are told. The same telling gives the same letter. */
export function crewLetter(
  paper: CrewPaper,
  told: Told & { letter: string },
  /** The trip of theirs that this one turned out to be, when it is taken back for that; the link is to that one then. */
  instead: Promised | null = null,
): Letter {
  const written = instead ? sameAs(paper, told, instead) : wordsFor(paper, told);
  return {
    ...addressed(paper),
    id: told.letter,
    kind: told.kind,
    subject: written.subject,
    ...layOut(written.parts),
    invite: {
      method: told.kind === 'cancel' ? 'CANCEL' : 'REQUEST',
      ics: invite(paper, told, told.kind === 'cancel' ? 'CANCEL' : 'REQUEST'),
    },
  };
}

/** The letter of the day before, or of the day where it is late, to somebody who has not declined. Its id holds the promise: moved by an hour, it is another letter. */
export function crewReminder(paper: CrewPaper, promised: Promised, when: 'Tomorrow' | 'Today'): Letter {
  const { event, person } = paper;
  const subject = event.booking ?? event.id;
  const trip = tripName(event, promised);
  const place = event.roster.find(({ person: id }) => id === person.id);
  return {
    ...addressed(paper),
    id: `${subject}/crew letter/${person.id}/reminder/${promisedDigest(promised)}`,
    kind: 'reminder',
    subject: `${when}: ${trip}, call time ${timeText(promised.callTime)}`,
    ...layOut({
      ...frame(paper),
      preheader: `On board at ${timeText(promised.callTime)}${promised.berth ? `, ${promised.berth}` : ''}.`,
      heading: `You sail on ${dateText(promised.start)}`,
      paragraphs: [
        `${person.firstName}, be on board at ${timeText(promised.callTime)}.`,
        ...(place?.answer === 'accepted'
          ? []
          : ['You have not said yet whether you will be there: please accept or decline now.']),
      ],
      facts: facts(trip, promised),
      ...opens(paper, place?.answer === 'accepted' ? 'Open my trip' : 'Open my trip and answer'),
    }),
  };
}

/**
 * What was just answered, to the person it was answered for: whoever holds the link can answer, a program that looks
 * through mail too, so the person has to hear of it and be able to change it. The same answer gives the same letter.
 */
export function answerLetter(
  paper: CrewPaper,
  place: Assignment & { answeredAt: string },
  promised: Promised,
  /** Who put it in, by name; null when it came through the person's own link. */
  by: string | null,
): Letter {
  const { event, person } = paper;
  const trip = tripName(event, promised);
  const answer = answerSaid[place.answer];
  const when = dateText(promised.start);
  return {
    ...addressed(paper),
    id: `${event.booking ?? event.id}/crew letter/${person.id}/answer/${digestOf([event.id, place.answer, place.answeredAt])}`,
    kind: 'answer',
    subject: `${answer}: ${trip}, ${when}`,
    ...layOut({
      ...frame(paper),
      preheader: `${by ?? 'You'} said so at ${timeText(inZone(place.answeredAt, promised.start.zone))}.`,
      heading: `${answer}: ${when}`,
      paragraphs: [
        by === null
          ? `${person.firstName}, this answer came through your link to the trip. If it was not you, or you think otherwise by now, change it on the page of the trip until the start.`
          : `${person.firstName}, ${by} put this in for you. If it is not what you said, change it on the page of the trip until the start.`,
      ],
      facts: facts(trip, promised),
      ...opens(paper, 'Open my trip and change it'),
    }),
  };
}

const answerSaid: Record<Answer, string> = {
  accepted: 'You are coming',
  declined: 'You are not coming',
  unknown: 'Your answer is taken back',
};

/** The new link of somebody whose old one was ended, because a phone was lost say. The same renewal gives the same letter. */
export function newLinkLetter(paper: CrewPaper, renewedAt: string, promised: Promised): Letter {
  const { event, person } = paper;
  const trip = tripName(event, promised);
  return {
    ...addressed(paper),
    id: `${event.booking ?? event.id}/crew letter/${person.id}/link/${digestOf([event.id, renewedAt])}`,
    kind: 'link',
    subject: `Your new link: ${trip}, ${dateText(promised.start)}`,
    ...layOut({
      ...frame(paper),
      preheader: 'The link you had no longer opens.',
      heading: 'Your new link',
      paragraphs: [
        `${person.firstName}, ${paper.house.name} ended your old link to this trip, and the pages it opened. This is the new one. Nothing else about the trip changed.`,
      ],
      facts: facts(trip, promised),
      ...opens(paper, 'Open my trip'),
    }),
  };
}

function wordsFor(paper: CrewPaper, told: Told): Written {
  const trip = tripName(paper.event, told.promised);
  if (told.kind === 'cancel') {
    if (paper.event.status === 'cancelled') return cancelled(paper, told, trip);
    return passedOf(paper.event, paper.person.id) ? taken(paper, told, trip) : released(paper, told, trip);
  }
  return told.before ? changed(paper, told, told.before, trip) : invited(paper, told, trip);
}

function invited(paper: CrewPaper, { promised }: Told, trip: string): Written {
  const day = dateText(promised.start);
  return {
    subject: `Can you sail on ${day}? ${trip}, call time ${timeText(promised.callTime)}`,
    parts: {
      ...frame(paper),
      preheader: `${roleText(promised.role)}, on board at ${timeText(promised.callTime)}. Please accept or decline.`,
      heading: `Can you sail on ${day}?`,
      paragraphs: [
        `${paper.person.firstName}, you are asked to come as ${promised.role}. Please accept or decline on the page of the trip; you can change your answer until the start.`,
        ...waitsFor(paper),
      ],
      facts: facts(trip, promised),
      ...opens(paper, 'Open my trip and answer'),
    },
  };
}

/** Until when an answer is awaited, and what becomes of the place; nothing where nobody else could be asked. */
function waitsFor({ event, person }: CrewPaper): string[] {
  const place = event.roster.find(({ person: id }) => id === person.id);
  if (!place?.answerBy) return [];
  const by = inZone(place.answerBy, event.start.zone);
  const when = `${dateText(by)}, ${timeText(by)}`;
  return [
    place.holds
      ? `Please answer by ${when}. After that others are asked too, and the place goes to the first to accept.`
      : `The place is open: it goes to the first to accept. Please answer by ${when}.`,
  ];
}

function changed(paper: CrewPaper, { promised }: Told, before: Promised, trip: string): Written {
  const list = changes(before, promised).map(([label, value]) => `${label}: ${value}`);
  const isBack = list.length === 0;
  const asksAgain = isBack || !sameTimes(before, promised);
  const { firstName } = paper.person;
  return {
    subject: `Changed: ${trip}, now ${dateText(promised.start)}, call time ${timeText(promised.callTime)}`,
    parts: {
      ...frame(paper),
      preheader: isBack ? 'Please accept or decline again.' : `${list.join('. ')}.`,
      heading: isBack
        ? `The time holds after all: ${rangeText(promised.start, promised.end)}`
        : asksAgain
          ? `New time: ${rangeText(promised.start, promised.end)}`
          : 'Something about your trip changed',
      paragraphs: [
        isBack
          ? `${firstName}, the time was changed and changed back before a letter could reach you.`
          : `${firstName}, this changed:\n${list.join('\n')}`,
        asksAgain
          ? 'Because the time changed, earlier answers no longer count: please accept or decline again.'
          : 'Your answer stays as it is. If you can no longer come, change it on the page of the trip.',
      ],
      facts: facts(trip, promised),
      ...opens(paper, asksAgain ? 'Open my trip and answer' : 'Open my trip'),
    },
  };
}

/** Old and new of everything promised that differs, the times by the clock alone where the day is the same. */
function changes(before: Promised, now: Promised): [string, string][] {
  const from = (label: string, old: string, next: string): [string, string][] =>
    old === next ? [] : [[label, `${old} → ${next}`]];
  const time = (label: string, old: ZonedTime, next: ZonedTime): [string, string][] => {
    if (old.at === next.at && old.zone === next.zone) return [];
    return old.local.slice(0, 10) === next.local.slice(0, 10) && old.zone === next.zone
      ? [[label, `${clockOf(old)} → ${timeText(next)}`]]
      : [[label, `${dateText(old)}, ${timeText(old)} → ${dateText(next)}, ${timeText(next)}`]];
  };
  return [
    ...time('Start', before.start, now.start),
    ...time('End', before.end, now.end),
    ...time('Call time', before.callTime, now.callTime),
    ...from('Vessel', before.vessel ?? 'none', now.vessel ?? 'none'),
    ...from('Berth', before.berth ?? 'none', now.berth ?? 'none'),
    ...from('Your role', before.role, now.role),
  ];
}

function invite({ house, event, person }: CrewPaper, told: Told, method: CalendarMethod): string {
  const { promised } = told;
  return writeCalendar({
    method,
    name: house.name,
    events: [
      {
        uid: `${event.id}@${house.host}`,
        sequence: told.sequence,
        stamp: told.at,
        start: promised.start,
        end: promised.end,
        summary: tripName(event, promised),
        description: `Call time ${timeText(promised.callTime)}. ${roleText(promised.role)}.\nAnswer and checklist: the link in your letter.`,
        ...(promised.berth === null ? {} : { location: promised.berth }),
        ...(event.berth && promised.berth === event.berth.name
          ? { geo: { latitude: event.berth.latitude, longitude: event.berth.longitude } }
          : {}),
        status: method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED',
        organizer: house.sender,
        attendee: { name: person.name, address: person.email },
      },
    ],
  });
}
