import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Claim } from '#booking/claims.ts';
import { idOf, nameOf } from '#booking/holds.ts';
import type { Problem } from '#booking/problem.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { type HoldFields, HoldsPage, holdFieldNames, noFields } from './holds-page.tsx';
import { conflictsWithGuests } from './look-up.ts';

/** Holds on vessels and people, and what is taken twice: seen, settled, opened again. */
export function holdsRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  const holdsPage = async (
    c: Context,
    session: StaffSession,
    more: { fields?: HoldFields; problems?: readonly Problem[]; wrong?: string; released?: Claim } = {},
  ) => {
    const { fields = noFields, problems = [], wrong = null, released } = more;
    const [claims, conflicts] = await Promise.all([deps.holds.taken(), conflictsWithGuests(deps)]);
    const added = claims.find(({ holder }) => holder === c.req.query('added'));
    return answer(c, deps, session, {
      section: 'holds',
      title: 'Holds',
      about: conflicts.flatMap(({ sides }) => sides.map(({ holder }) => holder)),
      status: problems.length > 0 || wrong ? 422 : 200,
      content: (
        <HoldsPage
          fleet={fleet}
          formToken={formToken(session)}
          conflicts={conflicts}
          claims={claims}
          fields={fields}
          problems={problems}
          wrong={wrong}
          notice={
            released
              ? {
                  title: `${nameOf(fleet, released.what)} is free again.`,
                  undo: { action: paths.deskHolds, fields: againFields(released, deps.clock.now()) },
                }
              : added
                ? {
                    title: `${nameOf(fleet, added.what)} is kept free.`,
                    undo: { action: paths.deskReleaseHold(added.holder), fields: {} },
                  }
                : null
          }
        />
      ),
    });
  };

  app.get(paths.deskHolds, async c => holdsPage(c, await deps.requireStaff(c.req.raw)));

  app.post(paths.deskHolds, async c => {
    const { session, field } = await readPosted(c, deps);
    const fields = Object.fromEntries(holdFieldNames.map(name => [name, field(name)])) as HoldFields;
    const { hours, ...asked } = fields;
    try {
      for (const name of ['of', 'from', 'until', 'why'] as const) if (!fields[name]) throw missing;
      const hold = await deps.holds.add({ ...asked, hours: hoursIn(hours) }, session.person);
      return seeOther(c, paths.deskHolds, { added: hold.holder });
    } catch (error) {
      return holdsPage(c, session, { fields, problems: problemsOf(error) });
    }
  });

  app.post(paths.deskReleaseHold(':id'), async c => {
    const { session } = await readPosted(c, deps);
    const released = await deps.holds.release(c.req.param('id') ?? '');
    return released ? holdsPage(c, session, { released }) : seeOther(c, paths.deskHolds, {});
  });
  // Where the browser stands after a release, and reloads.
  app.get(paths.deskReleaseHold(':id'), c => c.redirect(paths.deskHolds, 303));
  app.get(paths.deskConflicts, c => c.redirect(paths.deskHolds, 303));

  app.post(paths.deskConflicts, async c => {
    const { session, field } = await readPosted(c, deps);
    const name = field('conflict');
    if (field('do') === 'reopen') {
      await deps.conflicts.reopen(name);
      return seeOther(c, paths.deskHolds, {});
    }
    try {
      await deps.conflicts.settle(name, field('why'), session.person);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'reason-missing') {
        return holdsPage(c, session, { wrong: name });
      }
      return holdsPage(c, session, { problems: problemsOf(error) });
    }
    return seeOther(c, paths.deskHolds, {});
  });

  return app;
}

const missing = new Refusal(
  'field-missing',
  'Something is missing: what is kept free, from when until when, and what for.',
  'Fill in every field but the hours.',
);

function hoursIn(text: string): number | undefined {
  if (text === '') return undefined;
  const hours = Number(text);
  if (hours > 0 && hours <= 8760) return hours;
  throw new Refusal(
    'field-wrong',
    'The hours are no number from 1 to 8760.',
    'Leave them empty for a hold that stays.',
  );
}

/** The form that keeps it free again as it was; who released it is named anew. */
const againFields = ({ what, from, until, expiresAt, why }: Claim, now: number): HoldFields => ({
  of: idOf(what),
  from,
  until,
  why: why.replace(/ \([^()]*\)$/, ''),
  hours: expiresAt ? String((Date.parse(expiresAt) - now) / 3_600_000) : '',
});
