/** A mail as its bytes say, with nothing believed yet. */
export type OpenedMail = {
  /** Every address in every From header. A mail in order has one. */
  readonly from: readonly string[];
  /** Everybody it says it went to: To, Cc, Delivered-To and X-Original-To. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** When the sender says it was sent, epoch ms; null where that cannot be read as an instant. */
  readonly sentAt: number | null;
  /** Names in lower case, values unfolded, in the order of the mail. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null where there is no such part. */
  readonly text: string | null;
  readonly html: string | null;
  /** Mails it carries as attachments, byte for byte. */
  readonly attached: readonly Uint8Array[];
};

/** The same without what is written in it: all that a verdict on its origin needs. */
export type Envelope = Omit<OpenedMail, 'text' | 'html' | 'attached'>;

export const envelopeOf = ({
  text: _text,
  html: _html,
  attached: _attached,
  ...rest
}: OpenedMail): Envelope => rest;

/** What a mail may be at most. */
export const mailLimits = { bytes: 2 * 1024 * 1024 } as const;

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The values of a header, first one first. */
export const headerValues = ({ headers }: Pick<OpenedMail, 'headers'>, name: string): string[] =>
  headers.flatMap(([key, value]) => (key === name ? [value] : []));
