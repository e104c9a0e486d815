import { epochOf, resolveWall } from '#lib/zoned.ts';
import { datePattern } from './date-pattern.ts';

/** How mail programs write when a copied mail was sent, in English. Each says the year and AM or PM, so that none can be taken for another. */
const patterns = [
  'ddd, MMM D, YYYY [at] h:mm A', // Gmail
  'ddd, MMM D, YYYY, h:mm A',
  'ddd, D MMM YYYY [at] HH:mm',
  'dddd, MMMM D, YYYY h:mm A', // Outlook
  'MMMM D, YYYY [at] h:mm A z', // Apple Mail
  'D MMMM YYYY [at] HH:mm z',
  'YYYY-MM-DD HH:mm',
].flatMap(written => datePattern(written) ?? []);

/**
 * When a copied mail was sent, epoch ms: as an instant where the date has an offset, else as the clock of `zone`, where
 * the operation is at home. It orders messages and nothing else. Null when it cannot be read.
 */
export function forwardedAt(date: string, zone: string): number | null {
  if (/[+-]\d{4}(?:\s*\([^()]*\))?$/.test(date)) {
    const ms = Date.parse(date);
    return Number.isNaN(ms) ? null : ms;
  }
  const toTheMinute = date.replace(/(:\d{2}):\d{2}/, '$1');
  for (const pattern of patterns) {
    const read = pattern.read(toTheMinute);
    if (!read) continue;
    const resolved = resolveWall(read.iso, zone);
    if (resolved.kind === 'exact') return epochOf(resolved.time);
    return resolved.kind === 'ambiguous' ? epochOf(resolved.later) : null;
  }
  return null;
}
