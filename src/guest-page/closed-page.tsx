import type { Booking } from '#booking/booking.ts';
import type { Brand, Vessel } from '#booking/fleet.ts';
import type { MoneyFree } from '#lib/money-free.ts';
import { dateText, inZone, rangeText, timeText, type ZonedTime } from '#lib/zoned.ts';
import { Contact } from './contact.tsx';
import { documentText } from './document.tsx';
import { type BrandView, brandView, line } from './guest-view.ts';
import { type Language, languageOf, localeOf } from './languages.ts';
import { noteSheet } from './page.css.ts';
import { pageWords } from './page-languages.ts';

/**
 * Why a page no longer says anything: the charter is `cancelled`; it has `moved` to a vessel of another brand; or
 * somebody has to look at it first (`paused`).
 */
export type Closing =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'paused' };

/** What those who hold the link of a closed page are told. */
export type ClosedView = {
  readonly language: Language;
  readonly closing: Closing;
  readonly vessel: string;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly brand: BrandView;
  readonly changedAt: ZonedTime;
};

type ClosedParts = {
  booking: Booking;
  brand: Brand;
  vessel: Vessel | null;
  closing: Closing;
  /** What the guest wishes; the brand's where they said nothing. */
  language?: Language | null;
};

/** Rebuilt from listed keys, like `parseGuestView`. */
export function parseClosedView<T extends ClosedParts>(given: T & MoneyFree<T>): ClosedView {
  const { booking, brand, vessel, closing }: ClosedParts = given;
  return {
    language: given.language ?? languageOf(brand.locale),
    closing: closing.kind === 'moved' ? { kind: 'moved', to: closing.to } : { kind: closing.kind },
    vessel: line(vessel?.name ?? '', 60),
    start: booking.start,
    end: booking.end,
    brand: brandView(brand),
    changedAt: inZone(booking.recordedAt, booking.start.zone),
  };
}

/** The page that takes a guest page's place: says kindly what became of the charter and whom to ask. Same view, same bytes. */
export function renderClosedPage(view: ClosedView): string {
  const locale = localeOf(view.language, view.brand.locale);
  const words = pageWords[view.language];
  const said = words.closed[view.closing.kind];
  const trip = `${view.vessel === '' ? '' : `${view.vessel}, `}${rangeText(view.start, view.end, locale)}`;
  return documentText({
    title: `${said.title} · ${view.brand.name}`,
    brand: view.brand,
    lang: locale,
    sheet: noteSheet,
    children: (
      <>
        <header class="brand">{view.brand.name}</header>
        <main>
          <h1>{said.title}</h1>
          <p class="what">{view.closing.kind === 'cancelled' ? <s>{trip}</s> : trip}</p>
          <p>{said.text}</p>
          {view.closing.kind === 'moved' ? (
            <p>
              <a href={view.closing.to}>{words.closed.newPage}</a>
            </p>
          ) : null}
          <Contact brand={view.brand} words={words} />
        </main>
        <footer>
          <p>{words.closed.changed(`${dateText(view.changedAt, locale)}, ${timeText(view.changedAt)}`)}</p>
        </footer>
      </>
    ),
  });
}

/** What a guest reads who has just taken a photo down. `back` is the address of the guest's page. */
export function takenDownPage(brand: Brand, language: Language, back: string): string {
  const view = brandView(brand);
  const words = pageWords[language];
  const { takenDown } = words;
  return documentText({
    title: `${takenDown.title} · ${view.name}`,
    brand: view,
    lang: localeOf(language, brand.locale),
    sheet: noteSheet,
    children: (
      <>
        <header class="brand">{view.name}</header>
        <main>
          <h1>{takenDown.title}</h1>
          <p>{takenDown.text}</p>
          <p>{takenDown.slip}</p>
          <Contact brand={view} words={words} />
          <p>
            <a href={back}>{words.wishes.back}</a>
          </p>
        </main>
      </>
    ),
  });
}

/**
 * The 404 page of a host: the same bytes for a slug that never was, one of another brand and a path that is none.
 * Null is a host that belongs to no brand.
 */
export function notFoundPage(brand: Brand | null, language?: Language): string {
  const view = brand && brandView(brand);
  const locale = brand?.locale ?? 'en-GB';
  const spoken = language ?? languageOf(locale);
  const words = pageWords[spoken];
  const { missing } = words;
  return documentText({
    title: view ? `${missing.title} · ${view.name}` : missing.title,
    brand: view,
    lang: localeOf(spoken, locale),
    sheet: noteSheet,
    children: (
      <>
        {view ? <header class="brand">{view.name}</header> : null}
        <main>
          <h1>{missing.title}</h1>
          <p>{missing.text}</p>
          {view ? <Contact brand={view} words={words} /> : null}
        </main>
      </>
    ),
  });
}
