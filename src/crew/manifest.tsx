import { inZone } from '#lib/zoned.ts';
import { Fact, Facts } from '#ui/parts.tsx';
import { Time, TimeRange } from '#ui/times.tsx';
import type { ManifestView } from './manifest-view.ts';

/** The passenger list as it is printed: crew, a line for each guest, and the head counts with who took them. */
export function Manifest({ view }: { view: ManifestView }) {
  const blanks = Array.from({ length: Math.max(0, (view.guests ?? 6) - 1) });
  return (
    <>
      {view.status === 'cancelled' && <p>This trip is cancelled.</p>}
      <Facts>
        <Fact label="Vessel">
          {view.vessel ?? 'none'}
          {view.charterMode && `, ${view.charterMode} charter`}
          {view.capacity !== null && `, at most ${view.capacity} guests`}
        </Fact>
        <Fact label="Trip">
          <TimeRange start={view.start} end={view.end} />
        </Fact>
        {view.berth && <Fact label="Berth">{view.berth}</Fact>}
        <Fact label="Guests">{view.guests === null ? 'not said' : `${view.guests} expected`}</Fact>
      </Facts>
      <table class="manifest">
        <caption>On board</caption>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Name</th>
            <th scope="col">As</th>
            <th scope="col">On</th>
            <th scope="col">Off</th>
          </tr>
        </thead>
        <tbody>
          {view.crew.map(({ name, role }, index) => (
            <Row number={index + 1} name={name} as={role} />
          ))}
          <Row number={view.crew.length + 1} name={view.lead ?? ''} as="guest" />
          {blanks.map((_, index) => (
            <Row number={view.crew.length + index + 2} name="" as="guest" />
          ))}
        </tbody>
      </table>
      <Facts>
        <Fact label="Head count before departure">
          <Counted of={view.boarded} expected={view.guests} zone={view.start.zone} />
        </Fact>
        <Fact label="Head count ashore">
          <Counted of={view.ashore} expected={view.guests} zone={view.start.zone} />
        </Fact>
      </Facts>
    </>
  );
}

function Row({ number, name, as }: { number: number; name: string; as: string }) {
  return (
    <tr>
      <td>{number}</td>
      {name === '' ? <td /> : <th scope="row">{name}</th>}
      <td>{as}</td>
      <td />
      <td />
    </tr>
  );
}

function Counted(props: { of: ManifestView['boarded']; expected: number | null; zone: string }) {
  const { of, expected, zone } = props;
  if (!of) return <>{`____ of ${expected ?? '____'}, taken by ____________ at ____`}</>;
  return (
    <>
      {expected !== null && `${expected}, `}
      {of.by}, <Time of={inZone(of.at, zone)} />
    </>
  );
}
