import { type GuestView, parseGuestView, type Shipmate } from './guest-view.ts';

const zone = 'America/Los_Angeles';
const time = (local: string, at: string) => ({ local, zone, at });

const vessel = {
  id: 'sample',
  name: 'Sample',
  brand: 'sample',
  zone,
  berth: {
    name: 'Dock C, slip 12',
    address: '1 Harbor Drive',
    latitude: 32.7254,
    longitude: -117.1993,
    directions: 'Down the ramp.',
  },
  charterMode: 'time' as const,
  capacity: 6,
  callMinutes: 60,
  crew: [],
  bring: ['A windbreaker'],
  weather: 'https://weather.example/',
  tides: 'https://tides.example/',
};

const brand = {
  id: 'sample',
  name: 'Sample',
  host: 'sample.example',
  layout: { kind: 'beside' as const },
  bucket: 'sample',
  theme: { accent: '#0b5f7a', ink: '#12212f' },
  sender: { name: 'Sample', address: 'hello@sample.example' },
  contact: { phone: '+1 619 555 0100', email: 'hello@sample.example' },
  locale: 'en-US',
};

const booking = {
  id: 'bkg_sample' as const,
  revision: 1,
  brand: 'sample',
  vessel: 'sample',
  status: 'confirmed' as 'confirmed' | 'tentative',
  start: time('2027-05-30T15:30', '2027-05-30T22:30:00Z'),
  end: time('2027-05-30T18:30', '2027-05-31T01:30:00Z'),
  guest: { name: 'Sam Sample', email: null, phone: null },
  partySize: 4,
  charterMode: 'time' as const,
  names: [],
  origins: {},
  recordedAt: '2027-05-01T12:00:00.000Z',
};

const common = {
  gallery: [],
  uploads: { uploadDaysBefore: 0, uploadDaysAfter: 7 },
  url: 'https://sample.example/g/sample',
  calendarUid: 'sample',
};
const gallery = [
  { id: 'pho_one', width: 4, height: 3, caption: 'Under sail' },
  { id: 'pho_two', width: 3, height: 4, caption: '' },
];
const crew: readonly Shipmate[] = [
  { firstName: 'Ana', role: 'captain' },
  { firstName: 'Luis', role: 'crew' },
];

/** Two charters of nobody that between them show every part of the page: from their rendering the template's own version is taken. */
export const sampleViews = (): readonly GuestView[] => [
  parseGuestView({ ...common, booking, brand, vessel, crew, gallery }),
  parseGuestView({
    ...common,
    booking: {
      ...booking,
      status: 'tentative',
      guest: { name: '', email: null, phone: null },
      partySize: 1,
      end: time('2027-06-01T10:00', '2027-06-01T17:00:00Z'),
    },
    brand: { ...brand, locale: 'en-GB', contact: { ...brand.contact, phone: null } },
    vessel: { ...vessel, bring: [], berth: { ...vessel.berth, directions: '' }, weather: '', tides: '' },
    crew: [],
  }),
];
