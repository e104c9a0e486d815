import { epochOf, shift, startOfDay, type ZonedTime } from '#lib/zoned.ts';

/** What a guest is doing about the charter just now, in order. */
export const phases = ['booked', 'prepare', 'day-of', 'aboard', 'after', 'archived'] as const;
export type Phase = (typeof phases)[number];

/** When a charter is, in the vessel's zone. */
export type Trip = { readonly start: ZonedTime; readonly end: ZonedTime };

/** How long photos may be added: days before the start and after the end of the trip. */
export type UploadDays = { readonly uploadDaysBefore: number; readonly uploadDaysAfter: number };

/** When photos may be added. Days keep the wall time of start and end across DST. */
export const uploadWindow = (trip: Trip, days: UploadDays): { opens: ZonedTime; closes: ZonedTime } => ({
  opens: shift(trip.start, { days: -days.uploadDaysBefore }),
  closes: shift(trip.end, { days: days.uploadDaysAfter }),
});

/** A phase and when it begins; the first has always begun. */
export type PhaseStart = { readonly phase: Phase; readonly from: ZonedTime | null };

/**
 * When each phase of a trip begins: `prepare` a week ahead at the hour of the start, `day-of` with the local day,
 * `aboard` at the start, `after` at the end, `archived` when photos are closed. Everything by the clock on the dock.
 */
export const phaseTimetable = (trip: Trip, days: UploadDays): readonly PhaseStart[] => [
  { phase: 'booked', from: null },
  { phase: 'prepare', from: shift(trip.start, { days: -7 }) },
  { phase: 'day-of', from: startOfDay(trip.start) },
  { phase: 'aboard', from: trip.start },
  { phase: 'after', from: trip.end },
  { phase: 'archived', from: uploadWindow(trip, days).closes },
];

/** The phase of a trip at an instant (epoch ms). Each begins with its first millisecond. */
export const phaseAt = (trip: Trip, days: UploadDays, nowMs: number): Phase =>
  phaseTimetable(trip, days).findLast(({ from }) => from === null || epochOf(from) <= nowMs)?.phase ??
  'booked';
