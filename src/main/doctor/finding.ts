/** One thing looked at. `failing` stops Gangway or loses something; `warning` is worth a thought. */
export type Finding = { what: string; state: 'ok' | 'warning' | 'failing'; detail: string; cure?: string };
