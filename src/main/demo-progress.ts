import { styleText } from 'node:util';
import { Listr } from 'listr2';
import type { Booking } from '#booking/booking.ts';
import type { Belief, SurfaceName } from '#booking/surface.ts';
import { surfaceNames } from '#booking/surface.ts';
import type { App } from './embedded/embedded.ts';

const patienceMs = 60_000;

/**
 * Shows each surface of the first booking as it comes true: a live list in a terminal, plain lines in a pipe, nothing when quiet.
 * Resolves to the booking once all are stated; throws when one is not after a minute. After `stopping` nothing is waited for.
 */
export async function demoProgress(
  app: App,
  { quiet, stopping }: { quiet: boolean; stopping: AbortSignal },
): Promise<Booking> {
  const startedAt = Date.now();
  const booking = await until(
    async () => ((await app.operate('booking list', { when: 'all', limit: 1 })) as Booking[])[0],
  );
  const board = async () =>
    ((await app.operate('beliefs', { booking: booking.id })) as { surfaces: Belief[] }).surfaces;
  const stated = (surface: SurfaceName) =>
    until(async () => {
      const rows = (await board()).filter(belief => belief.surface === surface);
      return rows.length > 0 && rows.every(row => row.state === 'stated') ? rows : undefined;
    });
  const said = (surface: SurfaceName, rows: readonly Belief[]) => {
    const who = rows.map(row => row.recipient).filter(recipient => recipient !== '-');
    const detail = [who.join(', '), `${Date.now() - startedAt} ms`].filter(Boolean).join(' · ');
    return `${surface.padEnd(16)} ${styleText('dim', detail, { stream: process.stdout })}`;
  };

  if (quiet) await Promise.all(shown.map(stated));
  else if (process.stdout.isTTY && process.stdout.columns > 0) {
    await new Listr(
      shown.map(surface => ({
        title: surface,
        task: async (_context, task) => {
          try {
            task.title = said(surface, await stated(surface));
          } catch (error) {
            if (!stopping.aborted) throw error;
            task.skip(`${surface.padEnd(16)} not waited for`);
          }
        },
      })),
      // Ctrl-C is ours: by itself the list would end the process with 127, in the middle of stopping.
      { concurrent: true, registerSignalListeners: false },
    ).run();
  } else {
    await Promise.all(shown.map(async surface => console.log(`  ✓ ${said(surface, await stated(surface))}`)));
  }
  return booking;
}

/** The example fleet has no calendar on a server of its own. */
const shown = surfaceNames.filter(name => name !== 'calendar server');

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error('the demo did not settle within a minute; run it again with --verbose to see why');
}
