/** What the bench and other tools around the program need of it, as one module of the bundle. */
export { silentLog } from '#platform/log.ts';
export { checkConfig } from './config.ts';
export { composeEmbedded } from './embedded.ts';
export { listen } from './http-server.ts';
export { newKeys } from './new-keys.ts';
