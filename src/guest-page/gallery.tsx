import { epochOf, offsetText } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { SendPhotos } from '#ui/send-photos.tsx';
import { MailLink } from './contact.tsx';
import type { GalleryPhoto, GuestView } from './guest-view.ts';
import { moment } from './words.ts';

type Props = { view: GuestView; locale: string };

/** Photos of the trip: those that were approved, and the way to add more. Every picture can be looked at and taken down without script. */
export function Photos({ view, locale }: Props) {
  const { photos, brand, gallery } = view;
  return (
    <section
      id="photos"
      class={gallery.length > 0 ? 'screen wide' : 'screen'}
      data-first="aboard after archived"
    >
      <h2>Your photos</h2>
      {gallery.length > 0 && <Gallery view={view} />}
      {photos && <Adding view={view} photos={photos} locale={locale} />}
      <p class="soft">
        {photos ? 'You can also send them to' : 'Send them to'} <MailLink brand={brand} />.
      </p>
    </section>
  );
}

/** From when until when photos can be added, and the form for it. */
function Adding({ view, photos, locale }: Props & { photos: NonNullable<GuestView['photos']> }) {
  return (
    <>
      <p>
        You can add them here from{' '}
        <time datetime={offsetText(photos.opens)}>{moment(photos.opens, locale)}</time> until{' '}
        <time datetime={offsetText(photos.closes)}>{moment(photos.closes, locale)}</time>.
      </p>
      <SendPhotos
        to={paths.guestUploads(slugOf(view))}
        opens={epochOf(photos.opens)}
        closes={epochOf(photos.closes)}
        button="do"
      />
      <noscript>
        <p>Adding them here needs JavaScript, which is off in this browser.</p>
      </noscript>
    </>
  );
}

function Gallery({ view }: { view: GuestView }) {
  const slug = slugOf(view);
  const { gallery } = view;
  return (
    <>
      <form method="post" action={paths.guestPhotoRemoval(slug)}>
        <ul class="gallery">
          {gallery.map((photo, at) => (
            <li>
              <Picture slug={slug} photo={photo} name={photo.caption || `Photo ${at + 1}`} />
              {photo.caption && <p>{photo.caption}</p>}
              <details>
                <summary aria-label={`Photo ${at + 1}: take it down`}>Take it down</summary>
                <button type="submit" name="photo" value={photo.id}>
                  Yes, at once
                </button>
              </details>
            </li>
          ))}
        </ul>
      </form>
      <dialog aria-label="Photos, one at a time">
        <img alt="" />
        <p />
        <button type="button">Back</button>
        <button type="button">Next</button>
        <button type="button">Close</button>
      </dialog>
      <p>
        <a href={paths.guestPhotosZip(slug)} download="photos.zip">
          {gallery.length === 1 ? 'Take it home' : `Take all ${gallery.length} home`} in one file
        </a>
      </p>
      <p class="soft">
        If you would rather not be in one, take it down: it leaves the page at once, and somebody decides what
        becomes of it.
      </p>
    </>
  );
}

function Picture({ slug, photo, name }: { slug: string; photo: GalleryPhoto; name: string }) {
  const file = (rendition: string) => paths.guestPhoto(slug, `${photo.id}-${rendition}`);
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
