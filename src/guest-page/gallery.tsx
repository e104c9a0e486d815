import { epochOf, offsetText } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { photoName } from '#ui/photo-names.ts';
import { SendPhotos } from '#ui/send-photos.tsx';
import { MailLink } from './contact.tsx';
import type { GalleryPhoto, GuestView } from './guest-view.ts';
import { pageWords } from './page-languages.ts';
import { moment } from './words.ts';

type Props = { view: GuestView };

/** Photos of the trip: those that were approved, and the way to add more. Every picture can be looked at and taken down without script. */
export function Photos({ view }: Props) {
  const { photos, brand, gallery } = view;
  const words = pageWords[view.language].photos;
  return (
    <section
      id="photos"
      class={gallery.length > 0 ? 'screen wide' : 'screen'}
      data-first="aboard after archived"
    >
      <h2>{words.title}</h2>
      {gallery.length > 0 && <Gallery view={view} />}
      {photos && (
        <div data-in={whileTaken}>
          <Adding view={view} photos={photos} />
        </div>
      )}
      {photos && (
        <p class="soft" data-in={whileTaken}>
          {words.orMail} <MailLink brand={brand} />.
        </p>
      )}
      <p class="soft" data-in={photos ? 'archived' : undefined} hidden={Boolean(photos)}>
        {words.mail} <MailLink brand={brand} />.
      </p>
    </section>
  );
}

/** The phases in which photos are taken in. */
const whileTaken = 'booked prepare day-of aboard after';

/** From when until when photos can be added, and the form for it. */
function Adding({ view, photos }: Props & { photos: NonNullable<GuestView['photos']> }) {
  const words = pageWords[view.language].photos;
  const { locale } = view;
  return (
    <>
      <p>
        {words.from} <time datetime={offsetText(photos.opens)}>{moment(photos.opens, locale)}</time>{' '}
        {words.until} <time datetime={offsetText(photos.closes)}>{moment(photos.closes, locale)}</time>.
      </p>
      <SendPhotos
        to={paths.guestUploads(slugOf(view))}
        opens={epochOf(photos.opens)}
        closes={epochOf(photos.closes)}
        button="do"
        words={words.send}
        sent={{ href: paths.guestUploads(slugOf(view)), label: pageWords[view.language].sent.title }}
      />
      <noscript>
        <p>{words.noScript}</p>
      </noscript>
    </>
  );
}

function Gallery({ view }: { view: GuestView }) {
  const slug = slugOf(view);
  const { gallery } = view;
  const words = pageWords[view.language].photos;
  const ids = gallery.map(({ id }) => id);
  return (
    <>
      <form method="post" action={paths.guestPhotoRemoval(slug)}>
        <ul class="gallery">
          {gallery.map((photo, at) => (
            <li>
              <Picture
                at={paths.guestPhoto(slug, photoName(photo.id, ids))}
                photo={photo}
                name={photo.caption || words.photo(at + 1)}
              />
              {photo.caption && <p>{photo.caption}</p>}
              <details>
                <summary aria-label={`${words.photo(at + 1)}: ${words.takeDown}`}>{words.takeDown}</summary>
                <button type="submit" name="photo" value={photoName(photo.id, ids)}>
                  {words.atOnce}
                </button>
              </details>
            </li>
          ))}
        </ul>
      </form>
      <dialog aria-label={words.viewer}>
        <img alt="" />
        <p />
        <button type="button">{words.previous}</button>
        <button type="button">{words.following}</button>
        <button type="button">{words.close}</button>
      </dialog>
      <p>
        <a href={paths.guestPhotosZip(slug)} download="photos.zip">
          {words.home(gallery.length)}
        </a>
      </p>
      <p class="soft">{words.rather}</p>
    </>
  );
}

function Picture({ at, photo, name }: { at: string; photo: GalleryPhoto; name: string }) {
  const file = (rendition: string) => `${at}-${rendition}`;
  const sources = (format: string) => `${file(`400.${format}`)} 400w, ${file(`800.${format}`)} 800w`;
  return (
    <a href={file('1600.jpg')}>
      <picture>
        <source type="image/avif" srcset={sources('avif')} sizes={sizes} />
        <source type="image/webp" srcset={sources('webp')} sizes={sizes} />
        <img
          src={file('800.jpg')}
          width={photo.width}
          height={photo.height}
          alt={name}
          loading="lazy"
          decoding="async"
        />
      </picture>
    </a>
  );
}

const sizes = '(min-width:48rem) 14rem, 44vw';

/** The last segment of where the page is. */
const slugOf = ({ url }: GuestView) => url.slice(url.lastIndexOf('/') + 1);
