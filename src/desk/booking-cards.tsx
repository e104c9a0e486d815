import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Due } from '#durable/agenda.ts';
import type { Wishes } from '#guest-page/guest-wishes.ts';
import { languageOf } from '#guest-page/languages.ts';
import { languageNames } from '#guest-page/wishes-page.tsx';
import type { Posted } from '#mail/post.ts';
import { Badge, Card, type Column, Table } from '#ui/parts.tsx';
import { Instant } from '#ui/times.tsx';
import type { Happening } from './timeline.ts';
import { recipientText } from './words.ts';

function Quietly({ at, zone }: { at: string; zone: string }) {
  return (
    <span class="quiet">
      <Instant at={at} zone={zone} />
    </span>
  );
}

/** The letters about a booking and where they are. */
export function LettersCard(props: {
  fleet: Fleet;
  booking: Booking;
  letters: readonly Posted[];
  letterUrl: (letter: string) => string | null;
  wishes: Wishes;
}) {
  const { fleet, booking, letters, letterUrl, wishes } = props;
  const language = wishes.language ?? languageOf(fleet.brand(booking.brand)?.locale ?? 'en');
  const columns: Column<Posted>[] = [
    {
      label: 'Subject',
      kind: 'title',
      cell: letter => {
        const url = letterUrl(letter.id);
        return url ? <a href={url}>{letter.subject}</a> : letter.subject;
      },
    },
    { label: 'To', kind: 'plain', cell: letter => recipientText(fleet, booking, letter.to) },
    {
      label: 'State',
      kind: 'plain',
      cell: letter => (
        <>
          <Badge state={letter.state} />
          {letter.error && letter.state !== 'sent' && <span class="fault">{letter.error}</span>}
        </>
      ),
    },
    {
      label: 'When',
      kind: 'plain',
      cell: letter => <Quietly at={letter.sentAt ?? letter.postedAt} zone={booking.start.zone} />,
    },
  ];
  return (
    <Card title="Letters">
      <p class="quiet">
        Page and letters to the guest in {languageNames[language]},{' '}
        {wishes.language ? 'as the guest wishes' : 'as the brand writes'}.
        {wishes.onlyNecessary && ' The guest wants no reminders and no thanks.'}
      </p>
      {letters.length === 0 ? (
        <p class="quiet">No letter has been written yet.</p>
      ) : (
        <Table caption="Letters about this booking" captionUnseen columns={columns} rows={letters} />
      )}
    </Card>
  );
}

/** What will happen by itself because of this booking. */
export function UpcomingCard(props: { agenda: readonly (Due & { doneAt: string | null })[]; zone: string }) {
  const coming = props.agenda
    .filter(({ doneAt }) => doneAt === null)
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return (
    <Card title="What comes next">
      {coming.length === 0 ? (
        <p class="quiet">Nothing more is planned for this booking.</p>
      ) : (
        <ul class="items">
          {coming.map(due => (
            <li>
              <span>{due.kind}</span>
              <span class="quiet">
                <Instant at={due.dueAt} zone={props.zone} age />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What happened, the newest first. */
export function TimelineCard({ timeline, zone }: { timeline: readonly Happening[]; zone: string }) {
  return (
    <Card title="What happened">
      <ol class="line">
        {timeline.map(happening => (
          <li>
            <span>{happening.what}</span>
            {happening.changes.map(({ label, was, now }) => (
              <span class="quiet">
                {label}: {was !== null && <span class="was">{was}</span>} {now}
              </span>
            ))}
            <span class="quiet">
              {happening.by && `${happening.by}, `}
              <Instant at={happening.at} zone={zone} age />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
