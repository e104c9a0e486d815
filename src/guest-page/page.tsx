import { sha256 } from '#lib/digest.ts';
import { remembered } from '#lib/remembered.ts';
import { clocksText, dateText, epochOf, offsetText, timeText, type ZonedTime, zoneName } from '#lib/zoned.ts';
import { saidWhileSending, saying } from '#ui/said-while-sending.ts';
import { BoardingCard } from './boarding-card.tsx';
import { Contact } from './contact.tsx';
import { documentText } from './document.tsx';
import { Photos } from './gallery.tsx';
import type { GuestView } from './guest-view.ts';
import { gallerySheet, pageSheet } from './page.css.ts';
import { pageWords } from './page-languages.ts';
import {
  pageScript,
  pageScriptToStore,
  pageScriptToStoreWithPictures,
  pageScriptWithPictures,
} from './page-script.esbuild.ts';
import type { Phase } from './phase.ts';
import { sentence } from './phase-words.ts';
import { sampleViews } from './sample-views.ts';
import { mapOf, moment, sameDay, shortDate, zoneInFull } from './words.ts';

/**
 * The guest page: a boarding card and everything to know before stepping aboard, as one HTML file that reads without
 * script, without network and on paper. The same view gives the same bytes. `digest`: that of the view, where it is known.
 */
export const renderPage = (view: GuestView, digest = pageDigest(view)): string => pageText(view, digest);

/**
 * What a page says, as a digest. Not part of it: the revision that said it last, so that a change that does not show
 * here is none; and the slug, which is chosen when the page is first published.
 */
export function pageDigest(view: GuestView): string {
  const { revision: _revision, changedAt: _changedAt, url, ...rest } = view;
  const said = { ...rest, under: url.slice(0, url.lastIndexOf('/')) };
  template ??= sha256(
    sampleViews()
      .map(sample => pageText(sample, ''))
      .join(),
  );
  return sha256(JSON.stringify({ said, template })).slice(0, 32);
}

/** Changes with the template, so that a page made by an older one is known to say something else. */
let template: string | null = null;

/** Only what this page needs: it has to fit into one round trip. The same string each time, which is hashed only once then. */
const scriptOf = remembered(
  ({ photos, gallery, language }: GuestView) => [language, gallery.length > 0, !photos?.to].join(),
  ({ photos, gallery, language }) => {
    const { units, countdown, photos: about } = pageWords[language];
    const said = { units, countdown, ...saidWhileSending(about.send) };
    if (gallery.length > 0) {
      const script = photos?.to ? pageScriptToStoreWithPictures : pageScriptWithPictures;
      return saying({ ...said, of: about.of }, script);
    }
    return saying(said, photos?.to ? pageScriptToStore : pageScript);
  },
);

const sheetWithGallery = pageSheet + gallerySheet;

/** A page as a file to look at, opened from disk: what `gangway page preview` writes. */
export const previewPage = (view: GuestView): string => renderPage(view);

function pageText(view: GuestView, statement: string): string {
  const { locale } = view;
  const words = pageWords[view.language];
  const hasGallery = view.gallery.length > 0;
  return documentText({
    title: `${view.vessel}, ${dateText(view.start, locale)} · ${view.brand.name}`,
    brand: view.brand,
    lang: locale,
    sheet: hasGallery ? sheetWithGallery : pageSheet,
    script: scriptOf(view),
    asksItsHost: true,
    sendsTo: view.photos?.to,
    statement,
    children: (
      <>
        <header class="brand">{view.brand.name}</header>
        <p class="off" role="status" hidden>
          {words.offline}
        </p>
        <main data-start={epochOf(view.start)}>
          <BoardingCard view={view} />
          {hasGallery && <Photos view={view} />}
          <div class="rest">
            <Where view={view} />
            <Bring view={view} />
            <Crew view={view} />
            <section>
              <h2>{words.questions}</h2>
              <Contact brand={view.brand} words={words} />
            </section>
            <Next view={view} />
            {hasGallery || <Photos view={view} />}
          </div>
        </main>
        <Kept view={view} />
      </>
    ),
  });
}

type Props = { view: GuestView };

function Where({ view: { berth, weather, tides, language } }: Props) {
  const words = pageWords[language].where;
  const at = `${berth.latitude},${berth.longitude}`;
  return (
    <section data-in="booked prepare day-of aboard" data-first="day-of">
      <h2>{words.title}</h2>
      <p>
        <strong>{berth.name}</strong>
        <br />
        {berth.address}
      </p>
      {berth.directions === '' ? null : <p>{berth.directions}</p>}
      <ul class="ways screen">
        <li>
          <a href={mapOf(berth)} rel="noreferrer">
            {words.map}
          </a>
        </li>
        <li>
          <a href={`geo:${at}?q=${at}`}>{words.maps}</a>
        </li>
        {weather && (
          <li>
            <a href={weather} rel="noreferrer">
              {words.weather}
            </a>
          </li>
        )}
        {tides && (
          <li>
            <a href={tides} rel="noreferrer">
              {words.tides}
            </a>
          </li>
        )}
      </ul>
      <p class="paper soft">{at}</p>
    </section>
  );
}

function Bring({ view }: Props) {
  if (view.bring.length === 0) return null;
  return (
    <section data-in="booked prepare day-of" data-first="prepare">
      <h2>{pageWords[view.language].bring}</h2>
      <ul class="bring">
        {view.bring.map(item => (
          <li>{item}</li>
        ))}
      </ul>
    </section>
  );
}

function Crew({ view }: Props) {
  const words = pageWords[view.language].crew;
  return (
    <section>
      <h2>{words.title}</h2>
      {view.crew.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul class="crew">
          {view.crew.map(mate => (
            <li>
              <i aria-hidden="true">{[...mate.firstName][0]}</i>
              <b>{mate.firstName}</b>
              <span class="soft">{words[mate.role]}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Next({ view }: Props) {
  const words = pageWords[view.language].next;
  return (
    <section>
      <h2>{words.title}</h2>
      <ol class="next">
        {view.phases.map(({ phase, from }) => (
          <li data-phase={phase} data-from={from ? epochOf(from) : 0} hidden={phase === 'archived'}>
            <b>{words.steps[phase]}</b>
            {from && <time datetime={offsetText(from)}>{stepTime(view, phase, from)}</time>}
            <p>{sentence(view, phase)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepTime(view: GuestView, phase: Phase, from: ZonedTime): string {
  const { locale } = view;
  if (phase === 'prepare' || phase === 'day-of') return shortDate(from, locale);
  if (phase !== 'aboard') return pageWords[view.language].next.from(moment(from, locale));
  return sameDay(view.start, view.end)
    ? clocksText(view.start, view.end)
    : `${moment(view.start, locale)} – ${moment(view.end, locale)}`;
}

function Kept({ view }: Props) {
  const { changedAt, start, revision, locale } = view;
  const words = pageWords[view.language].kept;
  return (
    <footer>
      <p>
        {words.revision(revision)}{' '}
        <time
          datetime={offsetText(changedAt)}
        >{`${dateText(changedAt, locale)}, ${timeText(changedAt)}`}</time>
        .
      </p>
      <p>{words.zone(`${zoneInFull(start, locale)} (${zoneName(start)})`)}</p>
      <p class="screen">
        <a href={`${view.url}/letters`}>{words.letters}</a>
      </p>
      <p class="paper">{words.latest(view.url)}</p>
    </footer>
  );
}
