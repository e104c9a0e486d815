/** A code as the documentation explains it: what it means and what to do about it, in general; a problem itself says it for the case at hand. */
export type Code = {
  /** HTTP status it is answered with; null where no request ever meets it. */
  readonly status: number | null;
  readonly means: string;
  readonly cure: string;
};

export type CodeTable = Readonly<Record<string, Code>>;

/** A code that requests meet. */
export const answered = (status: number, means: string, cure: string): Code & { status: number } => ({
  status,
  means,
  cure,
});

/** A code that only a command line, a start or a page of the desk shows. */
export const shown = (means: string, cure: string): Code => ({ status: null, means, cure });
