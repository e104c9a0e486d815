// What the guest page runs, squeezed into it by `node scripts/squeeze.ts`; the page is whole without it.
import { sendPhotos } from '#ui/browser/send-photos.ts';
import { keepForLater } from './keep-for-later.ts';
import { showPhase } from './phase.ts';
import { showPictures } from './viewer.ts';

/** Whether the page that the script is squeezed for shows pictures. */
declare const HAS_PICTURES: boolean;

showPhase();
keepForLater();
sendPhotos();
if (HAS_PICTURES) showPictures();
