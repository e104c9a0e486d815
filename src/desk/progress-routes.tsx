import { Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { htmlText } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import { BeliefsBoard, boardName } from './beliefs-board.tsx';
import type { DeskDeps } from './deps.ts';
import { boardOf, bookingAt } from './look-up.ts';

const heartbeatMs = 15_000;
/** After this the browser has to ask again, so that who signed out or lost a role stops seeing anything. */
const longestMs = 10 * 60_000;

/**
 * The board of a booking as it changes, and each time it has come to rest. The session is checked when it opens, and it does
 * not stay open for long. Whoever has the board at rest already (`is`, see `boardName`) is sent nothing until it changes.
 */
export function progressRoutes(deps: DeskDeps): Hono {
  const app = new Hono();

  app.get(paths.deskProgress(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const { id } = await bookingAt(deps, c.req.param('id'));
    const known = c.req.query('is');
    let shown = known ?? '';
    let wasSettled = known !== undefined;

    const send = async (stream: SSEStreamingApi): Promise<void> => {
      const booking = await bookingAt(deps, id);
      const { beliefs, isSettled, audience } = await boardOf(deps, session, booking);
      const name = boardName(booking, beliefs);
      if (name !== shown) {
        const html = await htmlText(<BeliefsBoard fleet={deps.fleet} booking={booking} beliefs={beliefs} />);
        await deps.egress.emit({ audience, channel: 'page', about: [id], body: html });
        await stream.writeSSE({ event: 'fragment', data: html });
        wasSettled = false;
        shown = name;
      }
      if (isSettled && !wasSettled) await stream.writeSSE({ event: 'settled', data: '' });
      wasSettled = isSettled;
    };

    const response = streamSSE(c, async stream => {
      const stop = new AbortController();
      stream.onAbort(() => stop.abort());
      c.req.raw.signal.addEventListener('abort', () => stop.abort());
      const callOff = [keepAlive(deps, stream), deps.clock.after(longestMs, () => stop.abort())];
      try {
        // Listening starts before the first look, so that nothing can happen in between unseen.
        const ticks = deps.progress(id, stop.signal)[Symbol.asyncIterator]();
        const first = ticks.next();
        await send(stream);
        for (let tick = first; !(await tick).done; tick = ticks.next()) await send(stream);
      } catch {
        // What went wrong shows on the page itself: the browser asks again, and its next load tells the person.
      } finally {
        stop.abort();
        for (const end of callOff) end();
      }
    });
    // Proxies must pass each event on at once; how the bytes are framed is the server's business.
    response.headers.set('x-accel-buffering', 'no');
    response.headers.set('cache-control', 'no-store, no-transform');
    response.headers.delete('transfer-encoding');
    response.headers.delete('connection');
    return response;
  });

  return app;
}

/** A comment every now and then, so that no proxy takes the silence for an end. Returns the way to stop. */
function keepAlive({ clock }: DeskDeps, stream: SSEStreamingApi): () => void {
  let callOff = () => {};
  const beat = () => {
    callOff = clock.after(heartbeatMs, () => {
      if (stream.aborted || stream.closed) return;
      stream.write(': still here\n\n').then(beat, () => {});
    });
  };
  beat();
  return () => callOff();
}
