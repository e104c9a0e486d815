import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { SessionCookie } from './cookies.ts';
import type { CrewSession, CrewSessions } from './crew-sessions.ts';
import type { Scope, ServiceKey } from './service-key.ts';
import type { ServiceKeys } from './service-keys.ts';
import type { Staff, StaffRole, StaffSession } from './staff.ts';

/** As much of a Hono context as it takes to see who asks. */
export type Call = { readonly req: { readonly raw: Request } };

export type Principals = ReturnType<typeof principals>;

/** Who is asking: one function per way in. Each returns who it is or throws a refusal; none lets anybody through by default. */
export function principals(parts: {
  serviceKeys: ServiceKeys;
  staff: Staff;
  crew: CrewSessions;
  cookies: { desk: SessionCookie; crew: SessionCookie };
}) {
  const { serviceKeys, staff, crew, cookies } = parts;

  return {
    /** A script with `X-Service-Key` (or `X-API-Key`). Refusals `service-key-missing`, `service-key-unknown`, `service-key-scope`, `too-many-attempts`. */
    async requireServiceKey(c: Call, scope: Scope): Promise<ServiceKey> {
      const presented = header(c, 'X-Service-Key') ?? header(c, 'X-API-Key');
      if (presented === null) throw missing('service-key-missing', 'X-Service-Key');
      const key = await serviceKeys.verify(presented);
      if (!key) {
        throw new Refusal(
          'service-key-unknown',
          'The key in the header X-Service-Key is not known, or was revoked.',
          'Check the key of this script; a new one comes from: gangway key create',
        );
      }
      if (!key.scopes.includes(scope)) {
        throw new Refusal(
          'service-key-scope',
          `The key of ${key.label} is not for ${scope}.`,
          `Use a key with the scope ${scope}; one comes from: gangway key create --scope ${scope}`,
        );
      }
      return key;
    },

    /** One of the owner's scripts with `X-Dashboard-Token`. Refusals `dashboard-token-missing`, `dashboard-token-unknown`, `too-many-attempts`. */
    async requireDashboardToken(c: Call): Promise<ServiceKey> {
      const presented = header(c, 'X-Dashboard-Token');
      if (presented === null) throw missing('dashboard-token-missing', 'X-Dashboard-Token');
      const key = await serviceKeys.verify(presented);
      if (!key?.scopes.includes('calendar')) {
        throw new Refusal(
          'dashboard-token-unknown',
          'The token in the header X-Dashboard-Token is not one for the calendar, or was revoked.',
          'Check the token of this script; a new one comes from: gangway key create --scope calendar',
        );
      }
      return key;
    },

    /** Somebody at the desk; `owner` asks for the owner. Refusals `sign-in-needed`, `owner-only`. */
    async requireStaff(c: Call, role?: StaffRole): Promise<StaffSession> {
      const id = cookies.desk.read(c.req.raw);
      const session = id === null ? null : await staff.session(id);
      if (!session) {
        throw new Refusal(
          'sign-in-needed',
          'You are not signed in, or your sign-in has run out.',
          `Sign in at ${paths.deskSignIn()} with the link from your letter.`,
        );
      }
      if (role === 'owner' && session.role !== 'owner') {
        throw new Refusal(
          'owner-only',
          'This is for the owner only.',
          'Ask the owner, or sign in as the owner.',
        );
      }
      return session;
    },

    /**
     * Somebody of the crew, for this crew event if one is named. Another event's session is answered like none at all,
     * so nobody learns which events exist. Refusal `crew-link-needed`.
     */
    async requireCrew(c: Call, event?: string): Promise<CrewSession> {
      const session = await crew.session(cookies.crew.read(c.req.raw), event);
      if (!session) {
        throw new Refusal(
          'crew-link-needed',
          'This page opens with the link in your letter; yours has not been used here, or is over.',
          'Open the newest letter about this trip and press its button again. No letter? Call the operator.',
        );
      }
      return session;
    },
  };
}

/** A header that says something; one that a proxy blanked counts as missing. */
const header = (c: Call, name: string): string | null => c.req.raw.headers.get(name)?.trim() || null;

const missing = (code: 'service-key-missing' | 'dashboard-token-missing', name: string) =>
  new Refusal(
    code,
    `The request has no ${name} header.`,
    `Send the header ${name}. If you did send it, a CDN or proxy in between stripped it: call the origin URL directly, or have the CDN forward ${name}.`,
    { header: name },
  );
