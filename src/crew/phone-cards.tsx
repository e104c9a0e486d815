import type { Child } from 'hono/jsx';
import { dateText, inZone, timeText } from '#lib/zoned.ts';
import { Button, Card, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { SendPhotos } from '#ui/send-photos.tsx';
import type { CrewView } from './crew-view.ts';

/** The person's own calendar feed. */
export function FeedCard({ url, children }: { url: string; children?: Child }) {
  return (
    <section class="card feed">
      <h2>Your trips in your calendar</h2>
      <p>Subscribe once; every trip then comes, moves and goes by itself. The address is yours alone.</p>
      <div class="row stretch">
        <a class="button" href={url.replace(/^https?:/, 'webcal:')}>
          Subscribe
        </a>
        <button type="button" hidden data-copy={url}>
          Copy the address
        </button>
      </div>
      {children}
    </section>
  );
}

/** The way to the person's own pay, which opens by a letter of its own. Says no amount and knows none. */
export function PayCard() {
  return (
    <section class="card unprinted">
      <h2>Your pay</h2>
      <p>What you earn stands on a page of its own. It opens with a fresh link, by letter, for you alone.</p>
      <div class="row">
        <a class="button" href={paths.paySignIn()}>
          Your pay
        </a>
      </div>
    </section>
  );
}

/** For who opened a trip on a phone that is not theirs. The script takes the copies it keeps away with it. */
export function SignOutCard({ formToken }: { formToken: string }) {
  return (
    <section class="card unprinted">
      <h2>Not your phone?</h2>
      <p>
        This closes every trip that is open on it, and your pay, and removes the copies it keeps. The link in
        your letter opens them again.
      </p>
      <PostForm action={paths.crewSignOut} formToken={formToken}>
        <p role="status" class="said" />
        <div class="row">
          <Button>Sign out on this phone</Button>
        </div>
      </PostForm>
    </section>
  );
}

/** Shown by the phone on the copy it kept: what is read may be old, and what is pressed goes out later. */
export function Kept({ now, zone }: { now: number; zone: string }) {
  return (
    <p class="notice wait" role="status" id="kept" hidden>
      No connection. This is how it was on {dateText(inZone(now, zone))}, {timeText(inZone(now, zone))}; what
      you press is kept on this phone and sent when you are back.
    </p>
  );
}

/** Papers for this trip: the passenger list, and what the operator keeps for her crews. */
export function DocumentsCard({ view }: { view: CrewView }) {
  return (
    <Card title="Documents">
      <div class="row stretch">
        <a class="button" href={paths.crewPassengers(view.id)}>
          Passenger list
        </a>
        {view.documents.map(({ label, url }) => (
          <a class="button" href={url} rel="noreferrer noopener" target="_blank">
            {label}
          </a>
        ))}
      </div>
    </Card>
  );
}

/** Photos the crew took, for the page of the guest. When they may be added, the answer to the first says. */
export function PhotosCard({ event }: { event: string }) {
  return (
    <Card title="Photos for the guest">
      <noscript>
        <p>Needs JavaScript, which is off here.</p>
      </noscript>
      <SendPhotos to={paths.crewUploads(event)} opens={0} closes={8.64e15} />
    </Card>
  );
}
