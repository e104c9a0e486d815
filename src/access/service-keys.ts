import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { type ConfiguredKeys, configuredKeys } from './configured-keys.ts';
import { placeholders } from './secret.ts';
import type { Scope, ServiceKey } from './service-key.ts';
import type { ServiceKeyStore } from './service-key-store.ts';

export type ServiceKeys = ReturnType<typeof serviceKeys>;

/** Keys for scripts: made here and shown once, or given by their hashes in the configuration. Only hashes are kept. */
export function serviceKeys(parts: {
  store: ServiceKeyStore;
  configured: readonly ConfiguredKeys[];
  /** Compares a key with a bcrypt hash of the configuration. */
  compareLegacy: (key: string, hash: string) => Promise<boolean>;
  clock: Clock;
  random: Random;
}) {
  const { store, clock, random } = parts;
  const configured = configuredKeys(parts);

  return {
    /**
     * Makes a key (`gwk_` and 32 random bytes). This answer is the only time it can be read.
     * Throws the refusals `two-keys-active`, `key-label-invalid`, `key-without-scope`.
     */
    async create(label: string, scopes: readonly Scope[]): Promise<{ key: string; serviceKey: ServiceKey }> {
      if (!/^[a-z0-9][a-z0-9 ._-]{0,63}$/i.test(label)) {
        throw new Refusal(
          'key-label-invalid',
          'A key needs a label of 1 to 64 letters, digits, spaces, dots and dashes.',
          'Name the script or machine that will use it, for example: dashboard update.',
        );
      }
      if (scopes.length === 0) {
        throw new Refusal(
          'key-without-scope',
          'A key without a scope opens nothing.',
          'Give it one or more of: events, calendar, operations.',
        );
      }
      const key = `gwk_${Buffer.from(random.bytes(32, 'service key')).toString('base64url')}`;
      const serviceKey = {
        id: newId(random, 'key'),
        label,
        scopes: [...new Set(scopes)].sort(),
        createdAt: isoInstant(clock.now()),
        revokedAt: null,
      } satisfies ServiceKey;
      if ((await store.add({ ...serviceKey, hash: sha256(key) }, activePerLabel)) === 'full') {
        throw new Refusal(
          'two-keys-active',
          `${label} already has two keys that work.`,
          'Revoke the one no longer used (gangway key list shows both), then make the new one.',
        );
      }
      return { key, serviceKey };
    },

    /** Every key, revoked ones too: first those of the configuration, then newest first. */
    async list(): Promise<readonly ServiceKey[]> {
      const stored = await store.list();
      return [...configured.list, ...stored.map(({ hash: _, ...shown }) => shown)];
    },

    /** Ends a key at once. Idempotent. Throws the refusals `key-unknown` and `key-from-configuration`. */
    async revoke(id: string): Promise<void> {
      const known = configured.list.find(key => key.id === id);
      if (known) {
        throw new Refusal(
          'key-from-configuration',
          `${known.label} is a key of the configuration.`,
          'Take its hash out of the setting and restart.',
        );
      }
      if (!(await store.revoke(id, isoInstant(clock.now())))) {
        throw new Refusal('key-unknown', 'There is no key with this id.', 'See: gangway key list');
      }
    },

    /**
     * Whose key this is, or null. The key is looked up by its hash, so how long it takes says nothing about how near a guess was.
     * Throws the refusal `too-many-attempts` when unknown keys would have to be compared with bcrypt hashes too often.
     */
    async verify(presented: string): Promise<ServiceKey | null> {
      // A bcrypt hash does not show at the start that it is one of nothing or of `changeme`; so that is refused here.
      if (presented.trim() === '' || placeholders.includes(presented.toLowerCase())) return null;
      if (presented.length > 512) return null;
      const hash = sha256(presented);
      const stored = await store.findActive(hash);
      if (!stored) return configured.verify(presented, hash);
      const { hash: _, ...shown } = stored;
      return shown;
    },
  };
}

/** One in use and one to change over to. */
const activePerLabel = 2;
