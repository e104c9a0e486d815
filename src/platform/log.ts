/** What a log line may carry. Anything else is dropped, so a name, an amount or a token cannot slip in. */
export type LogFields = Partial<
  Record<
    | 'booking'
    | 'revision'
    | 'surface'
    | 'delivery'
    | 'source'
    | 'endpoint'
    | 'event'
    | 'workflow'
    | 'execution'
    | 'step'
    | 'letter'
    | 'brand'
    | 'method'
    | 'route'
    | 'status'
    | 'code'
    | 'count'
    | 'attempt'
    | 'ms'
    | 'port'
    | 'request',
    string | number
  >
> & { error?: unknown };

/** Structured log. `what` is a constant sentence in the house words; details go in the listed fields. UTC, one JSON line each. */
export interface Log {
  info(what: string, fields?: LogFields): void;
  warn(what: string, fields?: LogFields): void;
  error(what: string, fields?: LogFields): void;
}

/** Says nothing. For commands whose own output is the point. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };
