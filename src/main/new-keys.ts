import { randomBytes } from 'node:crypto';
import { sha256 } from '#lib/digest.ts';

/** Fresh secrets of one installation: what goes into its key file, and the two keys that are shown once. */
export type NewKeys = {
  /** Variable by variable, as `gangway.env` holds them. */
  environment: Record<string, string>;
  serviceKey: string;
  dashboardToken: string;
};

/** Makes every secret that a configuration with these sources asks for. */
export function newKeys(sources: readonly { id: string; variable: string }[]): NewKeys {
  const secret = () => randomBytes(32).toString('base64url');
  const serviceKey = `gwk_${secret()}`;
  const dashboardToken = `gwd_${secret()}`;
  return {
    serviceKey,
    dashboardToken,
    environment: {
      GANGWAY_LINK_KEY: secret(),
      SERVICE_KEY_HASH: sha256(serviceKey),
      DASHBOARD_TOKEN_HASH: sha256(dashboardToken),
      ...Object.fromEntries(
        sources.map(({ variable }) => [variable, `whsec_${randomBytes(32).toString('base64')}`]),
      ),
    },
  };
}
