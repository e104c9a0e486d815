import type { Endpoint } from '#announcements/announcement.ts';
import type { Config } from '../config/config.ts';

/** The operator's own programs that want to be told, with the secrets that are here. */
export const endpointsOf = (config: Config): readonly Endpoint[] =>
  config.shape.webhooks.map(({ id, url, events, audience, isNearby }) => {
    const secrets = [config.secret(`${id} endpoint secret`), config.secret(`${id} next endpoint secret`)];
    return { id, url, events, audience, isNearby, secrets: secrets.filter(secret => secret !== null) };
  });
