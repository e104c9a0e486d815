import { dayOf, epochOf, timeText, type ZonedTime } from '#lib/zoned.ts';

/** English as the brand writes it where it does, else with the British order of words. */
export function pageLocale(locale: string): string {
  const known = locales.get(locale);
  if (known) return known;
  const found = canonical(locale);
  locales.set(locale, found);
  return found;
}

const locales = new Map<string, string>();

function canonical(locale: string): string {
  try {
    const [known] = Intl.getCanonicalLocales(locale);
    return known?.startsWith('en') ? known : 'en-GB';
  } catch {
    return 'en-GB';
  }
}

/** A date as a boarding card sets it: `Sunday`, `May 30` (or `30 May`), `2027`. */
export const dateParts = (time: ZonedTime, locale: string) => ({
  weekday: said(time, locale, { weekday: 'long' }),
  day: said(time, locale, { day: 'numeric', month: 'long' }),
  year: said(time, locale, { year: 'numeric' }),
});

/** `Sunday, May 30`: enough where the year is already said. */
export const shortDate = (time: ZonedTime, locale: string): string =>
  said(time, locale, { weekday: 'long', day: 'numeric', month: 'long' });

/** `Sunday, May 30, 15:30 PDT`. */
export const moment = (time: ZonedTime, locale: string): string =>
  `${shortDate(time, locale)}, ${timeText(time)}`;

/** The zone in full, `Pacific Daylight Time`, as it is called at that moment. */
export const zoneInFull = (time: ZonedTime, locale: string): string =>
  said(time, locale, { timeZoneName: 'long', hour: 'numeric' }, 'timeZoneName');

/** `3:30 PM`, where people read clocks that way; null elsewhere. */
export function twelveHour(time: ZonedTime, locale: string): string | null {
  const shown = said(time, locale, { hour: 'numeric', minute: '2-digit' }).replace(/\s/g, ' ');
  return / [ap]\.?m\.?$/i.test(shown) ? shown : null;
}

/** A map with a mark on it, on a site that asks for no account. */
export const mapOf = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;

export const sameDay = (a: ZonedTime, b: ZonedTime): boolean => dayOf(a) === dayOf(b);

function said(
  time: ZonedTime,
  locale: string,
  options: Intl.DateTimeFormatOptions,
  only?: Intl.DateTimeFormatPartTypes,
): string {
  const format = formatter(locale, time.zone, options);
  if (!only) return format.format(epochOf(time));
  return format.formatToParts(epochOf(time)).find(part => part.type === only)?.value ?? time.zone;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${Object.keys(options).join()}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formatters.set(key, made);
  return made;
}
