import { type UploadWords, uploadEnglish } from '#ui/upload-words.ts';
import { type Language, localeOf } from './languages.ts';
import { german } from './page-words.de.ts';
import { english } from './page-words.en.ts';
import { spanish } from './page-words.es.ts';
import type { PageWords } from './page-words.ts';
import { german as germanUploads } from './upload-words.de.ts';
import { spanish as spanishUploads } from './upload-words.es.ts';

/** The guest page in every language letters are written in. */
export const pageWords: Readonly<Record<Language, PageWords>> = { en: english, es: spanish, de: german };

const uploads: Readonly<Record<Language, UploadWords>> = {
  en: uploadEnglish,
  es: spanishUploads,
  de: germanUploads,
};

/** Why a file cannot be taken in, in the language of a page, with dates as its brand writes them. */
export const uploadWords = (language: Language, locale: string): UploadWords => ({
  ...uploads[language],
  locale: localeOf(language, locale),
});
