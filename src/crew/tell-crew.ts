import type { Links } from '#access/links.ts';
import type { BookingId } from '#booking/booking.ts';
import type { Fleet, Person } from '#booking/fleet.ts';
import type { Made } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { digestOf } from '#lib/digest.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf } from '#lib/zoned.ts';
import type { Post } from '#mail/post.ts';
import { type Assignment, type CrewEvent, type CrewEventId, placeOf } from './crew.ts';
import { answerLetter, crewLetter, newLinkLetter } from './crew-letters.ts';
import { linkFor, linkUrl } from './crew-link.ts';
import type { CrewStore } from './crew-store.ts';
import type { CrewPaper } from './letter-frame.ts';
import { passedOf } from './offers.ts';
import { type Promised, promisedBy, promisedDigest, sameTimes, type Told } from './told.ts';

export type TellParts = {
  store: CrewStore;
  post: Post;
  links: Links;
  fleet: Fleet;
  /** Address of the house without a slash at its end, `https://sailjada.com`. */
  origin: string;
  /** The event of the booking that this one turned out to be, which speaks for both from then on; null where there is none. */
  absorbedInto: (booking: BookingId) => Promise<CrewEvent | null>;
  clock: Clock;
};

export type Telling = ReturnType<typeof crewTelling>;

/**
 * Says to each of the crew what an event promises them and what was answered for them, by letter: once for each statement, never twice for the same,
 * and once that it is off, or that it is the same as another trip of theirs. A letter that has not gone out when the next one is due is taken back, so that nobody reads
 * them in the wrong order; what went before it is what the next one compares with.
 */
