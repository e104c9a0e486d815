/**
 * What a source said about money in one message, word for word. Intake splits it off before anything else sees the
 * message; nothing in it was checked, and its free text is for the owner only.
 */
export type FinanceNote = {
  readonly source: string;
  /** The message's id at the source: keeping the same one twice has the effect of once. */
  readonly message: string;
  /** When it was said there, ISO 8601 UTC. The latest word on the gross counts. */
  readonly at: string;
  /** What the guest pays for the charter, tips left out, as a decimal string; null when the message is silent about it. */
  readonly gross: string | null;
  /** ISO 4217; null means the currency of the books. */
  readonly currency: string | null;
  /** The source's own break-down, for the owner to compare. A `tip` belongs to the crew and is never revenue. */
  readonly lines?: readonly SourceLine[];
  /** Free text typed by the guest or the marketplace. */
  readonly note: string | null;
};

export type SourceLine = {
  readonly kind: 'tip' | 'charge';
  readonly label: string;
  readonly amount: string;
};

/** The amounts of a note without a word that anybody typed. */
export const wordless = (note: FinanceNote): FinanceNote => ({
  ...note,
  ...(note.lines ? { lines: note.lines.map(line => ({ ...line, label: line.kind })) } : {}),
  note: null,
});

/** Something about the amounts that a person has to look at. */
export type FinanceProblem = {
  readonly code:
    | 'gross-missing'
    | 'gross-unreadable'
    | 'gross-negative'
    | 'currency-other'
    | 'tip-unreadable'
    | 'crew-not-known'
    | 'pay-unknown';
  readonly message: string;
  readonly cure: string;
};
