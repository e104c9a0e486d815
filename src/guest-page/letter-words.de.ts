import type { GuestWords, Said } from './letter-words.ts';

/** Letters to guests in German, in the polite form. */
export const german: GuestWords = {
  letters: {
    welcome: said => ({
      subject: `Willkommen an Bord der ${said.vessel}: ${said.date}, ${said.boarding}`,
      preheader: at(said),
      heading: greeting('Willkommen an Bord', said),
      paragraphs: [
        `Ihr Törn auf der ${said.vessel} ist gebucht. Alles Wissenswerte steht auf Ihrer Seite: wo Sie uns finden, wer mit Ihnen fährt und was Sie mitbringen sollten.`,
        'Heben Sie den Link auf. Ändert sich etwas, dann auch dort; wir schreiben Ihnen, wenn es Tag, Uhrzeit, Schiff oder Liegeplatz betrifft.',
      ],
    }),
    change: said => ({
      subject: `Geändert: ${said.vessel}, jetzt ${said.date}, ${said.boarding}`,
      preheader: `Sie gehen jetzt um ${said.boarding} an Bord, ${said.berth.name}.`,
      heading: 'Ihr Törn hat sich geändert',
      paragraphs: [
        `${named(said)}so ist es jetzt vereinbart, und Ihre Seite sagt dasselbe.`,
        'Die Kalenderdatei in diesem Brief erneuert den Eintrag, den Sie vielleicht gemacht haben. Passt Ihnen die Änderung nicht, antworten Sie bitte auf diesen Brief.',
      ],
    }),
    cancel: said => ({
      subject: `Abgesagt: ${said.vessel}, ${said.date}`,
      preheader: 'Dieser Törn findet nicht statt.',
      heading: 'Ihr Törn findet nicht statt',
      paragraphs: [
        `${named(said)}Ihr Törn auf der ${said.vessel} (${said.range}) wurde abgesagt. Am Steg wartet niemand.`,
        'Wenn Sie davon nichts wussten, antworten Sie bitte auf diesen Brief: Wir helfen gern oder finden einen anderen Tag.',
      ],
    }),
    'week before': said => ({
      subject: `Noch eine Woche: ${said.vessel}, ${said.date}, ${said.boarding}`,
      preheader: at(said),
      heading: greeting('Noch eine Woche', said),
      paragraphs: [
        `In einer Woche kommen Sie an Bord der ${said.vessel}.`,
        said.bring && `Ein guter Moment, an das Gepäck zu denken:\n${said.bring}`,
        'Wer mit Ihnen fährt und wie Sie uns finden, steht auf Ihrer Seite.',
      ],
    }),
    'day before': said => ({
      subject: `Morgen: ${said.vessel}, an Bord um ${said.boarding}`,
      preheader: `${said.berth.name}. ${said.berth.directions}`,
      heading: greeting('Bis morgen', said),
      paragraphs: [
        `Sie gehen um ${said.boarding} an Bord: ${said.berth.name}. ${said.berth.directions}`.trim(),
        said.bring && `Zum Mitbringen:\n${said.bring}`,
      ],
    }),
    'on the day': said => ({
      subject: `Heute: der Weg zur ${said.vessel}, an Bord um ${said.boarding}`,
      preheader: `${said.berth.name}. ${said.berth.directions}`,
      heading: greeting('Heute ist es so weit', said),
      paragraphs: [
        `Wir treffen uns hier: ${said.berth.name}, ${said.berth.address}.`,
        said.berth.directions,
        said.phone === null ? '' : `Sie verspäten sich oder finden uns nicht? Rufen Sie an: ${said.phone}.`,
      ],
    }),
    thanks: said => ({
      subject: `Danke für Ihren Törn auf der ${said.vessel}`,
      preheader: 'Wir freuen uns auf ein Wiedersehen.',
      heading: greeting('Danke', said),
      paragraphs: [
        `Schön, dass Sie an Bord der ${said.vessel} waren.`,
        photos(said),
        'Was können wir besser machen? Antworten Sie einfach auf diesen Brief.',
        'Allzeit gute Fahrt und bis zum nächsten Mal.',
      ],
    }),
  },
  labels: {
    date: 'Datum',
    boarding: 'An Bord',
    back: 'Zurück',
    vessel: 'Schiff',
    berth: 'Liegeplatz',
    openCard: 'Bordkarte öffnen',
    card: 'Ihre Bordkarte',
    openMap: 'Karte öffnen',
    seePhotos: 'Fotos ansehen und hinzufügen',
    weather: 'Das Wetter dort',
    tides: 'Gezeiten',
    wishes: 'Sprache und Briefe wählen',
  },
  questions: (phone, email) => (phone === null ? `Fragen: ${email}` : `Fragen: ${phone} oder ${email}`),
  why: vessel => `Sie erhalten diesen Brief, weil ein Törn auf der ${vessel} auf Ihren Namen gebucht ist.`,
};

const at = ({ boarding, berth }: Said) => `An Bord um ${boarding}, ${berth.name}.`;

const greeting = (words: string, { firstName }: Said) =>
  firstName === '' ? words : `${words}, ${firstName}`;

const named = ({ firstName }: Said) => (firstName === '' ? 'Guten Tag, ' : `${firstName}, `);

function photos({ photos: { there, until } }: Said): string {
  if (until === null) return '';
  if (there === 0)
    return `Haben Sie fotografiert? Bis ${until} können Sie Ihre Bilder auf der Seite hinzufügen.`;
  const count = there === 1 ? 'Ein Foto steht' : `${there} Fotos stehen`;
  return `${count} auf Ihrer Seite, zum Ansehen und Mitnehmen. Bis ${until} können Sie Ihre hinzufügen.`;
}
