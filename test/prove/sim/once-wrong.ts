import type { Action, History, Statement, Trip } from './history.ts';

/** Stories in which a promise was once broken, as short as they could be made. Each is told again with every test run. */
export const onceWrong: Readonly<Record<string, History>> = {
  'a guest whose address came back with a late cancellation hears that it is off (seed 2862)': story(
    says(2, { email: 'guest1@example.org' }),
    says(5, { email: null }),
    off(4),
  ),
  'the same after a rebooking, with the change heard twice (seed 3098)': story(
    says(2, { name: 'second', replaces: 'first' }),
    says(4, { name: 'second', replaces: 'first', email: null }),
    says(4, { name: 'second', replaces: 'first', email: null }),
    off(3, 'second'),
  ),
  'a price heard late, just before the program is stopped, is in the books (seed 3206)': story(
    says(3, { gross: null }),
    { ...says(2, { vessel: 'pelican', start: '09:00', gross: '5189.16' }), rest: 0 },
    { do: 'restart', rest: 'quiet' },
  ),
  'a page is not held back because a colour on it has the digits of the price (seed 3807)': story(
    says(1, { gross: '394.54' }),
    says(2, { start: '11:30', gross: '394.54' }),
  ),
  'a price heard while its booking turns out to be another is in the books (seed 1404 at the counter)': story(
    says(1, { gross: '1096.38' }),
    { ...says(3, { name: 'third', replaces: 'second', gross: '4531.17' }), rest: 0 },
    says(2, { name: 'second', replaces: 'first', gross: '4590.97' }),
  ),
};

function story(...actions: readonly Action[]): History {
  return { actions, faults: [] };
}

type Said = {
  name?: string;
  replaces?: string;
  email?: string | null;
  gross?: string | null;
  vessel?: string;
  start?: '09:00' | '10:00' | '11:30';
};

function says(version: number, said: Said): Action {
  const {
    name = 'first',
    replaces = null,
    email = 'guest0@example.org',
    gross = '840.75',
    vessel = 'jada',
    start = '10:00',
  } = said;
  const trip: Trip = {
    vessel,
    start: `2041-06-05T${start}`,
    end: '2041-06-05T14:00',
    guest: 'Carole Whitfield',
    email,
    party: 4,
    status: 'confirmed',
  };
  return delivered(version, { name, replaces, trip, gross, kind: version === 1 ? 'created' : 'changed' });
}

function off(version: number, name = 'first'): Action {
  return delivered(version, { name, replaces: null, trip: null, gross: null, kind: 'cancelled' });
}

function delivered(
  version: number,
  it: Pick<Statement, 'name' | 'replaces' | 'trip' | 'gross' | 'kind'>,
): Action {
  const at = new Date(Date.parse('2041-04-12T01:00:00Z') + version * 60_000).toISOString();
  const key = `${it.name}_${version}`;
  return {
    do: 'deliver',
    rest: 'quiet',
    statement: { key, source: 'boatsetter', version, at, bad: false, ...it },
  };
}
