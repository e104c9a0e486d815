import type { RefusalReason } from './photo.ts';

/** Why a file is not kept, for whoever sent it. */
export const refusalWords: Readonly<Record<RefusalReason, { message: string; cure: string }>> = {
  'no-picture': {
    message: 'This file is not a photo, whatever it is called.',
    cure: 'Choose a JPEG, PNG, WebP or HEIC picture.',
  },
  'too-many-pixels': {
    message: 'This picture has more pixels than we can open.',
    cure: 'Send a smaller version of it: 50 megapixels at most, 25 for HEIC.',
  },
  unreadable: {
    message: 'This picture is damaged: it cannot be opened.',
    cure: 'Choose it again from the device that took it, or take a screenshot of it.',
  },
  'heic-unsupported': {
    message: 'HEIC pictures cannot be opened here.',
    cure: 'Send it as JPEG: on an iPhone, Settings, Camera, Formats, Most Compatible.',
  },
};
