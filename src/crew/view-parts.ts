import type { ZonedTime } from '#lib/zoned.ts';

/** A moment, rebuilt from its listed parts. */
export const moment = ({ local, zone, at }: ZonedTime): ZonedTime => ({
  local: line(local, 16),
  zone: line(zone, 64),
  at: line(at, 30),
});

/** A number that can be dialled, or null. */
export const phone = (text: string | null) => {
  const dialled = text?.replace(/[^\d+() .-]/g, '').slice(0, 30) ?? '';
  return /\d/.test(dialled) ? dialled : null;
};

/** One line of text, cut to its limit. */
export const line = (text: string, longest: number) => lines(text, longest).replace(/\s+/g, ' ').trim();

/** Text of several lines, cut to its limit, without signs that turn its direction: they make one name look like another. */
export const lines = (text: string, longest: number) =>
  String(text)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .slice(0, longest)
    .toWellFormed();

/** A value that nothing can be put into any more. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}
