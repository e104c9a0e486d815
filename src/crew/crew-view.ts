import type { CrewRole, Fleet } from '#booking/fleet.ts';
import type { MoneyFree } from '#lib/money-free.ts';
import { Refusal } from '#lib/refusal.ts';
import { inZone, type ZonedTime } from '#lib/zoned.ts';
import type { Egress } from '#platform/egress.ts';
import { type CheckId, type CheckPhase, checkItems } from './checklist.ts';
import type { Answer, Assignment, CrewEvent } from './crew.ts';
import { frozen, line, lines, moment, phone } from './view-parts.ts';

/** One of the crew as shipmates see them. */
export type ShipmateView = {
  readonly firstName: string;
  readonly role: CrewRole;
  readonly answer: Answer;
  readonly phone: string | null;
};

export type CheckView = {
  readonly id: CheckId;
  readonly phase: CheckPhase;
  readonly label: string;
  /** First name and instant (ISO 8601 UTC). */
  readonly done: { readonly by: string; readonly at: string } | null;
};

/**
 * Everything the page of one of the crew may know. Made by `parseCrewView` only: each key is listed, each text has a
 * limit, nothing else of an event or a booking can ride along.
 */
export type CrewView = {
  readonly id: string;
  readonly title: string;
  readonly status: 'on' | 'cancelled';
  readonly vessel: string | null;
  /** On a bareboat charter the renter brings the captain. */
  readonly bareboat: boolean;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly callTime: ZonedTime;
  readonly berth: {
    readonly name: string;
    readonly address: string;
    readonly latitude: number;
    readonly longitude: number;
    readonly directions: string;
  } | null;
  readonly headCount: number | null;
  readonly guestFirstName: string | null;
  /** Null when they are held back. */
  readonly notes: string | null;
  readonly me: ShipmateView & {
    /** The place is kept for them; without it, it goes to the first to accept. */
    readonly holds: boolean;
    /** Until when an answer is awaited, where one is. */
    readonly answerBy: ZonedTime | null;
    readonly answeredAt: string | null;
    /** Who put the answer in, where it was somebody else. */
    readonly answeredBy: string | null;
  };
  readonly shipmates: readonly ShipmateView[];
  readonly checklist: readonly CheckView[];
  readonly house: { readonly name: string; readonly email: string };
  /** What the operator keeps for her crews. */
  readonly documents: readonly { readonly label: string; readonly url: string }[];
  /** Photos of the trip can be added. */
  readonly photos: boolean;
  /** The person's own calendar feed. */
  readonly feedUrl: string | null;
};

/** What a crew view is made from. */
export type CrewViewParts = {
  readonly event: CrewEvent;
  readonly person: string;
  readonly fleet: Fleet;
  readonly feedUrl: string | null;
  /** Held back when what somebody typed turns out to hold an amount. */
  readonly withoutNotes?: boolean;
};

/** Builds the view anew from listed keys, frozen, texts cut to their limits. Throws for somebody who is not on the roster. */
export function parseCrewView({ event, person, fleet, feedUrl, withoutNotes }: CrewViewParts): CrewView {
  const mine = event.roster.find(place => place.person === person);
  if (!mine) throw new TypeError('a view is made for somebody on the roster');
  const nameOf = (id: string) => line(fleet.person(id)?.firstName ?? id, 60);
  const shipmate = (place: Assignment): ShipmateView => ({
    firstName: nameOf(place.person),
    role: place.role,
    answer: place.answer,
    phone: phone(fleet.person(place.person)?.phone ?? null),
  });
  const vessel = event.vessel === null ? null : (fleet.vessel(event.vessel)?.name ?? null);
  return frozen({
    id: event.id,
    title: line(event.title, 140),
    status: event.status,
    vessel: vessel === null ? null : line(vessel, 80),
    bareboat: event.charterMode === 'bareboat',
    start: moment(event.start),
    end: moment(event.end),
    callTime: moment(event.callTime),
    berth: event.berth && {
      name: line(event.berth.name, 120),
      address: line(event.berth.address, 200),
      latitude: Number(event.berth.latitude),
      longitude: Number(event.berth.longitude),
      directions: lines(event.berth.directions, 1000),
    },
    headCount: event.headCount === null ? null : Math.trunc(event.headCount),
    guestFirstName: event.guestFirstName === null ? null : line(event.guestFirstName, 60),
    notes: withoutNotes ? null : lines(event.notes, 4000),
    me: {
      ...shipmate(mine),
      holds: mine.holds,
      answerBy: mine.answerBy === null ? null : moment(inZone(mine.answerBy, event.start.zone)),
      answeredAt: mine.answer === 'unknown' ? null : mine.answeredAt,
      answeredBy: mine.answeredBy === null || mine.answeredBy === person ? null : nameOf(mine.answeredBy),
    },
    shipmates: event.roster.filter(place => place.person !== person).map(shipmate),
    checklist: checkItems.map(({ id, phase, label }) => {
      const done = event.checklist.find(item => item.id === id)?.done ?? null;
      return { id, phase, label, done: done && { by: nameOf(done.by), at: done.at } };
    }),
    documents: (fleet.vessel(event.vessel ?? '')?.documents ?? [])
      .filter(({ url }) => URL.parse(url)?.protocol === 'https:')
      .map(({ label, url }) => ({ label: line(label, 60), url: line(url, 500) })),
    house: { name: line(fleet.house.name, 80), email: line(fleet.house.sender.address, 254) },
    photos: event.booking !== null,
    feedUrl: feedUrl === null ? null : line(feedUrl, 500),
  });
}

/** Where the crew's bytes go out. */
export type CrewOut = {
  readonly egress: Egress;
  readonly channel: 'page' | 'http';
  /** The event, and its booking if it has one. */
  readonly about: readonly string[];
};

/**
 * The crew's way out: text made from what cannot hold an amount, past the egress. Refusal `money-in-output`.
 * The compiler refuses a value in which `Money` could sit; the view being built anew covers what the compiler cannot see.
 */
export async function emitToCrew<V>(
  out: CrewOut,
  view: V & MoneyFree<V>,
  render: (view: V) => string | Promise<string>,
): Promise<string> {
  const body = await render(view);
  await out.egress.emit({ audience: 'crew', channel: out.channel, about: out.about, body });
  return body;
}

/**
 * The same for what shows notes: should somebody have typed an amount into them, they alone are held back, because the
 * crew still has to find the boat.
 */
export async function emitWithNotes<V>(
  out: CrewOut,
  viewOf: (withoutNotes: boolean) => V & MoneyFree<V>,
  render: (view: V) => string | Promise<string>,
): Promise<string> {
  try {
    return await emitToCrew(out, viewOf(false), render);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'money-in-output') throw error;
    return emitToCrew(out, viewOf(true), render);
  }
}

export const aboutOf = (event: Pick<CrewEvent, 'id' | 'booking'>): readonly string[] =>
  event.booking === null ? [event.id] : [event.id, event.booking];
