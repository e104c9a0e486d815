import type { Problem } from '#booking/problem.ts';

/** The keys to a marketplace's API, as the configuration gives them. Which of them it needs is for `VendorApi` to say. */
export type ApiAccess = {
  readonly key: string;
  readonly secret: string;
  /** The operator's name there: a company's short name, for one. */
  readonly account: string;
  /** The origin of the API, with a path where it has one; without a slash at the end. */
  readonly base: string;
};

export type ApiRequest = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

/**
 * How a marketplace is asked for what its webhook leaves out, or only claims. The address is never taken from a message:
 * it is the base, which is fixed here or written by the operator, and a path of checked parts.
 */
export type VendorApi = {
  /** Whether its webhooks are nothing without it. */
  readonly isNeeded: boolean;
  /** What the configuration has to give beside the key. */
  readonly needs: readonly ('secret' | 'account' | 'base')[];
  /** Where it is, unless the operator says; null where only the operator knows. */
  readonly base: string | null;
  /**
   * What to ask because of a notice: nothing where the notice says all by itself and is proven, or a problem where it does
   * not say what to ask for.
   */
  readonly ask: (
    notice: unknown,
    access: ApiAccess,
    now: number,
  ) => readonly ApiRequest[] | 'nothing' | Problem;
};

/** A webhook together with what was asked because of it, as it is kept: the answers in the order of the requests. */
export type LookedUp = { readonly notice: unknown; readonly answers: readonly unknown[] };

/** A part of a path from a message: letters, digits and what ids are made of; null for anything else. */
export const pathPart = (value: unknown): string | null => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : null;
};

/** The problem of a notice that names nothing that could be asked for. */
export const nothingToAskFor = (field: string): Problem => ({
  field,
  code: 'field-malformed',
  reason: `The notice does not name what it is about: ${field} is no id.`,
  cure: 'Look at the marketplace what changed and enter it by hand.',
});
