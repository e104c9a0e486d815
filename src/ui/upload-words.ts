/** Why something is not done, and what to do about it. */
export type Said = { readonly message: string; readonly cure: string };

/** What is said when a file cannot be taken in, in one language. Sizes come as `50 MB`, times as people read them there. */
export type UploadWords = {
  /** BCP 47, for dates. */
  readonly locale: string;
  readonly noOpener: Said;
  readonly off: Said;
  readonly early: (range: string) => Said;
  readonly late: (range: string) => Said;
  readonly otherType: Said;
  readonly empty: Said;
  readonly tooLarge: (most: string) => Said;
  readonly manyPhotos: (most: number) => Said;
  readonly manyBytes: (most: string) => Said;
  readonly notAgreed: Said;
  readonly unreadable: Said;
  readonly unknown: Said;
  readonly decided: Said;
  /** Why a file that arrived whole is not kept. */
  readonly refused: Readonly<
    Record<'no-picture' | 'too-many-pixels' | 'too-heavy' | 'unreadable' | 'heic-unsupported', Said>
  >;
};

const instead = 'Send them to the address on the page instead, or come back within that time.';
const takenDown = 'Ask by the address on the page to have some taken down, or send the rest there.';

export const uploadEnglish: UploadWords = {
  locale: 'en-GB',
  noOpener: {
    message: 'Photos cannot be added here: this server has nothing to open them with.',
    cure: 'Send them to the address on the page instead. Whoever runs the server sees by `gangway doctor` what is missing.',
  },
  off: {
    message: 'This charter is off, so there are no photos to add.',
    cure: 'Ask by the address on the page.',
  },
  early: range => ({
    message: `Photos of this charter can be added ${range}; that has yet to come.`,
    cure: instead,
  }),
  late: range => ({ message: `Photos of this charter can be added ${range}; that is over.`, cure: instead }),
  otherType: {
    message: 'Only photos can be added: JPEG, PNG, WebP or HEIC.',
    cure: 'Send videos and documents to the address on the page.',
  },
  empty: { message: 'This file is empty.', cure: 'Choose it again, or another one.' },
  tooLarge: most => ({
    message: `This file is larger than the ${most} that a photo may have.`,
    cure: 'Send a smaller version of it.',
  }),
  manyPhotos: most => ({
    message: `This page holds ${most} photos, and that many are here.`,
    cure: takenDown,
  }),
  manyBytes: most => ({
    message: `This page holds ${most} of photos, and that much is here.`,
    cure: takenDown,
  }),
  notAgreed: {
    message: 'Photos are taken only from somebody who agrees that they are shown on the page.',
    cure: 'Tick the box, then send them again.',
  },
  unreadable: {
    message: 'This was not sent by the upload form of a page.',
    cure: 'Reload the page, then choose the photos again.',
  },
  unknown: { message: 'There is no such photo on this page.', cure: 'Reload the page.' },
  decided: {
    message: 'Somebody has looked at this photo already.',
    cure: 'If it is on the page, take it down there.',
  },
  refused: {
    'no-picture': {
      message: 'This file is not a photo, whatever it is called.',
      cure: 'Choose a JPEG, PNG, WebP or HEIC picture.',
    },
    'too-many-pixels': {
      message: 'This picture has more pixels than we can open.',
      cure: 'Send a smaller version of it: 50 megapixels at most, 25 for HEIC.',
    },
    'too-heavy': {
      message: 'Opening this picture takes more memory than we give to one.',
      cure: 'Send a smaller version of it, or a screenshot.',
    },
    unreadable: {
      message: 'This picture is damaged: it cannot be opened.',
      cure: 'Choose it again from the device that took it, or take a screenshot of it.',
    },
    'heic-unsupported': {
      message: 'HEIC pictures cannot be opened here.',
      cure: 'Send it as JPEG: on an iPhone, Settings, Camera, Formats, Most Compatible.',
    },
  },
};