export function crewTelling(parts: TellParts) {
  const { store, post, links, fleet, clock } = parts;
  const inTurn = oneAtATime();
  const vesselName = (id: string) => fleet.vessel(id)?.name ?? null;

  const toldTo = async (event: CrewEventId, person: string) =>
    (await store.told(event)).find(told => told.person === person) ?? null;

  /**
   * What the person goes by now, after an unsent letter was taken back. Where nobody can know whether it arrived, it is
   * what they would have to be told otherwise about.
   */
  const held = async (told: Told | null): Promise<{ before: Promised | null; isCertain: boolean }> => {
    if (!told) return { before: null, isCertain: true };
    const after = told.kind === 'cancel' ? null : told.promised;
    if (told.letter === null) return { before: after, isCertain: true };
    const posted = await post.find(told.letter);
    if (posted?.state === 'sent') return { before: after, isCertain: true };
    // Never posted, or taken back by a run that a crash cut short; else caught now, unless it may have arrived.
    const isUnsent =
      !posted || (posted.state === 'recalled' ? !posted.mayHaveGone : await post.recall(told.letter));
    return isUnsent
      ? { before: told.before, isCertain: true }
      : { before: after ?? told.before ?? told.promised, isCertain: false };
  };

  const put = async (event: CrewEvent, person: Person, next: Omit<Told, 'letter'>): Promise<Made> => {
    const id = letterId(event, next);
    await store.putTold({ ...next, letter: id });
    return send(event, person, { ...next, letter: id });
  };

  /** Where this person sails instead, because the trip turned out to be another one that they are on. */
  const sameTrip = async (event: CrewEvent, person: string): Promise<CrewEvent | null> => {
    const into =
      event.booking && event.status === 'cancelled' ? await parts.absorbedInto(event.booking) : null;
    return into?.status === 'on' && placeOf(into, person) ? into : null;
  };

  const send = async (event: CrewEvent, person: Person, told: Told & { letter: string }): Promise<Made> => {
    const isOff = told.kind === 'cancel';
    const into = isOff ? await sameTrip(event, person.id) : null;
    const opened = isOff ? into : event;
    const url = opened && linkUrl(parts.origin, await links.issue(linkFor(opened, person.id)));
    const role = into && placeOf(into, person.id)?.role;
    const instead = into && role ? promisedBy(into, role, vesselName) : null;
    const paper: CrewPaper = { house: fleet.house, event, person, url };
    await post.post(crewLetter(paper, told, instead));
    return { state: 'posted', letter: told.letter };
  };

  /** The letter that says it already, posted again should a crash have come in between; null when it must be said anew. */
  const alreadySaid = async (event: CrewEvent, person: Person, told: Told): Promise<Made | null> => {
    if (told.letter === null) return { state: 'stated' };
    const posted = await post.find(told.letter);
    if (posted?.state === 'recalled') return null;
    if (posted) return { state: 'posted', letter: told.letter };
    return send(event, person, { ...told, letter: told.letter });
  };

  const note = (event: CrewEvent, person: Person, last: Told | null) => ({
    event: event.id,
    person: person.id,
    serial: (last?.serial ?? 0) + 1,
    sequence: Math.max(event.revision, (last?.sequence ?? -1) + 1),
    at: isoInstant(clock.now()),
  });

  /** What a letter is written with to somebody whose link to this event opens. */
  const paperTo = async (event: CrewEvent, id: string) => ({
    house: fleet.house,
    event,
    person: personOf(fleet, id),
    url: linkUrl(parts.origin, await links.issue(linkFor(event, id))),
  });

  /** Once for each answer, whoever gave it; see `answerLetter`. */
  const confirm = async (event: CrewEvent, place: Assignment, promised: Promised) => {
    const { answeredAt, answeredBy, person } = place;
    if (answeredAt === null) return;
    const by =
      answeredBy === null || answeredBy === person
        ? null
        : (fleet.person(answeredBy)?.name ?? fleet.house.name);
    const paper = await paperTo(event, person);
    await post.post(answerLetter(paper, { ...place, answeredAt }, promised, by));
  };

  /** Once for each time a link was renewed; see `newLinkLetter`. */
  const sendLink = async (
    event: CrewEvent,
    { person, linkRenewedAt }: Assignment,
    promised: Promised,
  ): Promise<void> => {
    if (linkRenewedAt === undefined) return;
    await post.post(newLinkLetter(await paperTo(event, person), linkRenewedAt, promised));
  };

  const ask = async (event: CrewEvent, personId: string): Promise<Made> => {
    const place = placeOf(event, personId);
    if (!place) return takeBack(event, personId);
    if (epochOf(event.end) <= clock.now()) return { state: 'stated' };
    const person = personOf(fleet, personId);
    const promised = promisedBy(event, place.role, vesselName);
    await confirm(event, place, promised);
    await sendLink(event, place, promised);
    const last = await toldTo(event.id, personId);
    if (last && last.kind !== 'cancel' && promisedDigest(last.promised) === promisedDigest(promised)) {
      const said = await alreadySaid(event, person, last);
      if (said) return said;
    }
    const { before, isCertain } = await held(last);
    const next = { ...note(event, person, last), promised, before };
    // Taken back unsent and changed back: silence is right unless the answers were opened again in between.
    const isBack = isCertain && before !== null && promisedDigest(before) === promisedDigest(promised);
    if (isBack && (!last || sameTimes(last.promised, promised))) {
      await store.putTold({ ...next, kind: 'change', letter: null });
      return { state: 'stated' };
    }
    return put(event, person, { ...next, kind: before ? 'change' : 'invitation' });
  };

  const takeBack = async (event: CrewEvent, personId: string): Promise<Made> => {
    // Who was passed over keeps the link: it says so kindly, and opens the trip again should a place open.
    if (event.status === 'on' && !passedOf(event, personId)) await links.revoke('crew', event.id, personId);
    const last = await toldTo(event.id, personId);
    if (!last || epochOf(last.promised.end) <= clock.now()) return { state: 'stated' };
    const person = personOf(fleet, personId);
    if (last.kind === 'cancel') {
      const said = await alreadySaid(event, person, last);
      if (said) return said;
    }
    const { before } = await held(last);
    const next = {
      ...note(event, person, last),
      promised: before ?? last.promised,
      before,
      kind: 'cancel',
    } as const;
    if (before) return put(event, person, next);
    await store.putTold({ ...next, letter: null });
    return { state: 'stated' };
  };

  const say = (id: CrewEventId, person: string, isOff: boolean) =>
    inTurn(`${id} ${person}`, async (): Promise<Made> => {
      const found = await store.find(id);
      if (!found) return { state: 'stated' };
      const event: CrewEvent = isOff ? { ...found, status: 'cancelled' } : found;
      return event.status === 'cancelled' ? takeBack(event, person) : ask(event, person);
    });

  const tellCrew = async (id: CrewEventId): Promise<void> => {
    const event = await store.find(id);
    if (!event) return;
    const people = new Set([
      ...event.roster.map(place => place.person),
      ...(await store.told(id)).map(told => told.person),
    ]);
    const tried = await Promise.allSettled([...people].map(person => say(id, person, false)));
    const failed = tried.find(result => result.status === 'rejected');
    if (failed) throw failed.reason;
    await store.markTold(id, event.revision);
  };

  return {
    /** Makes one person know what holds for them now; `isOff` when the booking is known to be cancelled. Safe to repeat. */
    say,
    /** Makes the whole crew know, those included who are no longer on it. Safe to repeat; the first failure is thrown after all were tried. */
    tellCrew,
    /** Tells the crews that a crash or an outage kept from being told. For the tick. The first failure is thrown after all were tried. */
    async tellUntold(limit = 200): Promise<void> {
      const tried = await Promise.allSettled((await store.untold(limit)).map(tellCrew));
      const failed = tried.find(result => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    /** The digest of what a person was last told and is still asked for, or null. */
    async digestTold(id: CrewEventId, person: string): Promise<string | null> {
      const told = await toldTo(id, person);
      return told && told.kind !== 'cancel' ? promisedDigest(told.promised) : null;
    },
  };
}

const letterId = (event: CrewEvent, told: Omit<Told, 'letter'>) =>
  `${event.booking ?? event.id}/crew letter/${told.person}/${told.kind}/${digestOf([told.serial, told.promised])}`;

function personOf(fleet: Fleet, id: string): Person {
  const person = fleet.person(id);
  if (person) return person;
  throw new Refusal(
    'crew-unknown',
    `${id} is on the crew, but nobody of that id is in the configuration, so no letter can be written.`,
    'Put the person back into the configuration, or release them from the crew.',
    { person: id },
  );
}
