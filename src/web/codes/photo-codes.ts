import { answered, type CodeTable } from './code.ts';

/** Sending photos, and deciding about them. */
export const photoCodes = {
  'upload-not-open': answered(
    409,
    'Photos cannot be added now: it is too early or too late, or the charter is off.',
    'Look at `opensAt` and `closesAt`; outside that time, send them to the address on the page.',
  ),
  'upload-unreadable': answered(
    400,
    'This was not sent by the upload form of a page, or nobody agreed that the photos are shown.',
    'Reload the page, tick the box and choose the photos again.',
  ),
  'upload-unusable': answered(
    422,
    'The file is empty, too large, or of a type that is no photo.',
    'Send JPEG, PNG, WebP or HEIC within the size that the answer names.',
  ),
  'upload-quota': answered(
    409,
    'The page holds as many photos, or as many megabytes of them, as it may.',
    'Have some deleted on the desk, or raise `photos.perPage` or `photos.megabytesPerPage`.',
  ),
  'upload-forbidden': answered(
    403,
    'Bytes of a photo came without leave to send just that file, or the leave has run out.',
    'Ask for it again by `POST /g/{slug}/uploads`; what arrived is not lost.',
  ),
  'upload-elsewhere': answered(
    409,
    'A photo goes on at another byte, or somebody else is sending it just now.',
    'Go on from `at`.',
  ),
  'photo-unknown': answered(404, 'There is no such photo, or not any more.', 'Reload the page.'),
  'photo-decided': answered(
    409,
    'A photo was to be taken back that a person has decided about.',
    'If it is on the page, take it down there; else ask by the address on the page.',
  ),
  'photo-undeveloped': answered(
    409,
    'The photo has not been developed, so that there is nothing to show or to hide.',
    'Wait a moment, then look again.',
  ),
  'caption-looks-like-money': answered(
    422,
    'A caption reads like an amount, and guests would see it.',
    'Say what is to be seen, without amounts.',
  ),
  'photo-store-failed': answered(
    503,
    'The folder of the photos could not be read or written.',
    'Check its disk and its rights. Nothing that was acknowledged is lost.',
  ),
} as const satisfies CodeTable;
