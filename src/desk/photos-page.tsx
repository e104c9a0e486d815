import type { Booking } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import type { Decision } from '#photos/decide-photos.ts';
import type { Photo } from '#photos/photo.ts';
import { Badge, Button, Card, Empty, fieldAttributes, Heading, Notice, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant } from '#ui/times.tsx';
import { uploadEnglish } from '#ui/upload-words.ts';
import { ProblemNotices } from './problem-notices.tsx';
import { personName, tripText, vesselName } from './words.ts';

export type PhotosView = {
  fleet: Fleet;
  booking: Booking;
  formToken: string;
  photos: readonly Photo[];
  problems: readonly Problem[];
  /** What was just done, to which of them, and where they were before; null for nothing. */
  done: { to: Decision | 'deleted' | 'described'; photos: readonly string[]; was: Decision | null } | null;
};

/** The photos of a trip: what waits for a person first, then what guests see, then what nobody sees. */
export function PhotosPage(view: PhotosView) {
  const { fleet, booking, photos } = view;
  const waiting = photos.filter(needsPerson);
  const rest = photos.filter(photo => !needsPerson(photo));
  const under = (state: Photo['state']) => rest.filter(photo => photo.state === state);
  const lost = rest.filter(({ state }) => state === 'refused' || state === 'doubled');
  const coming = rest.filter(({ state }) => state === 'expected' || state === 'received').length;
  return (
    <>
      <Heading
        back={{ href: paths.deskBooking(booking.id), label: 'The booking' }}
        title="Photos"
        lede={`${booking.guest.name} on ${vesselName(fleet, booking.vessel)}, ${tripText(booking)}`}
      />
      <Done view={view} />
      <ProblemNotices problems={view.problems} />
      {photos.length === 0 && (
        <Empty title="No photos yet">
          <p>
            Guests and crew add them from their own pages. What they send shows here before anybody sees it.
          </p>
        </Empty>
      )}
      {coming > 0 && (
        <p class="quiet">
          {coming === 1 ? 'One more is' : `${coming} more are`} on the way or being developed.{' '}
          <a href={paths.deskPhotos(booking.id)}>Look again</a>
        </p>
      )}
      {waiting.length > 0 && (
        <Card
          title={`To look at: ${waiting.length}`}
          id="waiting"
          aside={
            waiting.filter(isPlain).length > 1 && (
              <Put view={view} photos={waiting.filter(isPlain)} to="shown" kind="main">
                Show all {waiting.filter(isPlain).length} without a remark
              </Put>
            )
          }
        >
          <Sheet view={view} photos={waiting} />
        </Card>
      )}
      {under('shown').length > 0 && (
        <Card title={`On the guest’s page: ${under('shown').length}`} id="shown">
          <Sheet view={view} photos={under('shown')} />
        </Card>
      )}
      {under('hidden').length > 0 && (
        <Card title={`Hidden: ${under('hidden').length}`} id="hidden">
          <Sheet view={view} photos={under('hidden')} />
        </Card>
      )}
      {lost.length > 0 && (
        <Card title="Not kept" id="lost">
          <ul class="items">
            {lost.map(photo => (
              <li>
                <span>
                  {sender(fleet, photo)}:{' '}
                  {photo.reason
                    ? uploadEnglish.refused[photo.reason].message
                    : 'The same picture is here already.'}
                </span>
                <span class="quiet">
                  <Instant at={photo.receivedAt ?? photo.askedAt} zone={booking.start.zone} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** A person has yet to look, or a guest asked for something. */
const needsPerson = ({ state, removalAskedAt }: Photo) => state === 'waiting' || removalAskedAt !== null;

/** Nothing about it asks for a second thought, so that it may be approved with others. */
const isPlain = ({ state, minors, removalAskedAt }: Photo) =>
  state === 'waiting' && !minors && removalAskedAt === null;

function Sheet({ view, photos }: { view: PhotosView; photos: readonly Photo[] }) {
  return (
    <ul class="photos">
      {photos.map(photo => (
        <Tile view={view} photo={photo} />
      ))}
    </ul>
  );
}

function Tile({ view, photo }: { view: PhotosView; photo: Photo }) {
  const { fleet, booking, formToken } = view;
  const [width, height] = [photo.width ?? 4, photo.height ?? 3];
  const about = photo.caption || `Photo. ${sender(fleet, photo)}`;
  return (
    <li id={photo.id}>
      <a href={paths.deskPhoto(photo.id, '1600.jpg')}>
        <img
          src={paths.deskPhoto(photo.id, '400.webp')}
          width={width}
          height={height}
          alt={about}
          loading="lazy"
          decoding="async"
        />
      </a>
      {photo.removalAskedAt && (
        <p>
          <Badge state="removal" tone="bad">
            a guest wants it taken down
          </Badge>
        </p>
      )}
      {photo.minors && (
        <p>
          <Badge state="minors" tone="wait">
            children can be recognised
          </Badge>
        </p>
      )}
      <p class="quiet">
        {sender(fleet, photo)}, <Instant at={photo.takenAt ?? photo.askedAt} zone={booking.start.zone} />
      </p>
      <div class="row">
        {photo.state !== 'shown' && (
          <Put view={view} photos={[photo]} to="shown" kind="main">
            Show
          </Put>
        )}
        {(photo.state !== 'hidden' || photo.removalAskedAt !== null) && (
          <Put view={view} photos={[photo]} to="hidden">
            {photo.state === 'hidden' ? 'Keep it hidden' : 'Hide'}
          </Put>
        )}
        {photo.state === 'hidden' && (
          <PostForm
            action={paths.deskPhotos(booking.id)}
            formToken={formToken}
            inline
            confirm={{ question: 'Delete this photo for good, with its original?', yes: 'Delete it' }}
          >
            <input type="hidden" name="photo" value={photo.id} />
            <Button kind="danger" name="do" value="delete">
              Delete for good
            </Button>
          </PostForm>
        )}
      </div>
      <details>
        <summary>{photo.caption ? `Caption: ${photo.caption}` : 'Caption'}</summary>
        <PostForm action={paths.deskPhotos(booking.id)} formToken={formToken} inline>
          <input type="hidden" name="photo" value={photo.id} />
          <input
            {...fieldAttributes('caption')}
            id={`caption-${photo.id}`}
            aria-label={`Caption of: ${about}`}
            value={photo.caption}
            maxlength={140}
          />
          <Button name="do" value="caption">
            Keep
          </Button>
        </PostForm>
      </details>
    </li>
  );
}

function Put(props: {
  view: PhotosView;
  photos: readonly Pick<Photo, 'id'>[];
  to: Decision;
  kind?: 'main';
  children?: unknown;
}) {
  const { booking, formToken } = props.view;
  return (
    <PostForm action={paths.deskPhotos(booking.id)} formToken={formToken} inline>
      <input type="hidden" name="photo" value={props.photos.map(({ id }) => id).join(' ')} />
      <Button {...(props.kind ? { kind: props.kind } : {})} name="do" value={props.to}>
        {props.children as string}
      </Button>
    </PostForm>
  );
}

const doneWords = {
  shown: 'on the page of the guest now.',
  hidden: 'hidden now; nobody but the desk sees it.',
  waiting: 'back among those to look at.',
  deleted: 'deleted for good.',
  described: 'described.',
} as const;

function Done({ view }: { view: PhotosView }) {
  const { done } = view;
  if (!done) return null;
  const many = done.photos.length;
  const { was } = done;
  return (
    <Notice
      kind="good"
      title={`${many === 1 ? 'The photo is' : `${many} photos are`} ${doneWords[done.to]}`}
      action={
        was !== null &&
        was !== done.to && (
          <Put view={view} photos={done.photos.map(id => ({ id: id as Photo['id'] }))} to={was}>
            Undo
          </Put>
        )
      }
    />
  );
}

const sender = (fleet: Fleet, { by }: Photo): string =>
  by === 'guest' ? 'From the guest’s page' : `From ${personName(fleet, by.slice('crew:'.length))}`;
