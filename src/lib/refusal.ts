/**
 * The request cannot be granted, and the person who made it can do something about it.
 * `code` is a literal owned by the room that throws it; `message` is safe to show to whoever asked;
 * `cure` says what to do next. Only `code` and `data` survive a durable step, so branch on `code`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly cure: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, cure: string, data: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.cure = cure;
    this.data = data;
  }
}

/**
 * Something outside us did not answer or broke: a disk, a mail server, a store. Thrown by adapters only.
 * `retryable` false means that trying again cannot help without a person.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    code: string,
    message: string,
    options: { cause?: unknown; retryable?: boolean; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? true;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
