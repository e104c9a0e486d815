import { sha256 } from '#lib/digest.ts';
import { checkConfig } from '#main/config/config.ts';
import jada from '../../../examples/jada/gangway.config.ts';

const secretOf = (what: string) => Buffer.from(sha256(`simulated ${what}`), 'hex');

/** Fixed, because two runs of one seed must make the same links. They guard nothing. */
export const secrets = {
  GANGWAY_LINK_KEY: secretOf('link key').toString('base64url'),
  BOATSETTER_WEBHOOK_SECRET: `whsec_${secretOf('boatsetter').toString('base64')}`,
  MANUAL_WEBHOOK_SECRET: `whsec_${secretOf('manual').toString('base64')}`,
};
export const serviceKey = `gwk_${secretOf('service key').toString('base64url')}`;

const [blue, green] = jada.brands;
const [schooner] = jada.vessels;
if (!blue || !green || !schooner) throw new Error('the example fleet has changed');
const berth = {
  ...schooner.berth,
  name: 'Municipal pier, slip 4',
  address: '4 Shore Road, Newport, RI 02840',
};

/** Who is asked on the Pelican when Luis declines or does not answer in time. */
export const reserve: readonly string[] = ['kim'];

/** A small fleet with two brands, two zones and somebody who sails on both vessels. Small, because a story is to be cheap. */
export const simulated = checkConfig(
  {
    ...jada,
    server: { url: 'https://sailjada.com' },
    vessels: [
      { ...schooner, crew: [{ person: 'captain-ana', role: 'captain' }] },
      {
        ...schooner,
        id: 'pelican',
        name: 'Pelican',
        brand: green.id,
        zone: 'America/New_York',
        berth,
        capacity: 4,
        crew: [
          { person: 'captain-bo', role: 'captain' },
          { person: 'luis', role: 'crew' },
        ],
        reserve: reserve.map(person => ({ person, role: 'crew', rank: 1 })),
        // Shorter than most stories, so that places do open.
        answerHours: 1,
      },
    ],
    people: [
      ...jada.people,
      {
        id: 'captain-bo',
        firstName: 'Bo',
        name: 'Bo Lindqvist',
        email: 'bo@crew.example',
        phone: '+1 401 555 0199',
        roles: ['captain'],
      },
    ],
    money: {
      ...jada.money,
      pay: [...(jada.money?.pay ?? []), { from: '2026-01-01', person: 'captain-bo', perTrip: '175.00' }],
    },
  },
  '/simulated/gangway.config.ts',
  {
    ...secrets,
    SERVICE_KEY_HASH: sha256(serviceKey),
    DASHBOARD_TOKEN_HASH: sha256('simulated dashboard token'),
  },
);

/** What the brand of each vessel is; said here once more, so that a mix-up in the program shows. */
export const brandOfVessel: Readonly<Record<string, string>> = { jada: blue.id, pelican: green.id };
export const zoneOfVessel: Readonly<Record<string, string>> = {
  jada: 'America/Los_Angeles',
  pelican: 'America/New_York',
};
export const captainOf: Readonly<Record<string, string>> = { jada: 'captain-ana', pelican: 'captain-bo' };
export const usualCrew: Readonly<Record<string, readonly string[]>> = {
  jada: ['captain-ana'],
  pelican: ['captain-bo', 'luis'],
};
export const ownerAddress = 'joan@sailjada.example';
