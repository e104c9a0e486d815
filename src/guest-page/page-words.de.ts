import type { PageWords } from './page-words.ts';

/** The guest page in German, in the polite form. */
export const german: PageWords = {
  offline: 'Keine Verbindung: das ist der letzte Stand. Fotos gehen hinaus, sobald es wieder eine gibt.',
  card: {
    over: 'Bordkarte',
    welcome: 'Willkommen an Bord',
    tentative: 'Noch nicht bestätigt',
    boarding: 'An Bord',
    back: 'Zurück',
    party: 'Gäste',
    guests: count => (count === 1 ? '1 Gast' : `${count} Gäste`),
    vessel: 'Schiff',
    calendar: 'In den Kalender',
  },
  where: {
    title: 'Wo',
    map: 'Auf der Karte',
    maps: 'In der Karten-App',
    weather: 'Wetter dort',
    tides: 'Gezeiten',
  },
  bring: 'Was Sie mitbringen',
  crew: {
    title: 'Wer mit Ihnen fährt',
    none: 'Die Besatzung wird noch eingeteilt und steht dann hier.',
    captain: 'Schiffsführung',
    crew: 'Besatzung',
  },
  questions: 'Fragen?',
  contact: { call: 'Rufen Sie an:', orWrite: 'oder schreiben Sie an', write: 'Schreiben Sie an' },
  next: {
    title: 'Wie es weitergeht',
    from: moment => `ab ${moment}`,
    steps: {
      booked: 'Gebucht',
      prepare: 'Vorbereiten',
      'day-of': 'Zum Steg',
      aboard: 'An Bord',
      after: 'Wieder an Land',
      archived: 'Im Logbuch',
    },
    says: {
      booked: ({ tentative }) =>
        tentative
          ? 'Wir halten Ihnen die Zeit frei und bestätigen sie noch. Hier steht immer der letzte Stand.'
          : 'Ihr Törn steht im Buch. Heben Sie den Link auf: hier steht immer der letzte Stand.',
      prepare: () => 'Die letzte Woche: was Sie mitbringen und wer mit Ihnen fährt.',
      'day-of': ({ boarding, berth }) => `Heute. Sie gehen um ${boarding} an Bord: ${berth}.`,
      aboard: () => 'Viel Freude auf dem Wasser. Die Besatzung zeigt Ihnen alles.',
      after: ({ vessel }) => `Danke, dass Sie an Bord der ${vessel} waren. Bis zum nächsten Mal.`,
      archived: () => 'Dieser Törn ist im Logbuch. Allzeit gute Fahrt.',
    },
  },
  countdown: 'Noch # bis an Bord',
  units: { day: ['Tag', 'Tage'], hour: ['Stunde', 'Stunden'] },
  photos: {
    title: 'Ihre Fotos',
    from: 'Hier hinzufügen können Sie sie von',
    until: 'bis',
    orMail: 'Oder schicken Sie sie an',
    mail: 'Schicken Sie sie an',
    noScript: 'Zum Hinzufügen muss JavaScript an sein.',
    photo: number => `Foto ${number}`,
    takeDown: 'Entfernen',
    atOnce: 'Ja, sofort',
    viewer: 'Fotos, eins nach dem anderen',
    previous: 'Zurück',
    following: 'Weiter',
    close: 'Schließen',
    of: ' von ',
    home: count => (count === 1 ? 'Als Datei mitnehmen' : `Alle ${count} in einer Datei mitnehmen`),
    rather:
      'Sie möchten auf einem nicht zu sehen sein? Entfernen Sie es: es ist sofort weg, und jemand entscheidet darüber.',
    send: {
      consent: 'Wer auf meinen Fotos ist, möchte, dass alle mit dieser Seite sie sehen.',
      minors: 'Kinder sind darauf zu erkennen.',
      add: 'Fotos hinzufügen',
      promise:
        'Jemand sieht sie an, bevor andere sie sehen. Was die Kamera zu Ort und Gerät vermerkt, bleibt weg. Gesendet wird, solange die Seite offen ist; der Rest, wenn Sie sie hier wieder öffnen.',
      waits: 'Wartet',
      onItsWay: 'Unterwegs',
      stored: 'Gespeichert',
      doubled: 'Gespeichert: war schon da',
      tally: '# von # gespeichert.',
      looked: 'Jemand sieht sie an, bevor sie erscheinen.',
      noLine: 'Keine Verbindung. Es geht von selbst weiter.',
      broke: 'Die Verbindung brach ab. Nichts geht verloren.',
      again: 'Noch einmal',
      leaveOut: 'Weglassen',
      tick: 'Kreuzen Sie das erste Feld an, dann gehen sie hinaus.',
    },
  },
  kept: {
    revision: revision => `Stand ${revision}, geändert`,
    zone: name => `Alle Zeiten gelten am Steg: ${name}.`,
    letters: 'Sprache und Briefe wählen',
    latest: url => `Den letzten Stand finden Sie unter ${url}`,
  },
  wishes: {
    title: 'Ihre Seite und Briefe',
    writeIn: 'Sprache',
    necessary:
      'Nur das Nötige: wenn mein Törn gebucht, geändert oder abgesagt wird. Keine Erinnerungen, kein Dank.',
    save: 'Speichern',
    saved: 'Gespeichert.',
    onlyNecessary: 'Sie erhalten nur noch einen Brief, wenn Ihr Törn gebucht, geändert oder abgesagt wird.',
    back: 'Zurück zu Ihrer Seite',
  },
  closed: {
    cancelled: {
      title: 'Dieser Törn findet nicht statt',
      text: 'Er wurde abgesagt, und am Steg wartet niemand. Wenn Sie davon nichts wussten, melden Sie sich bitte: wir helfen gern oder finden einen anderen Tag.',
    },
    moved: {
      title: 'Ihr Törn hat eine neue Seite',
      text: 'Er fährt jetzt unter einem anderen unserer Namen. Alles Wissenswerte steht auf der neuen Seite.',
    },
    paused: {
      title: 'Wir sehen uns diese Buchung an',
      text: 'Etwas muss erst geklärt werden, deshalb steht hier im Moment nichts. Bitte melden Sie sich, bevor Sie aufbrechen.',
    },
    newPage: 'Ihre neue Seite',
    changed: moment => `Zuletzt geändert ${moment}.`,
  },
};
