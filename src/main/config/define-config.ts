import type { ConfigInput } from './shape.ts';

/** Gives `gangway.config.ts` its types and completion. Checked when Gangway starts, all problems reported together. */
export const defineConfig = (config: ConfigInput): ConfigInput => config;
