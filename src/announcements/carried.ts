import type { Announcement, Sending } from './announcement.ts';

/** An announcement with how far it is at each endpoint, as it goes from one edition to another. */
export type CarriedAnnouncement = {
  readonly announcement: Announcement;
  readonly to: readonly Omit<Sending, 'announcement'>[];
};

/** In the order in which things happened. */
export const announcementOrder = ({ announcement: { at, revision, id } }: CarriedAnnouncement): string =>
  `${at}#${String(revision ?? 0).padStart(8, '0')}#${id}`;
