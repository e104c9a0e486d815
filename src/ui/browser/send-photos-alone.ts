// Sending photos, for a page that loads it by itself.
import { sendPhotos } from './send-photos.ts';

sendPhotos();
