import type { Brand } from '#booking/fleet.ts';
import { documentText } from './document.tsx';
import { brandView } from './guest-view.ts';
import type { Wishes } from './guest-wishes.ts';
import { type Language, languageOf, languages } from './languages.ts';
import { noteSheet } from './page.css.ts';

export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  es: 'Español',
  de: 'Deutsch',
};

/** Where a guest says in which language to be written to, and how much. `back` is the address of the guest's page. */
export function wishesPage(brand: Brand, given: { wishes: Wishes; back: string; saved: boolean }): string {
  const view = brandView(brand);
  const { wishes, back, saved } = given;
  const chosen = wishes.language ?? languageOf(brand.locale);
  return documentText({
    title: `Your letters · ${view.name}`,
    brand: view,
    sheet: noteSheet,
    asksItsHost: true,
    children: (
      <>
        <header class="brand">{view.name}</header>
        <main>
          <h1>Your letters</h1>
          {saved ? <p role="status">{savedText(wishes)}</p> : null}
          <form method="post">
            <p>
              <label>
                Write to me in{' '}
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
                <input type="checkbox" name="letters" value="necessary" checked={wishes.onlyNecessary} /> Only
                what is necessary: when my charter is booked, changed or cancelled. No reminders and no
                thanks.
              </label>
            </p>
            <p>
              <button type="submit">Save</button>
            </p>
          </form>
          <p>
            <a href={back}>Back to your page</a>
          </p>
        </main>
      </>
    ),
  });
}

const savedText = ({ onlyNecessary }: Wishes) =>
  onlyNecessary
    ? 'Saved. From now on you get a letter only when your charter is booked, changed or cancelled.'
    : 'Saved.';
