import type { CrewEvent } from '#crew/crew.ts';
import type { OpenFulfilment } from '#fulfilment/open-fulfilment.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { Rooms } from './rooms.ts';

/** What follows when somebody answers or the roster changes: whoever is next is asked, the crew is told, and every surface that names them follows. */
export const rosterChanged =
  (of: OpenRooms, fulfil: Pick<OpenFulfilment, 'again'>) =>
  async (event: CrewEvent): Promise<void> => {
    // In this order: telling the crew takes the mark away by which the tick finds what a crash cut short.
    await of.crewing.crewUp(event.id);
    if (event.booking) await fulfil.again(event.booking);
    await of.announcements.announce.answers((await of.crew.find(event.id)) ?? event);
    await of.telling.tellCrew(event.id);
  };

/** Does for the tick what a crash or an outage kept from following. The first failure is thrown after all were tried. */
export async function followUntold(
  of: OpenRooms,
  fulfil: Pick<OpenFulfilment, 'again'>,
  limit = 200,
): Promise<void> {
  const follow = rosterChanged(of, fulfil);
  const tried = await Promise.allSettled(
    (await of.crew.untold(limit)).map(async id => {
      const event = await of.crew.find(id);
      if (event) await follow(event);
    }),
  );
  const failed = tried.find(result => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Announces the surfaces that fail or were given up on, of either side, each once for a revision. */
export async function announceFailing({ announcements, open, owner }: Rooms, limit = 200): Promise<void> {
  if (announcements.endpoints.length === 0) return;
  for (const [fence, { beliefs }] of Object.entries({ open, owner })) {
    const troubled = await beliefs.troubled(limit);
    const failing = troubled.filter(({ state }) => state === 'failing' || state === 'stuck');
    await announcements.announce.failing(failing, fence as 'open' | 'owner');
  }
}
