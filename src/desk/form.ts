import type { Context } from 'hono';
import { checkForm } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Problem } from '#booking/problem.ts';
import { Refusal } from '#lib/refusal.ts';
import type { DeskDeps } from './deps.ts';

/** A form that one of our own pages sent in this session. */
export type PostedForm = {
  session: StaffSession;
  /** What was typed, trimmed; empty when the field is not there. */
  field: (name: string) => string;
};

/** Reads a posted form. Throws `sign-in-needed`, `form-from-elsewhere` or `form-stale` before anything is done. */
export async function readPosted(c: Context, deps: DeskDeps): Promise<PostedForm> {
  const session = await deps.requireStaff(c.req.raw);
  const body = await c.req.parseBody();
  checkForm(c.req.raw, session, body.formToken);
  return {
    session,
    field: name => {
      const value = body[name];
      return typeof value === 'string' ? value.trim() : '';
    },
  };
}

/** See other, with a notice by its code: after a POST, so that reloading does not send it again. */
export const seeOther = (c: Context, path: string, notice: Readonly<Record<string, string>>): Response =>
  c.redirect(`${path}?${new URLSearchParams(notice)}`, 303);

/** The trouble with one field of a form, as the field shows it. */
export function wrongWith(problems: readonly Problem[], field: string) {
  const found = problems.find(problem => problem.field === field);
  return found && { message: found.reason, cure: found.cure };
}

/** Troubles that belong to none of the fields that are shown; they stand above the form. */
export const problemsBeside = (problems: readonly Problem[], shown: readonly string[]) =>
  problems.filter(({ field }) => !shown.includes(field));

/** The refusal of a verb as troubles of a form: those it lists, or itself as one that belongs to no field. Anything else is thrown on. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (!(error instanceof Refusal)) throw error;
  const { problems } = error.data;
  if (Array.isArray(problems)) return problems as Problem[];
  return [{ field: '', code: error.code, reason: error.message, cure: error.cure }];
}
