import { german } from './letter-words.de.ts';
import { english } from './letter-words.en.ts';
import { spanish } from './letter-words.es.ts';
import type { GuestWords } from './letter-words.ts';
import { pageLocale } from './words.ts';

/** The languages letters are written in. */
export const languages = { en: english, es: spanish, de: german } as const satisfies Record<
  string,
  GuestWords
>;
export type Language = keyof typeof languages;

/** The language of a BCP 47 tag, where letters are written in it. English otherwise. */
export function languageOf(locale: string): Language {
  const [language = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(languages, language) ? (language as Language) : 'en';
}

/**
 * The first of our languages that a browser names in `Accept-Language`, where people's languages stand in order of their
 * liking; null where it names none of them.
 */
export function languageAsked(header: string | null | undefined): Language | null {
  const [, found] = askedPattern.exec(header ?? '') ?? [];
  return found ? languageOf(found) : null;
}

/** Also what the edge looks for. */
export const askedPattern = /(?:^|,)\s*(en|es|de)(?![a-z])/i;

/** How dates and numbers are written in a language: the brand's own way where that is its language. */
export function localeOf(language: Language, locale: string): string {
  if (languageOf(locale) !== language) return language === 'en' ? 'en-GB' : language;
  return language === 'en' ? pageLocale(locale) : locale;
}
