import { describe, expect, it } from 'vitest';
import { messageIdOf } from '#mail/letter-key.ts';
import { testBooking, testBrand } from './guest-page.fixture.ts';
import { type Language, languageOf, languages } from './languages.ts';
import { guestLetter, guestReminderLetter } from './letters.ts';
import { sampleViews } from './sample-views.ts';

const statements = ['welcome', 'change', 'cancel'] as const;
const reminders = ['week before', 'day before', 'on the day', 'thanks'] as const;

/** Every letter a guest of a brand with this locale can get, from every sample page. */
const lettersIn = (locale: string) => {
  const brand = testBrand({ locale });
  return sampleViews().flatMap(sample => {
    const view = { ...sample, language: languageOf(locale), locale };
    const paper = { booking: testBooking(), brand, view, address: 'carole@example.org' };
    return [
      ...statements.map(kind => ({ kind, view, letter: guestLetter(paper, kind, `${kind}`) })),
      ...reminders.map(kind => ({ kind, view, letter: guestReminderLetter(paper, kind, `${kind}`) })),
    ];
  });
};

/** Words that stand in every letter of the language and in none of the others. */
const marks: Record<Language, RegExp> = {
  en: /You get this letter because/,
  es: /Recibe esta carta porque/,
  de: /Sie erhalten diesen Brief, weil/,
};

describe.each([
  ['en', 'en-US', 'Sunday'],
  ['es', 'es-MX', 'domingo'],
  ['de', 'de-DE', 'Sonntag'],
] as const)('letters to guests in %s', (language, locale, sunday) => {
  it('are in that language throughout, and say so to whoever reads them aloud', () => {
    for (const { letter } of lettersIn(locale)) {
      expect(letter.html).toContain(`<html lang="${language}">`);
      expect(languageOf(locale)).toBe(language);
      for (const [other, mark] of Object.entries(marks))
        expect(mark.test(letter.text)).toBe(other === language);
      expect(`${letter.subject}\n${letter.text}`).not.toMatch(/undefined|null|\[object/);
      expect(messageIdOf(letter)).toMatch(/^<.+>$/);
    }
  });

  it('say the same facts as in every other: vessel, boarding with its zone, berth', () => {
    for (const { kind, view, letter } of lettersIn(locale)) {
      expect(`${letter.subject}\n${letter.text}`).toContain(view.vessel);
      if (kind === 'thanks' || kind === 'cancel') continue;
      const boarding = `${view.start.local.slice(11)} `;
      for (const fact of [boarding, view.berth.name, view.url]) expect(letter.text).toContain(fact);
    }
  });

  it('write dates as people there do', () => {
    const onSunday = lettersIn(locale).find(
      ({ kind, view }) => kind === 'welcome' && view.start.local.startsWith('2027-05-30'),
    );
    expect(onSunday?.letter.subject).toContain(sunday);
  });
});

it('are in English where a brand has a language we do not write', () => {
  for (const locale of ['fr-FR', 'en-GB', 'nonsense', '', 'constructor'])
    expect(languageOf(locale)).toBe('en');
  expect(lettersIn('fr-FR').every(({ letter }) => marks.en.test(letter.text))).toBe(true);
  expect(Object.keys(languages)).toEqual(['en', 'es', 'de']);
});
