/** One thing wrong with the configuration: where, what, and how to mend it. Never the value of a secret. */
export type ConfigProblem = { path: string; message: string; cure: string };

/** Environment-like lookup: variables of the process over those of the key file. */
export type Environment = Readonly<Record<string, string | undefined>>;
