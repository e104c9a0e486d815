import { type DestinationStream, pino } from 'pino';
import { systemClock } from '#lib/clock.ts';
import type { Log } from './log.ts';
import { picked } from './log-line.ts';

/** One JSON line per event on the given stream (default: standard error, so that standard output stays for answers). */
export function pinoLog(options: { level?: string; stream?: DestinationStream } = {}): Log {
  const standard = options.stream ? null : gathered();
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'what',
    },
    options.stream ?? standard?.stream,
  );
  return {
    info: (what, fields) => logger.info(picked(fields), what),
    warn: (what, fields) => logger.warn(picked(fields), what),
    error(what, fields) {
      logger.error(picked(fields), what);
      standard?.send();
    },
  };
}

/** So long a line may wait for those that follow it, ms. */
const gatheringMs = 20;

/** More in one moment than this is not waited for, bytes. */
const plenty = 2 ** 20;

/**
 * Standard error, to which the lines of a moment go together: what is told of one booking logs a dozen, and each by itself
 * would wake a thread. `send` lets what is held go at once. A process that ends writes what it holds; one that is killed
 * loses the last moment.
 */
function gathered() {
  const out = pino.destination({ fd: 2, sync: false, minLength: plenty, maxWrite: 2 * plenty });
  let isTimed = false;
  let isWriting = false;
  const send = () => {
    if (isWriting) return soon();
    isWriting = true;
    out.flush(() => {
      isWriting = false;
    });
  };
  const soon = () => {
    if (isTimed) return;
    isTimed = true;
    systemClock.after(gatheringMs, () => {
      isTimed = false;
      send();
    });
  };
  const stream: DestinationStream = {
    write(line) {
      out.write(line);
      soon();
    },
  };
  return { stream, send };
}
