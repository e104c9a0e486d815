import { type DestinationStream, pino } from 'pino';
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
    options.stream ?? pino.destination({ fd: 2, sync: false }),
  );
  return {
    info: (what, fields) => logger.info(picked(fields), what),
    warn: (what, fields) => logger.warn(picked(fields), what),
    error: (what, fields) => logger.error(picked(fields), what),
  };
}
