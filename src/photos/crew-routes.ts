import { type Context, Hono } from 'hono';
import { checkOrigin } from '#access/forms.ts';
import type { Booking } from '#booking/booking.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import { partBytes, readAsked, readPart } from './upload-request.ts';
import type { PhotoUploads } from './uploads.ts';

export type CrewPhotoParts = {
  uploads: PhotoUploads;
  /** Who of the crew asks, and the booking of their trip; null looks the same for everything that is not theirs. */
  visit: (request: Request, event: string) => Promise<{ person: string; booking: Booking } | null>;
};

/** Photos from the crew, by the session of their personal link; then as on the guest page. */
export function crewPhotoRoutes({ uploads, visit }: CrewPhotoParts): Hono {
  const app = new Hono();
  const forCrew =
    (answer: (c: Context, who: { person: string; booking: Booking }) => Promise<Response>) =>
    async (c: Context) => {
      if (c.req.method !== 'GET') checkOrigin(c.req.raw);
      const who = await visit(c.req.raw, c.req.param('id') ?? '');
      if (who) return answer(c, who);
      throw new Refusal(
        'not-found',
        'There is no such trip here.',
        'Open the newest letter about the trip again.',
      );
    };

  app.post(
    paths.crewUploads(':id'),
    forCrew(async (c, { person, booking }) => {
      const granted = await uploads.ask(booking, { ...(await readAsked(c)), by: `crew:${person}` });
      return c.json({ ...granted, part: partBytes });
    }),
  );
  app.patch(
    paths.crewUpload(':id', ':photo'),
    forCrew(async (c, { booking }) => {
      const { fields, part } = readPart(c);
      return c.json(await uploads.receive(booking, c.req.param('photo') ?? '', fields, part));
    }),
  );
  app.get(
    paths.crewUpload(':id', ':photo'),
    forCrew(async (c, { booking }) => c.json(await uploads.state(booking, c.req.param('photo') ?? ''))),
  );
  return app;
}
