import type { UploadWords } from '#ui/upload-words.ts';

const instead = 'Envíelas a la dirección de la página, o vuelva dentro de ese plazo.';
const takenDown = 'Pida en la dirección de la página que se quiten algunas, o envíe allí las que faltan.';

/** Why a file cannot be taken in, in Spanish. */
export const spanish: UploadWords = {
  locale: 'es',
  noOpener: {
    message: 'Aquí no se pueden añadir fotos: este servidor no tiene con qué abrirlas.',
    cure: 'Envíelas a la dirección de la página. Quien lleva el servidor ve con `gangway doctor` qué falta.',
  },
  off: {
    message: 'Este paseo está cancelado: no hay fotos que añadir.',
    cure: 'Pregunte en la dirección de la página.',
  },
  early: range => ({
    message: `Las fotos de este paseo se pueden añadir ${range}; eso aún no ha llegado.`,
    cure: instead,
  }),
  late: range => ({
    message: `Las fotos de este paseo se podían añadir ${range}; eso ya pasó.`,
    cure: instead,
  }),
  otherType: {
    message: 'Solo se pueden añadir fotos: JPEG, PNG, WebP o HEIC.',
    cure: 'Envíe los vídeos y documentos a la dirección de la página.',
  },
  empty: { message: 'Este archivo está vacío.', cure: 'Elíjalo otra vez, o elija otro.' },
  tooLarge: most => ({
    message: `Este archivo pasa de los ${most} que puede tener una foto.`,
    cure: 'Envíe una versión más pequeña.',
  }),
  manyPhotos: most => ({
    message: `En esta página caben ${most} fotos, y ya están todas.`,
    cure: takenDown,
  }),
  manyBytes: most => ({
    message: `En esta página caben ${most} de fotos, y ya está llena.`,
    cure: takenDown,
  }),
  notAgreed: {
    message: 'Solo aceptamos fotos de quien está de acuerdo en que se vean en la página.',
    cure: 'Marque la casilla y envíelas otra vez.',
  },
  unreadable: {
    message: 'Esto no se envió con el formulario de una página.',
    cure: 'Recargue la página y elija las fotos otra vez.',
  },
  unknown: { message: 'Esa foto no está en esta página.', cure: 'Recargue la página.' },
  decided: {
    message: 'Alguien ya ha mirado esta foto.',
    cure: 'Si está en la página, quítela allí.',
  },
  refused: {
    'no-picture': {
      message: 'Este archivo no es una foto, se llame como se llame.',
      cure: 'Elija una imagen JPEG, PNG, WebP o HEIC.',
    },
    'too-many-pixels': {
      message: 'Esta imagen tiene más píxeles de los que podemos abrir.',
      cure: 'Envíe una versión más pequeña: 50 megapíxeles como mucho, 25 si es HEIC.',
    },
    'too-heavy': {
      message: 'Abrir esta imagen ocupa más memoria de la que damos a una.',
      cure: 'Envíe una versión más pequeña, o una captura de pantalla.',
    },
    unreadable: {
      message: 'Esta imagen está dañada: no se puede abrir.',
      cure: 'Elíjala otra vez en el aparato que la hizo, o haga una captura de pantalla.',
    },
    'heic-unsupported': {
      message: 'Aquí no se pueden abrir imágenes HEIC.',
      cure: 'Envíela como JPEG: en un iPhone, Ajustes, Cámara, Formatos, Más compatible.',
    },
  },
};
