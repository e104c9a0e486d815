import { type DestinationStream, pino } from 'pino';
import { systemClock } from '#lib/clock.ts';
import type { Log } from './log.ts';
import { picked } from './log-line.ts';

/** One JSON line per event on the given stream (default: standard error, so that standard output stays for answers). */
export function pinoLog(options: { level?: string; stream?: DestinationStream } = {}): Log {
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'what',
    },
    options.stream ?? gathered(),
  );
  return {
    info: (what, fields) => logger.info(picked(fields), what),
    warn: (what, fields) => logger.warn(picked(fields), what),
    error: (what, fields) => logger.error(picked(fields), what),
  };
}

/** So long a line may wait for those that follow it, ms. */
const gatheringMs = 20;

/**
 * Standard error, to which the lines of a moment go together after the first: what is told of one booking logs a dozen, and
 * each by itself would wake a thread. A process that ends writes what it holds; one that is killed loses the last moment.
 */
function gathered(): DestinationStream {
  const out = pino.destination({ fd: 2, sync: false, minLength: 8_192 });
  let isGathering = false;
  let isAnyHeld = false;
  const flushed = () => {
    isGathering = false;
    if (isAnyHeld) out.flush();
  };
  return {
    write(line) {
      out.write(line);
      isAnyHeld = isGathering;
      if (isGathering) return;
      isGathering = true;
      out.flush();
      systemClock.after(gatheringMs, flushed);
    },
  };
}
