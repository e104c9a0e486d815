import type { Clock } from '#lib/clock.ts';
import { isoInstant } from '#lib/clock.ts';
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

/** What of these fields may stand in a line. */
export function picked(fields: LogFields = {}): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (allowed.has(key) && (typeof value === 'string' || typeof value === 'number')) line[key] = value;
  }
  if (fields.error !== undefined) Object.assign(line, describe(fields.error));
  return line;
}

/** The same lines without a library: in a function every kilobyte is part of each cold start. */
export function lineLog({ write, clock }: { write: (line: string) => void; clock: Clock }): Log {
  const say = (level: keyof Log) => (what: string, fields?: LogFields) =>
    write(JSON.stringify({ level, time: isoInstant(clock.now()), ...picked(fields), what }));
  return { info: say('info'), warn: say('warn'), error: say('error') };
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
