import { clockOf, offsetText, timeText, zoneName } from '#lib/zoned.ts';
import { calendarFile } from './calendar-file.ts';
import { dataText } from './data-url.ts';
import type { GuestView } from './guest-view.ts';
import { pageWords } from './page-languages.ts';
import { sentence } from './phase-words.ts';
import { dateParts, moment, sameDay, twelveHour, zoneInFull } from './words.ts';

/** The card at the top of the page: the day on its face, times, party and vessel on the stub. */
export function BoardingCard({ view }: { view: GuestView }) {
  const { start, end, locale } = view;
  const words = pageWords[view.language].card;
  const date = dateParts(start, locale);
  const spoken = twelveHour(start, locale);
  return (
    <article class="card">
      <div class="face">
        <p class="over">{words.over}</p>
        <h1>{view.firstName === '' ? words.welcome : `${words.welcome}, ${view.firstName}`}</h1>
        {view.tentative ? <p class="chip">{words.tentative}</p> : null}
        <p>
          <time datetime={offsetText(start)}>
            <span class="week">{date.weekday}</span> <span class="day">{date.day}</span>{' '}
            <span class="year">{date.year}</span>
          </time>
        </p>
        <p class="now">{sentence(view, 'booked')}</p>
        <p class="count" role="timer" hidden />
        <svg viewBox="0 0 600 60" preserveAspectRatio="none" aria-hidden="true">
          <path d="M-40 26c75-24 145-24 220 0s145 24 220 0 145-24 240 0v34H-40z" />
          <path d="M-40 36c60 20 120 20 180 0s120-20 180 0 120 20 180 0 100-16 140 0v24H-40z" />
        </svg>
      </div>
      <div class="stub">
        <dl>
          <div>
            <dt>{words.boarding}</dt>
            <dd>
              <b>
                {clockOf(start)} <span>{zoneName(start)}</span>
              </b>
              <small>{[spoken, zoneInFull(start, locale)].filter(Boolean).join(' ')}</small>
            </dd>
          </div>
          <div>
            <dt>{words.back}</dt>
            <dd>{sameDay(start, end) ? timeText(end) : moment(end, locale)}</dd>
          </div>
          <div>
            <dt>{words.party}</dt>
            <dd>{words.guests(view.partySize)}</dd>
          </div>
          <div>
            <dt>{words.vessel}</dt>
            <dd>{view.vessel}</dd>
          </div>
        </dl>
        <a class="do" download="charter.ics" href={calendarLink(view)}>
          {words.calendar}
        </a>
      </div>
    </article>
  );
}

/** The file stands in the link itself, so that it needs no server and no calendar company. */
const calendarLink = (view: GuestView) =>
  `data:text/calendar;charset=utf-8,${dataText(calendarFile(view, 'PUBLISH'))}`;
