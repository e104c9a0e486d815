import type { Claim } from '#booking/claims.ts';
import type { KnownConflict } from '#booking/conflicts.ts';
import type { Fleet } from '#booking/fleet.ts';
import { isHold, nameOf, zoneOf } from '#booking/holds.ts';
import type { Problem } from '#booking/problem.ts';
import { inZone } from '#lib/zoned.ts';
import { Button, Card, Choice, Empty, Field, Heading, Notice, PostForm } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import { Instant, Time } from '#ui/times.tsx';
import { ConflictList } from './conflict-list.tsx';
import { problemsBeside, wrongWith } from './form.ts';
import { ProblemNotices } from './problem-notices.tsx';

export const holdFieldNames = ['of', 'from', 'until', 'hours', 'why'] as const;
export type HoldFields = Readonly<Record<(typeof holdFieldNames)[number], string>>;
export const noFields: HoldFields = { of: '', from: '', until: '', hours: '', why: '' };

/** What is taken twice, what is kept free by hand, and a form to keep more free. */
export function HoldsPage(props: {
  fleet: Fleet;
  formToken: string;
  conflicts: readonly KnownConflict[];
  claims: readonly Claim[];
  fields: HoldFields;
  problems: readonly Problem[];
  /** The conflict whose reason was missing. */
  wrong: string | null;
  notice: { title: string; undo: { action: string; fields: Readonly<Record<string, string>> } | null } | null;
}) {
  const { fleet, formToken, conflicts, notice } = props;
  const open = conflicts.filter(({ settled }) => settled === null);
  const settled = conflicts.filter(conflict => conflict.settled !== null);
  return (
    <>
      <Heading
        title="Holds"
        lede="Vessels and people kept free by hand, and what is taken twice. Nothing here cancels a trip."
      />
      {notice && (
        <Notice
          kind="good"
          title={notice.title}
          action={
            notice.undo && (
              <PostForm action={notice.undo.action} formToken={formToken} inline>
                {Object.entries(notice.undo.fields).map(([name, value]) => (
                  <input type="hidden" name={name} value={value} />
                ))}
                <Button>Undo</Button>
              </PostForm>
            )
          }
        />
      )}
      <ProblemNotices problems={problemsBeside(props.problems, holdFieldNames)} />
      {open.length > 0 && (
        <Card title="Taken twice: somebody has to decide">
          <ConflictList fleet={fleet} conflicts={open} formToken={formToken} wrong={props.wrong} />
        </Card>
      )}
      <div class="grid two">
        <div class="grid">
          <HeldCard fleet={fleet} formToken={formToken} claims={props.claims} />
          {settled.length > 0 && (
            <Card title="Both are meant">
              <ConflictList fleet={fleet} conflicts={settled} formToken={formToken} />
            </Card>
          )}
        </div>
        <AddHold {...props} />
      </div>
    </>
  );
}

function HeldCard({
  fleet,
  formToken,
  claims,
}: {
  fleet: Fleet;
  formToken: string;
  claims: readonly Claim[];
}) {
  const held = claims.filter(({ holder }) => isHold(holder));
  return (
    <Card title="Kept free by hand">
      {held.length === 0 ? (
        <Empty title="Nothing is held">
          <p>
            Keep a vessel free for a haul-out, or somebody of the crew for their holiday: nobody can book them
            then.
          </p>
        </Empty>
      ) : (
        <ul class="items">
          {held.map(claim => (
            <Held fleet={fleet} formToken={formToken} claim={claim} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Held({ fleet, formToken, claim }: { fleet: Fleet; formToken: string; claim: Claim }) {
  const zone = zoneOf(fleet, claim.what);
  return (
    <li>
      <div class="row spread">
        <strong>{nameOf(fleet, claim.what)}</strong>
        <PostForm action={paths.deskReleaseHold(claim.holder)} formToken={formToken} inline>
          <Button>
            Release<span class="unseen">{` ${nameOf(fleet, claim.what)}`}</span>
          </Button>
        </PostForm>
      </div>
      <span>{claim.why}</span>
      <span>
        <Time of={inZone(claim.from, zone)} /> to <Time of={inZone(claim.until, zone)} />
      </span>
      {claim.expiresAt && (
        <span class="quiet">
          runs out <Instant at={claim.expiresAt} zone={fleet.house.zone} />
        </span>
      )}
    </li>
  );
}

function AddHold(props: {
  fleet: Fleet;
  formToken: string;
  fields: HoldFields;
  problems: readonly Problem[];
}) {
  const { fleet, fields, problems } = props;
  const wrong = (name: string) => wrongWith(problems, name);
  return (
    <Card title="Keep something free">
      <PostForm action={paths.deskHolds} formToken={props.formToken}>
        <Choice
          name="of"
          label="Vessel or person"
          value={fields.of}
          none="Choose"
          wrong={wrong('of')}
          options={[
            ...fleet.vessels.map(({ id, name }) => ({ value: id, label: name })),
            ...fleet.people
              .filter(({ roles }) => roles.some(role => role === 'captain' || role === 'crew'))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          required
        />
        <Field
          name="from"
          type="datetime-local"
          label="From"
          value={fields.from}
          wrong={wrong('from')}
          required
        />
        <Field
          name="until"
          type="datetime-local"
          label="Until"
          hint={`The clock at the vessel; for a person ${fleet.house.zone}.`}
          value={fields.until}
          wrong={wrong('until')}
          required
        />
        <Field
          name="why"
          label="What for"
          value={fields.why}
          wrong={wrong('why')}
          input={{ maxlength: 200 }}
          required
        />
        <Field
          name="hours"
          type="number"
          label="Runs out after hours"
          hint="For an option that may lapse. Empty: it stays until somebody releases it."
          value={fields.hours}
          wrong={wrong('hours')}
          input={{ min: 1, max: 8760, step: 'any' }}
        />
        <div class="row stretch">
          <Button kind="main">Keep it free</Button>
        </div>
      </PostForm>
    </Card>
  );
}
