import type { Brand } from '#booking/fleet.ts';
import { documentText } from './document.tsx';
import { brandView } from './guest-view.ts';
import type { Wishes } from './guest-wishes.ts';
import { type Language, languageOf, languages, localeOf } from './languages.ts';
import { noteSheet } from './page.css.ts';
import { pageWords } from './page-languages.ts';

export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  es: 'Español',
  de: 'Deutsch',
};

/** Where a guest says in which language to be spoken and written to, and how much. `back` is the address of the guest's page. */
export function wishesPage(brand: Brand, given: { wishes: Wishes; back: string; saved: boolean }): string {
  const view = brandView(brand);
  const { wishes, back, saved } = given;
  const chosen = wishes.language ?? languageOf(brand.locale);
  const words = pageWords[chosen].wishes;
  return documentText({
    title: `${words.title} · ${view.name}`,
    brand: view,
    lang: localeOf(chosen, brand.locale),
    sheet: noteSheet,
    asksItsHost: true,
    children: (
      <>
        <header class="brand">{view.name}</header>
        <main>
          <h1>{words.title}</h1>
          {saved ? (
            <p role="status">
              {[words.saved, wishes.onlyNecessary && words.onlyNecessary].filter(Boolean).join(' ')}
            </p>
          ) : null}
          <form method="post">
            <p>
              <label>
                {words.writeIn}{' '}
                <select name="language">
                  {Object.keys(languages).map(language => (
                    <option value={language} lang={language} selected={language === chosen}>
                      {languageNames[language as Language]}
                    </option>
                  ))}
                </select>
              </label>
            </p>
            <p>
              <label>
                <input type="checkbox" name="letters" value="necessary" checked={wishes.onlyNecessary} />{' '}
                {words.necessary}
              </label>
            </p>
            <p>
              <button type="submit">{words.save}</button>
            </p>
          </form>
          <p>
            <a href={back}>{words.back}</a>
          </p>
        </main>
      </>
    ),
  });
}
