import type { Claim } from '#booking/claims.ts';
import type { KnownConflict } from '#booking/conflicts.ts';
import type { Fleet } from '#booking/fleet.ts';
import { isHold, nameOf, zoneOf } from '#booking/holds.ts';
import { inZone } from '#lib/zoned.ts';
import { Button, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant, TimeRange } from '#ui/times.tsx';
import { personName } from './words.ts';

/** What is taken twice, each with both sides, the ways out, and what somebody said to it. */
export function ConflictList(props: {
  fleet: Fleet;
  conflicts: readonly KnownConflict[];
  formToken: string;
  /** The conflict whose reason was missing. */
  wrong?: string | null;
}) {
  return (
    <ul class="items">
      {props.conflicts.map(conflict => (
        <li>
          <strong>{`${nameOf(props.fleet, conflict.sides[0].what)} is taken twice`}</strong>
          {conflict.sides.map(claim => (
            <Side fleet={props.fleet} claim={claim} />
          ))}
          {conflict.settled ? (
            <Settled {...props} conflict={conflict} settled={conflict.settled} />
          ) : (
            <Settle {...props} conflict={conflict} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** One side of it; a trip leads to its booking, where it can be moved or crewed otherwise. */
function Side({ fleet, claim }: { fleet: Fleet; claim: Claim }) {
  const zone = zoneOf(fleet, claim.what);
  const when = <TimeRange start={inZone(claim.from, zone)} end={inZone(claim.until, zone)} />;
  const { holder, why } = claim;
  return (
    <span>
      {holder.startsWith('bkg_') ? <a href={paths.deskBooking(holder)}>{why}</a> : why}
      {isHold(holder) && ', kept free by hand'}, {when}
    </span>
  );
}

type Of<K> = { fleet: Fleet; formToken: string; conflict: KnownConflict } & K;

function Settle({ conflict, formToken, wrong }: Of<{ wrong?: string | null }>) {
  const id = `why-${conflict.name}`;
  const isWrong = wrong === conflict.name;
  return (
    <PostForm action={paths.deskConflicts} formToken={formToken}>
      <input type="hidden" name="conflict" value={conflict.name} />
      <div class="field">
        <label for={id}>Move or release one of them; or, if both are meant, say why</label>
        <input
          id={id}
          name="why"
          maxlength={300}
          required
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={isWrong ? `wrong-${id}` : undefined}
        />
        {isWrong && (
          <span class="wrong" id={`wrong-${id}`}>
            A reason is needed. It is kept with your name.
          </span>
        )}
      </div>
      <Button name="do" value="settle">
        Both are meant
      </Button>
    </PostForm>
  );
}

function Settled({
  fleet,
  conflict,
  formToken,
  settled,
}: Of<{ settled: NonNullable<KnownConflict['settled']> }>) {
  return (
    <>
      <span class="quiet">
        {personName(fleet, settled.by)} said that both are meant: {settled.why},{' '}
        <Instant at={settled.at} zone={fleet.house.zone} />
      </span>
      <PostForm action={paths.deskConflicts} formToken={formToken} inline>
        <input type="hidden" name="conflict" value={conflict.name} />
        <Button name="do" value="reopen">
          Take that back
        </Button>
      </PostForm>
    </>
  );
}
