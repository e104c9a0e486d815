import type { Brand } from '#booking/fleet.ts';
import { saying } from '#ui/said-while-sending.ts';
import { documentText } from './document.tsx';
import { brandView } from './guest-view.ts';
import { type Language, localeOf } from './languages.ts';
import { noteSheet, sentSheet } from './page.css.ts';
import { pageWords } from './page-languages.ts';
import { sentScript } from './sent-script.esbuild.ts';

/**
 * What was sent from the device that opens it, and the way to take each photo back until a person has looked at it. The
 * device knows what it sent; the page itself says the same to everybody. `back` is the address of the guest's page.
 */
export function sentPage(brand: Brand, language: Language, back: string): string {
  const view = brandView(brand);
  const words = pageWords[language];
  const { sent } = words;
  const { states, takeBack, putBack, noLine, none } = sent;
  return documentText({
    title: `${sent.title} · ${view.name}`,
    brand: view,
    lang: localeOf(language, brand.locale),
    sheet: noteSheet + sentSheet,
    script: saying({ states, takeBack, putBack, noLine, none }, sentScript),
    asksItsHost: true,
    children: (
      <>
        <header class="brand">{view.name}</header>
        <main>
          <h1>{sent.title}</h1>
          <p>{sent.lede}</p>
          <noscript>
            <p>{words.photos.noScript}</p>
          </noscript>
          <p class="said" role="status" />
          <ul class="sent" />
          <p>
            <a href={back}>{words.wishes.back}</a>
          </p>
        </main>
      </>
    ),
  });
}
