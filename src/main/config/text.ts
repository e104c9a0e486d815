export type Answers = {
  name: string;
  host: string;
  vessel: string;
  zone: string;
  owner: string;
  email: string;
};

const word = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 30) || 'one';
const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** The first configuration of an operator: complete enough to run, commented where something is to be filled in. */
export function configText(answers: Answers): string {
  const { name, host, vessel, zone, owner, email } = answers;
  const firstName = owner.trim().split(/\s+/)[0] ?? owner;
  return `import { defineConfig } from 'gangway/config';

// Every field is described in docs/reference/config.md. Secrets are not here: they stand in gangway.env beside this file.
export default defineConfig({
  house: {
    name: ${quoted(name)},
    host: ${quoted(`crew.${host}`)}, // desk, crew pages and APIs answer here
    sender: { name: ${quoted(name)}, address: ${quoted(`crew@${host}`)} },
    zone: ${quoted(zone)},
  },

  // For the public internet: the addresses people use, behind your own TLS.
  // server: { port: 8787, url: 'https://crew.${host}' },

  brands: [
    {
      id: ${quoted(word(name))},
      name: ${quoted(name)},
      host: ${quoted(host)},
      layout: { kind: 'beside' },
      bucket: ${quoted(host)},
      theme: { accent: '#0b5f7a', ink: '#12212f' },
      sender: { name: ${quoted(name)}, address: ${quoted(`hello@${host}`)} },
      contact: { phone: null, email: ${quoted(`hello@${host}`)} },
    },
  ],

  vessels: [
    {
      id: ${quoted(word(vessel))},
      name: ${quoted(vessel)},
      brand: ${quoted(word(name))},
      zone: ${quoted(zone)},
      berth: { name: 'Dock, slip', address: 'Street, city', latitude: 0, longitude: 0, directions: 'How to find her on foot.' }, // fill in
      charterMode: 'time', // time | bareboat | inspected
      capacity: 6,
      crew: [], // e.g. { person: 'ana', role: 'captain' }
      bring: ['Soft-soled shoes', 'A windbreaker', 'Sunscreen'],
    },
  ],

  people: [
    { id: ${quoted(word(owner))}, firstName: ${quoted(firstName)}, name: ${quoted(owner)}, email: ${quoted(email)}, roles: ['owner'] },
    // { id: 'ana', firstName: 'Ana', name: 'Ana Reyes', email: 'ana@example.com', phone: '+1 …', roles: ['captain'] },
  ],

  sources: [
    { id: 'boatsetter', kind: 'boatsetter', times: 'local', secret: { env: 'BOATSETTER_WEBHOOK_SECRET' } },
    { id: 'manual', kind: 'manual', times: 'local', secret: { env: 'MANUAL_WEBHOOK_SECRET' } },
  ],

  money: {
    currency: 'USD',
    fees: [], // e.g. { from: '2026-01-01', source: 'boatsetter', label: 'Port fee', percent: '18' }
    pay: [], // e.g. { from: '2026-01-01', person: 'ana', perTrip: '150.00' }
  },

  mail: { kind: 'outbox' }, // letters go to a folder with a web mailbox; { kind: 'smtp', host: '…' } sends them
});
`;
}
