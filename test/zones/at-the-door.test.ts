import { expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import { fleet, type Vessel } from '#booking/fleet.ts';
import { created, testIntake } from '#intake/intake.fixture.ts';
import { source, sources } from '#intake/sources.ts';
import { type Change, instantText, oracle, textOf } from './oracle.ts';

const minute = 60_000;

/** The intake with a vessel in every zone, told by a marketplace that shows the clock at the berth. */
function intakeEverywhere() {
  const heron = testFleet.vessels[0] as Vessel;
  const everywhere = fleet({
    ...testFleet,
    vessels: oracle.map(({ name }, n) => ({ ...heron, id: `vessel-${n}`, zone: name })),
  });
  const market = source({ id: 'market', kind: 'boatsetter', times: 'local' });
  const { room, deliver, bookings } = testIntake({ sourcesNow: [market] });
  Object.assign(room, { sources: sources([market]) });
  Object.assign(room.desk, { fleet: everywhere });
  return { deliver, bookings };
}

it('asks a person about each time that a change of the clocks in these years skips or repeats, and takes the hour before and after', async () => {
  const { deliver, bookings } = intakeEverywhere();
  const wrong: string[] = [];
  let [asked, taken] = [0, 0];
  for (const [n, zone] of oracle.entries()) {
    // What lies behind is refused for that reason; the clock of these tests stands in April 2027.
    for (const change of zone.changes.filter(({ at }) => at > Date.parse('2027-05-01')).slice(0, 4)) {
      const book = async (wall: number) => {
        const id = `${n}-${wall}`;
        const [start, end] = [textOf(wall), textOf(wall + 6 * 60 * minute)];
        const delivery = await deliver(created({ id, vessel: `vessel-${n}`, start, end }));
        return { delivery, booking: await bookings.byName('market', id) };
      };
      const strange = wallInTheMiddle(change);
      const held = await book(strange);
      asked++;
      const codes = held.delivery.problems.map(({ code }) => code).join();
      const expected = change.after > change.before ? 'time-does-not-exist' : 'time-ambiguous';
      if (held.booking || held.delivery.state !== 'quarantined' || codes !== expected)
        wrong.push(`${zone.name} ${textOf(strange)}: ${held.delivery.state} ${codes}`);

      for (const wall of [strange - 3 * 60 * minute, strange + 3 * 60 * minute]) {
        const { booking } = await book(wall);
        taken++;
        const [from] = zone.instantsOf(wall);
        const [until] = zone.instantsOf(wall + 6 * 60 * minute);
        const right = `${instantText(from ?? 0)} ${instantText(until ?? 0)}`;
        const is = booking && `${booking.start.at} ${booking.end.at}`;
        if (is !== right) wrong.push(`${zone.name} ${textOf(wall)}: ${is}, not ${right}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBe(oracle.length * 4);
  expect(taken).toBe(asked * 2);
});

/** A wall time that the change skips or repeats. */
const wallInTheMiddle = ({ at, before, after }: Change) =>
  at + ((before + after) / 2) * minute - (((before + after) / 2) % 15) * minute;
