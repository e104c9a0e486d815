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
import type { OpenParts } from '#fulfilment/fulfilment-parts.ts';
import type { OpenFulfilment } from '#fulfilment/open-fulfilment.ts';
import { type DueKind, timeline } from '#fulfilment/timeline.ts';
import { guestLetterSurface } from '#guest-page/guest-letter-surface.ts';
import { guestPageSurface } from '#guest-page/guest-page-surface.ts';
import { guestReminders } from '#guest-page/guest-reminders.ts';
import type { GuestReminderKind } from '#guest-page/letter-words.ts';
import { paths } from '#ui/paths.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomOptions } from './parts.ts';
import { rosterChanged } from './roster-changed.ts';

/** The surfaces that crew and guests see and the verbs of the agenda. `later` is the fulfilment that is made of them. */
export function openStory(
  of: OpenRooms,
  options: RoomOptions,
  later: Pick<OpenFulfilment, 'again'>,
): Omit<OpenParts, 'books' | 'durable'> {
  const { config, clock, random, log, at, onProgress, inTurn } = options;
  const { fleet, shape } = config;
  const { pageParts, open } = of;

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
  ];

  const letterFor = guestReminders({ ...pageParts, suppressed: of.suppressed });
  const remindGuest = (kind: GuestReminderKind) => async (booking: Booking) => {
    const letter = await letterFor(booking, kind);
    if (letter) await open.post.post(letter);
  };
  const goOver = (booking: Booking) => later.again(booking.id);

  const verbs: Record<DueKind, (booking: Booking) => Promise<void>> = {
    'remind guest a week before': remindGuest('week before'),
    'remind guest the day before': remindGuest('day before'),
    'remind crew the day before': async booking => {
      const event = await of.crew.ofBooking(booking.id);
      const letters = event
        ? await crewReminders({ links: of.links, fleet, origin: at.house }, event, clock.now())
        : [];
      for (const letter of letters) await open.post.post(letter);
    },
    'guide guest on the day': remindGuest('on the day'),
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

  return {
    // The report that follows in the same file makes both durable, or neither.
    bookings: { ...of.bookings, markFulfilled: of.told.bookings.markFulfilled },
    surfaces,
    open,
    agenda: of.agenda,
    verbs,
    beside: async due => {
      const event = due.kind === answersDue ? await of.crew.find(due.subject as CrewEventId) : null;
      if (event) await rosterChanged(of, later)(event);
      const room = { papers: of.papers, fleet, deskUrl: at.of(paths.desk) };
      const warnings = await credentialWarnings(room, due.subject, clock.now());
      for (const letter of warnings ?? []) await open.post.post(letter);
    },
    announce: of.announcements.announce.booking,
    retention: shape.retention,
    clock,
    log,
    inTurn,
    onProgress,
  };
}
