import { sendPhotosEnglish } from '#ui/send-photos-words.ts';
import type { PageWords } from './page-words.ts';

/** The guest page in English. */
export const english: PageWords = {
  offline: 'No connection: this is what the page last knew. Photos are sent when there is one again.',
  card: {
    over: 'Boarding card',
    welcome: 'Welcome aboard',
    tentative: 'Not confirmed yet',
    boarding: 'Boarding',
    back: 'Back',
    party: 'Party',
    guests: count => (count === 1 ? '1 guest' : `${count} guests`),
    vessel: 'Vessel',
    calendar: 'Add to your calendar',
  },
  where: {
    title: 'Where',
    map: 'See it on a map',
    maps: 'Open in your maps app',
    weather: 'Weather there',
    tides: 'Tides',
  },
  bring: 'What to bring',
  crew: {
    title: 'Who sails with you',
    none: 'Captain and crew are being settled. Their names will stand here.',
    captain: 'Captain',
    crew: 'Crew',
  },
  questions: 'Questions?',
  contact: { call: 'Call', orWrite: 'or write to', write: 'Write to' },
  next: {
    title: 'What happens next',
    from: moment => `from ${moment}`,
    steps: {
      booked: 'Booked',
      prepare: 'Prepare',
      'day-of': 'Come to the dock',
      aboard: 'Aboard',
      after: 'Back ashore',
      archived: 'In the log',
    },
    says: {
      booked: ({ tentative }) =>
        tentative
          ? 'We are holding this time for you and will confirm it. This page always says the latest.'
          : 'Your charter is in our log. Keep this link: the page always says the latest.',
      prepare: () => 'The last week: look through what to bring, and who sails with you.',
      'day-of': ({ boarding, berth }) => `The day itself. Boarding is at ${boarding} at ${berth}.`,
      aboard: () => 'Enjoy the water. The crew will show you where everything is.',
      after: ({ vessel }) => `Thank you for coming aboard ${vessel}. We hope to see you again.`,
      archived: () => 'This charter is in the log. Fair winds until the next one.',
    },
  },
  countdown: '# until boarding',
  units: { day: ['day', 'days'], hour: ['hour', 'hours'] },
  photos: {
    title: 'Your photos',
    from: 'You can add them here from',
    until: 'until',
    orMail: 'You can also send them to',
    mail: 'Send them to',
    noScript: 'Adding them here needs JavaScript, which is off in this browser.',
    photo: number => `Photo ${number}`,
    takeDown: 'Take it down',
    atOnce: 'Yes, at once',
    viewer: 'Photos, one at a time',
    previous: 'Back',
    following: 'Next',
    close: 'Close',
    of: ' of ',
    home: count => `${count === 1 ? 'Take it home' : `Take all ${count} home`} in one file`,
    rather:
      'If you would rather not be in one, take it down: it leaves the page at once, and somebody decides what becomes of it.',
    send: sendPhotosEnglish,
  },
  kept: {
    revision: revision => `Kept true: revision ${revision}, last changed`,
    zone: name => `All times are those at the dock: ${name}.`,
    letters: 'Your letters: language, and which',
    latest: url => `The latest is always at ${url}`,
  },
  wishes: {
    title: 'Your page and letters',
    writeIn: 'Speak to me in',
    necessary:
      'Only what is necessary: when my charter is booked, changed or cancelled. No reminders and no thanks.',
    save: 'Save',
    saved: 'Saved.',
    onlyNecessary: 'From now on you get a letter only when your charter is booked, changed or cancelled.',
    back: 'Back to your page',
  },
  sent: {
    title: 'Sent from this phone',
    lede: 'You can take a photo back until somebody has looked at it.',
    none: 'Nothing was sent from this phone.',
    takeBack: 'Take it back',
    putBack: 'Put it back',
    noLine: 'No connection. Try again.',
    states: {
      expected: 'Not all of it is here yet.',
      stored: 'Waits until somebody has looked at it.',
      decided: 'Somebody has looked at it. If it is on the page, you can take it down there.',
      withdrawn: 'Taken back: nobody sees it, and it is deleted within two days.',
      doubled: 'Was here already.',
      refused: 'Was not kept: it is no picture we can use.',
    },
  },
  closed: {
    cancelled: {
      title: 'This charter is off',
      text: 'It has been cancelled, and nobody is waiting at the dock. If that is news to you, please get in touch: we will gladly help, or find you another day.',
    },
    moved: {
      title: 'Your charter has a new page',
      text: 'It now sails under another of our names. Everything to know stands on its new page.',
    },
    paused: {
      title: 'We are looking at this booking',
      text: 'Something about it has to be settled first, so this page says nothing for the moment. Please get in touch before you set out.',
    },
    newPage: 'Your new page',
    changed: moment => `Last changed ${moment}.`,
  },
  takenDown: {
    title: 'The photo is off the page',
    text: 'Nobody sees it there any more. We have been told, and decide what becomes of it.',
    slip: 'Was that a slip? Tell us, and we put it back.',
  },
  missing: {
    title: 'There is no page here',
    text: 'The link may have lost a letter on the way. Please open it again from the letter we sent you: capital and small letters count.',
  },
};
