import { dateText, epochOf, rangeText, startOfDay, type ZonedTime } from '#lib/zoned.ts';
import { Page } from '#ui/layout.tsx';
import { Button, Card, Heading, Notice, type Wrong } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { CrewView } from './crew-view.ts';
import { Manifest } from './manifest.tsx';
import type { ManifestView } from './manifest-view.ts';
import { photosScriptHref, scriptHref, styleHref } from './page-assets.ts';
import { AnswerCard, BerthCard, CallTime, ChecklistCard, NotesCard, PeopleCard } from './page-cards.tsx';
import { DocumentsCard, FeedCard, Kept, PayCard, PhotosCard, SignOutCard } from './phone-cards.tsx';

const look = {
  styles: [styleHref],
  scripts: [scriptHref],
  manifest: paths.crewManifest,
  touchIcon: paths.crewIcon('192'),
};

/** The same bytes for everybody: where a link leads before its holder presses the button. Says nothing about any trip. */
export function DoorPage({ house, wrong }: { house: CrewView['house']; wrong?: Wrong }) {
  return (
    <Page title="Your trip" foot={<Foot house={house} />} {...look}>
      <Heading title="Your trip" lede="Only you can open it, with the link from your letter." />
      {wrong && <Notice kind="bad" title={wrong.message} cure={wrong.cure} />}
      <div id="with-link" hidden>
        <form method="post" action={paths.crewSession}>
          <input type="hidden" name="link" />
          <button type="submit" class="main big" disabled>
            Open my trip
          </button>
        </form>
      </div>
      <div id="by-hand">
        <Card title="Open it with the link">
          <p>Tap the button in your letter. If that brings you here again, paste the whole link:</p>
          <form method="post" action={paths.crewSession} class="paste">
            <div class="field">
              <label for="link">The link from your letter</label>
              <textarea
                id="link"
                name="link"
                required
                maxlength={600}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
              />
            </div>
            <Button kind="main">Open my trip</Button>
          </form>
        </Card>
        <p>
          <a class="lone" href={paths.crewTrips}>
            What is open on this phone: my trips
          </a>
        </p>
      </div>
    </Page>
  );
}

/** For a link or session that opens nothing (any more): the same whether there ever was such a trip. */
export function ClosedPage({ house }: { house: CrewView['house'] }) {
  return (
    <Page title="Not open" foot={<Foot house={house} />} {...look}>
      <Heading title="This trip is not open here" />
      <Card title="What to do">
        <ol>
          <li>
            Open the newest letter about the trip and press its button again. After half a day unused, the
            page closes.
          </li>
          <li>
            Got a letter that you are off the crew, or that the trip was long ago? Then the link is over, and
            that is all.
          </li>
          <li>Neither? Ask the operator for a new letter.</li>
        </ol>
        <a class="button" href={`mailto:${house.email}`}>
          Write to {house.email}
        </a>
      </Card>
    </Page>
  );
}

/** For who was asked for a place that somebody else took. */
export function TakenPage(props: { house: CrewView['house']; start: ZonedTime; end: ZonedTime }) {
  return (
    <Page title="The place is taken" foot={<Foot house={props.house} />} {...look}>
      <Heading
        title="The place is taken, thank you"
        lede={rangeText(props.start, props.end)}
        back={{ href: paths.crewTrips, label: 'All my trips' }}
      />
      <Card title="You need not come">
        <p>
          Somebody accepted first. There is nothing to do: should a place on this trip open again, you get
          another letter, and this link opens it.
        </p>
      </Card>
    </Page>
  );
}

type TripProps = { view: CrewView; formToken: string; now: number; wrong?: Wrong };

/** One trip for one of the crew: when to be where, who sails, the answer, the checklist. */
export function TripPage({ view, formToken, now, wrong }: TripProps) {
  const off = view.status === 'cancelled';
  const started = now >= epochOf(view.start);
  // There is nothing to photograph before the day, and every kilobyte counts on one bar of signal.
  const hasPhotos = !off && view.photos && now >= epochOf(startOfDay(view.start));
  return (
    <Page
      title={view.title}
      who={{ name: view.me.firstName }}
      foot={<Foot house={view.house} />}
      {...look}
      scripts={hasPhotos ? [scriptHref, photosScriptHref] : [scriptHref]}
    >
      <Heading
        title={view.title}
        lede={dateText(view.start)}
        back={{ href: paths.crewTrips, label: 'All my trips' }}
      />
      <Kept now={now} zone={view.start.zone} />
      {wrong && <Notice kind="bad" title={wrong.message} cure={wrong.cure} />}
      {off && (
        <Notice
          kind="bad"
          title="Cancelled: this trip does not take place."
          cure="You need not come, and there is nothing to answer."
        />
      )}
      <div class="trip">
        <div>
          <CallTime view={view} now={now} />
          {!off && <AnswerCard view={view} formToken={formToken} open={!started} now={now} />}
          {!off && view.berth && <BerthCard berth={view.berth} vessel={view.vessel} />}
        </div>
        <div>
          <PeopleCard view={view} />
          {!off && <NotesCard notes={view.notes} />}
          {!off && <ChecklistCard view={view} formToken={formToken} />}
          {!off && <DocumentsCard view={view} />}
          {hasPhotos && <PhotosCard event={view.id} />}
          {view.feedUrl && <FeedCard url={view.feedUrl} />}
          <PayCard />
          <SignOutCard formToken={formToken} />
        </div>
      </div>
    </Page>
  );
}

/** The passenger list, to be read on a phone or printed. */
export function PassengersPage(props: {
  view: ManifestView;
  house: CrewView['house'];
  event: string;
  now: number;
}) {
  return (
    <Page title="Passenger list" foot={<Foot house={props.house} />} {...look}>
      <Heading
        title="Passenger list"
        lede={props.view.title}
        back={{ href: paths.crewEvent(props.event), label: 'The trip' }}
      />
      <Kept now={props.now} zone={props.view.start.zone} />
      <Card>
        <Manifest view={props.view} />
      </Card>
    </Page>
  );
}

/** Who runs it, under every page. */
export function Foot({ house }: { house: CrewView['house'] }) {
  return (
    <>
      {house.name}. Questions: <a href={`mailto:${house.email}`}>{house.email}</a>
    </>
  );
}
