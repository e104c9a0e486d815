import * as z from 'zod';
import type { Fleet } from '#booking/fleet.ts';
import type { Feed } from '#calendar/feed-store.ts';
import { feedLink } from '#calendar/feeds.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { type Operations, operation, text } from './operations.ts';

/** The secret addresses of calendar feeds: said again, or ended at once when one got into the wrong hands. */
export function feedOperations(of: Rooms, { config, at }: RoomOptions): Operations {
  const address = async (feed: Feed) => at.of(paths.feed(await of.links.issue(feedLink(feed))));
  const input = z.object({ of: text });
  return {
    'feed show': operation(input, async ({ of: subject }) => ({
      url: await address(feedOf(config.fleet, subject)),
    })),
    'feed renew': operation(input, async ({ of: subject }) => {
      const feed = feedOf(config.fleet, subject);
      const { purpose, subject: about, holder } = feedLink(feed);
      await of.links.revoke(purpose, about, holder);
      return { url: await address(feed) };
    }),
  };
}

function feedOf(fleet: Fleet, subject: string): Feed {
  if (fleet.person(subject)) return { kind: 'person', subject };
  if (fleet.vessel(subject)) return { kind: 'vessel', subject };
  const known = [...fleet.people, ...fleet.vessels].map(({ id }) => id).join(', ');
  throw new Refusal('feed-unknown', `There is no person or vessel ${subject}.`, `Feeds are of: ${known}.`);
}
