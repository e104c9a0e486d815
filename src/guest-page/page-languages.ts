import type { Language } from './languages.ts';
import { german } from './page-words.de.ts';
import { english } from './page-words.en.ts';
import { spanish } from './page-words.es.ts';
import type { PageWords } from './page-words.ts';

/** The guest page in every language letters are written in. */
export const pageWords: Readonly<Record<Language, PageWords>> = { en: english, es: spanish, de: german };
