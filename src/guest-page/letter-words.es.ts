import type { GuestWords, Said } from './letter-words.ts';

/** Letters to guests in Spanish, in the polite form. */
export const spanish: GuestWords = {
  letters: {
    welcome: said => ({
      subject: `Su paseo en ${said.vessel}: ${said.date}, ${said.boarding}`,
      preheader: at(said),
      heading: greeting('Le esperamos a bordo', said),
      paragraphs: [
        `Su paseo en ${said.vessel} está reservado. Todo lo que necesita saber está en su página: dónde encontrarnos, quién navega con usted y qué traer.`,
        'Guarde el enlace. Si algo cambia, cambia también allí, y le escribimos cuando se trata del día, la hora, el barco o el amarre.',
      ],
    }),
    change: said => ({
      subject: `Cambio: ${said.vessel}, ahora ${said.date}, ${said.boarding}`,
      preheader: `Ahora se embarca a las ${said.boarding}, ${said.berth.name}.`,
      heading: 'Su paseo ha cambiado',
      paragraphs: [
        `${named(said)}así queda ahora, y su página dice lo mismo.`,
        'El archivo de calendario de esta carta actualiza la cita que haya guardado. Si el cambio no le conviene, responda a esta carta.',
      ],
    }),
    cancel: said => ({
      subject: `Cancelado: ${said.vessel}, ${said.date}`,
      preheader: 'Este paseo queda cancelado.',
      heading: 'Su paseo queda cancelado',
      paragraphs: [
        `${named(said)}su paseo en ${said.vessel} del ${said.range} se ha cancelado. Nadie espera en el muelle.`,
        'Si no lo sabía, responda a esta carta: le ayudaremos con gusto o buscaremos otro día.',
      ],
    }),
    'week before': said => ({
      subject: `Falta una semana: ${said.vessel}, ${said.date}, ${said.boarding}`,
      preheader: at(said),
      heading: greeting('Falta una semana', said),
      paragraphs: [
        `Dentro de una semana sube usted a bordo de ${said.vessel}.`,
        said.bring && `Buen momento para pensar en qué traer:\n${said.bring}`,
        'Quién navega con usted y cómo encontrarnos está en su página.',
      ],
    }),
    'day before': said => ({
      subject: `Mañana: ${said.vessel}, embarque a las ${said.boarding}`,
      preheader: `${said.berth.name}. ${said.berth.directions}`,
      heading: greeting('Hasta mañana', said),
      paragraphs: [
        `Se embarca a las ${said.boarding} en ${said.berth.name}. ${said.berth.directions}`.trim(),
        said.bring && `Para traer:\n${said.bring}`,
      ],
    }),
    'on the day': said => ({
      subject: `Hoy: cómo encontrar ${said.vessel}, embarque a las ${said.boarding}`,
      preheader: `${said.berth.name}. ${said.berth.directions}`,
      heading: greeting('Hoy es el día', said),
      paragraphs: [
        `Nos encontramos en ${said.berth.name}, ${said.berth.address}.`,
        said.berth.directions,
        said.phone === null ? '' : `¿Llega tarde o no nos encuentra? Llame al ${said.phone}.`,
      ],
    }),
    thanks: said => ({
      subject: `Gracias por navegar en ${said.vessel}`,
      preheader: 'Esperamos volver a verle.',
      heading: greeting('Gracias', said),
      paragraphs: [
        `Fue un placer tenerle a bordo de ${said.vessel}.`,
        photos(said),
        '¿Hay algo que debamos mejorar? Basta con responder a esta carta.',
        'Buenos vientos y hasta la próxima.',
      ],
    }),
  },
  labels: {
    date: 'Fecha',
    boarding: 'Embarque',
    back: 'Regreso',
    vessel: 'Barco',
    berth: 'Amarre',
    openCard: 'Abrir su tarjeta de embarque',
    card: 'Su tarjeta de embarque',
    openMap: 'Abrir un mapa',
    seePhotos: 'Ver y añadir fotos',
    weather: 'El tiempo allí',
    tides: 'Mareas',
    wishes: 'Elegir idioma y cartas',
  },
  questions: (phone, email) => (phone === null ? `Preguntas: ${email}` : `Preguntas: ${phone} o ${email}`),
  why: vessel => `Recibe esta carta porque hay un paseo en ${vessel} reservado a su nombre.`,
};

const at = ({ boarding, berth }: Said) => `Embarque a las ${boarding}, ${berth.name}.`;

const greeting = (words: string, { firstName }: Said) =>
  firstName === '' ? words : `${words}, ${firstName}`;

const named = ({ firstName }: Said) => (firstName === '' ? 'Buenos días: ' : `${firstName}, `);

function photos({ photos: { there, until } }: Said): string {
  if (until === null) return '';
  const add = `Hasta el ${until} puede añadir las suyas.`;
  if (there === 0) return `¿Hizo fotos? ${add.replace('las suyas', 'las suyas en su página')}`;
  const count = there === 1 ? 'Hay una foto' : `Hay ${there} fotos`;
  return `${count} del paseo en su página, para mirar y para llevar a casa. ${add}`;
}
