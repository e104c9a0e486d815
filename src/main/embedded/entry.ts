/** What the bench and other tools around the program need of it, as one module of the bundle. */
export { openEngine } from '#durable/engine.ts';
export { renderPage } from '#guest-page/page.tsx';
export { diskPageHost } from '#guest-page/page-host.disk.ts';
export { sampleViews } from '#guest-page/sample-views.ts';
export { newSlug } from '#guest-page/slug.ts';
export { systemClock } from '#lib/clock.ts';
export { systemRandom } from '#lib/random.ts';
export { silentLog } from '#platform/log.ts';
export { openSqlite } from '#platform/sqlite.ts';
export { checkConfig } from '../config/config.ts';
export { newKeys } from '../new-keys.ts';
export { composeEmbedded } from './embedded.ts';
export { listen } from './http-server.ts';
