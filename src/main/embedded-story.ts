import type { Booking } from '#booking/booking.ts';
import type { Surface } from '#booking/surface.ts';
import { calendarSurface } from '#calendar/calendar-surface.ts';
import { feedSurfaces } from '#calendar/feeds.ts';
import { serverCalendarSurface } from '#calendar/server-calendar-surface.ts';
import { credentialWarnings } from '#crew/credential-warnings.ts';
import type { CrewEventId } from '#crew/crew.ts';
import { crewLetterSurface } from '#crew/crew-letter-surface.ts';
import { answersDue } from '#crew/crew-up.ts';
import { crewEventSurface } from '#crew/ensure-event.ts';
import { crewReminders } from '#crew/remind-crew.ts';
import type { Durable } from '#durable/durable.ts';
import { captainLetterSurface } from '#finances/captain-letter.ts';
import { booksTag, ledgerSurface } from '#finances/ledger-surface.ts';
import { ownerLetterSurface } from '#finances/owner-letter.ts';
import { type FulfilmentRoom, fulfilment } from '#fulfilment/fulfilment.ts';
import { type DueKind, timeline } from '#fulfilment/timeline.ts';
import { guestLetterSurface } from '#guest-page/guest-letter-surface.ts';
import { guestPageSurface } from '#guest-page/guest-page-surface.ts';
import { guestReminders } from '#guest-page/guest-reminders.ts';
import type { GuestReminderKind } from '#guest-page/letter-words.ts';
import { epochOf } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { erasure } from './erasure.ts';
import type { RoomOptions } from './room-parts.ts';
import type { Rooms } from './rooms.ts';
import { rosterChanged } from './roster-changed.ts';

/** The surfaces of both sides, the verbs of the agenda, and the fulfilment that drives them. */
export function story(of: Rooms, options: RoomOptions, durable: () => Durable): FulfilmentRoom {
  const { config, clock, random, log, at, onProgress } = options;
  const { fleet, shape } = config;
  const { books, pageParts, open, owner } = of;

  const calendarServer = () =>
    serverCalendarSurface({
      ...of.calendarServers,
      fleet,
      roster: of.rostered,
      deskUrl: id => at.of(paths.deskBooking(id)),
      egress: of.out,
    });

  const surfaces: Surface[] = [
    crewEventSurface({
      store: of.told.crew,
      fleet,
      clock,
      random,
      crewing: of.crewingTold,
      papers: of.papers,
    }),
    calendarSurface({ store: of.told.calendar, fleet, roster: of.rostered }),
    ...feedSurfaces({
      store: of.feeds,
      fleet,
      clock,
      assignmentsOf: async booking => (await of.sails.assignmentsOf(booking.id)) ?? [],
    }),
    ...(of.calendarServers.calendars.length === 0 ? [] : [calendarServer()]),
    guestPageSurface({ ...pageParts, host: of.host, egress: of.out, clock }),
    crewLetterSurface({ store: of.crew, fleet, telling: of.telling }),
    guestLetterSurface({ ...pageParts, post: open.post }),
    ledgerSurface(books) as Surface,
    ownerLetterSurface({
      ...books,
      fleet,
      post: owner.post,
      address: at.of,
      beliefsOf: async id => [...(await open.beliefs.of(id)), ...(await owner.beliefs.of(id))],
    }) as Surface,
    captainLetterSurface({ ...books, fleet, post: owner.post }) as Surface,
  ];

  const letterFor = guestReminders(pageParts);
  const remindGuest = (kind: GuestReminderKind) => async (booking: Booking) => {
    const letter = await letterFor(booking, kind);
    if (letter) await open.post.post(letter);
  };
  const unlessBegun = (verb: (booking: Booking) => Promise<void>) => async (booking: Booking) => {
    if (clock.now() < epochOf(booking.start)) await verb(booking);
  };
  const goOver = (booking: Booking) => told.again(booking.id);

  const verbs: Record<DueKind, (booking: Booking) => Promise<void>> = {
    'remind guest a week before': unlessBegun(remindGuest('week before')),
    'remind guest the day before': unlessBegun(remindGuest('day before')),
    'remind crew the day before': unlessBegun(async booking => {
      const event = await of.crew.ofBooking(booking.id);
      const letters = event ? await crewReminders({ links: of.links, fleet, origin: at.house }, event) : [];
      for (const letter of letters) await open.post.post(letter);
    }),
    'guide guest on the day': unlessBegun(remindGuest('on the day')),
    'open uploads': goOver,
    'close uploads': goOver,
    'thank guest': remindGuest('thanks'),
    // What is forgotten here is erased everywhere in the same sweep.
    purge: async booking => {
      const dues = timeline(booking, shape.retention, clock.now());
      const isTime = dues.every(({ kind, dueAt }) => kind !== 'purge' || Date.parse(dueAt) <= clock.now());
      // The retention may have been prolonged since this was put on the agenda.
      if (isTime) await of.bookings.forget(booking.id);
      else await of.agenda.replace(booking.id, dues);
    },
  };

  const told: FulfilmentRoom = fulfilment({
    // The report that follows in the same file makes both durable, or neither.
    bookings: { ...of.bookings, markFulfilled: of.told.bookings.markFulfilled },
    surfaces,
    open,
    owner,
    agenda: of.agenda,
    booksTag: booksTag(books),
    verbs,
    beside: async due => {
      const event = due.kind === answersDue ? await of.crew.find(due.subject as CrewEventId) : null;
      if (event) await rosterChanged(of, told)(event);
      const room = { papers: of.papers, fleet, deskUrl: at.of(paths.desk) };
      const warnings = await credentialWarnings(room, due.subject, clock.now());
      for (const letter of warnings ?? []) await open.post.post(letter);
    },
    announce: of.announcements.announce.booking,
    retention: shape.retention,
    erasure: erasure(of, options),
    clock,
    log,
    durable,
    inTurn: options.inTurn,
    onProgress,
  });
  return told;
}
