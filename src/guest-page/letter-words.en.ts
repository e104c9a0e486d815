import type { GuestWords, Said } from './letter-words.ts';

/** Letters to guests in English. */
export const english: GuestWords = {
  letters: {
    welcome: said => ({
      subject: `Welcome aboard ${said.vessel}: ${said.date}, ${said.boarding}`,
      preheader: at(said),
      heading: greeting('Welcome aboard', said),
      paragraphs: [
        `Your charter on ${said.vessel} is booked. Everything to know stands on your page: where to find us, who sails with you, what to bring.`,
        'Keep its link. When something changes, it changes there too, and we write to you if it is the day, the time, the vessel or the berth.',
      ],
    }),
    change: said => ({
      subject: `Changed: ${said.vessel}, now ${said.date}, ${said.boarding}`,
      preheader: `It is now boarding at ${said.boarding}, ${said.berth.name}.`,
      heading: 'Your charter has changed',
      paragraphs: [
        `${named(said)}this is how it stands now, and your page says the same.`,
        'The calendar file with this letter updates the entry you may have made. If the change does not suit you, please answer this letter.',
      ],
    }),
    cancel: said => ({
      subject: `Cancelled: ${said.vessel}, ${said.date}`,
      preheader: 'This charter is off.',
      heading: 'Your charter is off',
      paragraphs: [
        `${named(said)}your charter on ${said.vessel} on ${said.range} has been cancelled. Nobody is waiting at the dock.`,
        'If that is news to you, please answer this letter: we will gladly help, or find you another day.',
      ],
    }),
    'week before': said => ({
      subject: `A week to go: ${said.vessel}, ${said.date}, ${said.boarding}`,
      preheader: at(said),
      heading: greeting('A week to go', said),
      paragraphs: [
        `In a week you come aboard ${said.vessel}.`,
        said.bring && `A good moment to think of what to bring:\n${said.bring}`,
        'Who sails with you and how to find us stands on your page.',
      ],
    }),
    'day before': said => ({
      subject: `Tomorrow: ${said.vessel}, boarding at ${said.boarding}`,
      preheader: `${said.berth.name}. ${said.berth.directions}`,
      heading: greeting('See you tomorrow', said),
      paragraphs: [
        `Boarding is at ${said.boarding} at ${said.berth.name}. ${said.berth.directions}`.trim(),
        said.bring && `To bring:\n${said.bring}`,
      ],
    }),
    'on the day': said => ({
      subject: `Today: how to find ${said.vessel}, boarding at ${said.boarding}`,
      preheader: `${said.berth.name}. ${said.berth.directions}`,
      heading: greeting('Today is the day', said),
      paragraphs: [
        `We meet at ${said.berth.name}, ${said.berth.address}.`,
        said.berth.directions,
        said.phone === null ? '' : `Running late, or lost? Call ${said.phone}.`,
      ],
    }),
    thanks: said => ({
      subject: `Thank you for coming aboard ${said.vessel}`,
      preheader: 'We hope to see you again.',
      heading: greeting('Thank you', said),
      paragraphs: [
        `It was good to have you aboard ${said.vessel}.`,
        photos(said),
        'Is there something we should do better? Just answer this letter.',
        'Fair winds until the next time.',
      ],
    }),
  },
  labels: {
    date: 'Date',
    boarding: 'Boarding',
    back: 'Back',
    vessel: 'Vessel',
    berth: 'Berth',
    openCard: 'Open your boarding card',
    card: 'Your boarding card',
    openMap: 'Open a map',
    seePhotos: 'See and add photos',
    weather: 'Weather there',
    tides: 'Tides',
    wishes: 'Choose language and letters',
  },
  questions: (phone, email) => (phone === null ? `Questions: ${email}` : `Questions: ${phone} or ${email}`),
  why: vessel => `You get this letter because a charter on ${vessel} is booked under your name.`,
};

const at = ({ boarding, berth }: Said) => `Boarding at ${boarding}, ${berth.name}.`;

const greeting = (words: string, { firstName }: Said) =>
  firstName === '' ? words : `${words}, ${firstName}`;

/** `Carole, this is…`; without a name the sentence begins itself. */
const named = ({ firstName }: Said) => (firstName === '' ? 'Hello, ' : `${firstName}, `);

function photos({ photos: { there, until } }: Said): string {
  if (until === null) return '';
  const add = `Until ${until} you can add yours there.`;
  if (there === 0) return `Did you take pictures? ${add}`;
  const count = there === 1 ? 'There is one photo' : `There are ${there} photos`;
  return `${count} of the trip on your page, to look at and to take home. ${add}`;
}
