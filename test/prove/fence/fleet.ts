import { sha256 } from '#lib/digest.ts';
import { checkConfig } from '#main/config/config.ts';
import jada from '../../../examples/jada/gangway.config.ts';
import { secrets, serviceKey } from '../sim/fleet.ts';

export { secrets, serviceKey };
export const dashboardToken = 'the dashboard of the proof';
export const house = 'https://sailjada.com';

const [blue, green] = jada.brands;
const [schooner] = jada.vessels;
if (!blue || !green || !schooner) throw new Error('the example fleet has changed');

/** The example's fleet with a second vessel under the second brand, and somebody who runs the boats without the books. */
export const fencedFleet = checkConfig(
  {
    ...jada,
    server: { url: house },
    vessels: [
      schooner,
      { ...schooner, id: 'pelican', name: 'Pelican', brand: green.id, capacity: 6, crew: [] },
    ],
    people: [
      ...jada.people,
      {
        id: 'otto',
        firstName: 'Otto',
        name: 'Otto Brandt',
        email: 'otto@sailjada.example',
        phone: '+1 619 555 0188',
        roles: ['operator'],
      },
    ],
    // A free crew place: whoever reads the books sees an open ledger now and then.
    money: { ...jada.money, pay: jada.money?.pay?.slice(0, 2) ?? [] },
  },
  '/simulated/gangway.config.ts',
  { ...secrets, SERVICE_KEY_HASH: sha256(serviceKey), DASHBOARD_TOKEN_HASH: sha256(dashboardToken) },
);
