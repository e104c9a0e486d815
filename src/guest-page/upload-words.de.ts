import type { UploadWords } from '#ui/upload-words.ts';

const instead = 'Schicken Sie sie an die Adresse auf der Seite, oder kommen Sie in dieser Zeit wieder.';
const takenDown =
  'Bitten Sie an der Adresse auf der Seite darum, einige wegzunehmen, oder schicken Sie die übrigen dorthin.';

/** Why a file cannot be taken in, in German. */
export const german: UploadWords = {
  locale: 'de',
  noOpener: {
    message: 'Hier lassen sich keine Fotos hinzufügen: dieser Server kann keine öffnen.',
    cure: 'Schicken Sie sie an die Adresse auf der Seite. Wer den Server betreibt, sieht mit `gangway doctor`, was fehlt.',
  },
  off: {
    message: 'Dieser Törn findet nicht statt, also gibt es keine Fotos hinzuzufügen.',
    cure: 'Fragen Sie an der Adresse auf der Seite.',
  },
  early: range => ({
    message: `Fotos dieses Törns lassen sich ${range} hinzufügen; das kommt erst noch.`,
    cure: instead,
  }),
  late: range => ({
    message: `Fotos dieses Törns ließen sich ${range} hinzufügen; das ist vorbei.`,
    cure: instead,
  }),
  otherType: {
    message: 'Nur Fotos lassen sich hinzufügen: JPEG, PNG, WebP oder HEIC.',
    cure: 'Schicken Sie Videos und Dokumente an die Adresse auf der Seite.',
  },
  empty: { message: 'Diese Datei ist leer.', cure: 'Wählen Sie sie noch einmal oder eine andere.' },
  tooLarge: most => ({
    message: `Diese Datei ist größer als die ${most}, die ein Foto haben darf.`,
    cure: 'Schicken Sie eine kleinere Fassung.',
  }),
  manyPhotos: most => ({
    message: `Diese Seite fasst ${most} Fotos, und so viele sind hier.`,
    cure: takenDown,
  }),
  manyBytes: most => ({
    message: `Diese Seite fasst ${most} an Fotos, und so viel ist hier.`,
    cure: takenDown,
  }),
  notAgreed: {
    message: 'Fotos nehmen wir nur von jemandem, der zustimmt, dass sie auf der Seite zu sehen sind.',
    cure: 'Kreuzen Sie das Feld an und schicken Sie sie noch einmal.',
  },
  unreadable: {
    message: 'Das kam nicht aus dem Formular einer Seite.',
    cure: 'Laden Sie die Seite neu und wählen Sie die Fotos noch einmal.',
  },
  unknown: { message: 'Dieses Foto gibt es auf dieser Seite nicht.', cure: 'Laden Sie die Seite neu.' },
  decided: {
    message: 'Jemand hat dieses Foto schon angesehen.',
    cure: 'Ist es auf der Seite, nehmen Sie es dort weg.',
  },
  refused: {
    'no-picture': {
      message: 'Diese Datei ist kein Foto, wie immer sie heißt.',
      cure: 'Wählen Sie ein Bild als JPEG, PNG, WebP oder HEIC.',
    },
    'too-many-pixels': {
      message: 'Dieses Bild hat mehr Bildpunkte, als wir öffnen können.',
      cure: 'Schicken Sie eine kleinere Fassung: höchstens 50 Megapixel, bei HEIC 25.',
    },
    'too-heavy': {
      message: 'Dieses Bild zu öffnen braucht mehr Speicher, als wir einem geben.',
      cure: 'Schicken Sie eine kleinere Fassung oder ein Bildschirmfoto davon.',
    },
    unreadable: {
      message: 'Dieses Bild ist beschädigt: es lässt sich nicht öffnen.',
      cure: 'Wählen Sie es noch einmal von dem Gerät, das es aufnahm, oder machen Sie ein Bildschirmfoto davon.',
    },
    'heic-unsupported': {
      message: 'HEIC-Bilder lassen sich hier nicht öffnen.',
      cure: 'Schicken Sie es als JPEG: auf dem iPhone unter Einstellungen, Kamera, Formate, Maximale Kompatibilität.',
    },
  },
};
