import { type DestinationStream, pino } from 'pino';
import type { Log, LogFields } from './log.ts';

const allowed: ReadonlySet<string> = new Set([
  'booking',
  'revision',
  'surface',
  'delivery',
  'source',
  'event',
  'workflow',
  'execution',
  'step',
  'letter',
  'brand',
  'method',
  'route',
  'status',
  'code',
  'count',
  'attempt',
  'ms',
  'port',
  'request',
]);

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
  const pick = (fields: LogFields = {}) => {
    const line: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(fields)) {
      if (allowed.has(key) && (typeof value === 'string' || typeof value === 'number')) line[key] = value;
    }
    if (fields.error !== undefined) Object.assign(line, describe(fields.error));
    return line;
  };
  return {
    info: (what, fields) => logger.info(pick(fields), what),
    warn: (what, fields) => logger.warn(pick(fields), what),
    error: (what, fields) => logger.error(pick(fields), what),
  };
}

/** Kind, code and place of an error; never its message, which may quote what a person or a marketplace wrote. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const at = placeOf(error);
  return { error: error.name, ...(typeof code === 'string' ? { code } : {}), ...(at ? { at } : {}) };
}

/** The first frame of the stack. A stack begins with the message, whose own lines may look like frames, so that goes first. */
function placeOf({ stack = '', message }: Error): string | undefined {
  const begins = stack.indexOf(message);
  if (begins < 0) return undefined;
  return stack
    .slice(begins + message.length)
    .split('\n')
    .find(line => line.trimStart().startsWith('at '))
    ?.trim();
}
