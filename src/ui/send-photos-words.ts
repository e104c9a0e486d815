/** Everything that the form by which photos are sent says, in one language. */
export type SendPhotosWords = {
  readonly consent: string;
  readonly minors: string;
  readonly add: string;
  readonly promise: string;
  readonly waits: string;
  readonly onItsWay: string;
  readonly stored: string;
  readonly doubled: string;
  /** `#` is how many of how many, such as `3/5`. */
  readonly tally: string;
  readonly looked: string;
  readonly noLine: string;
  readonly broke: string;
  readonly again: string;
  readonly leaveOut: string;
  readonly tick: string;
};

export const sendPhotosEnglish: SendPhotosWords = {
  consent: 'The people in my photos agree that everybody with this page may see them.',
  minors: 'Children can be recognised in them.',
  add: 'Add photos',
  promise:
    'Somebody looks at them before anybody else sees them. What a camera notes about place and device is left out. They are sent while this page is open; what is left goes on when you open it again on this device.',
  waits: 'Waits',
  onItsWay: 'On its way',
  stored: 'Stored',
  doubled: 'Stored: it was here already',
  tally: '# of # stored.',
  looked: 'Somebody looks at them before they show.',
  noLine: 'No connection. Tries again by itself.',
  broke: 'The connection broke off. What arrived is not lost.',
  again: 'Try again',
  leaveOut: 'Leave it out',
  tick: 'Tick the first box, and they are sent.',
};
