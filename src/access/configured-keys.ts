import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { isBcrypt } from './key-hash.ts';
import { rateLimit } from './rate-limit.ts';
import type { Scope, ServiceKey } from './service-key.ts';

/** Keys that the configuration knows by their hashes, as `keyHashes` reads them and `checkKeyHashes` passed them. */
export type ConfiguredKeys = {
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly hashes: readonly string[];
};

/** The keys of the configuration: SHA-256 hashes are looked up, bcrypt hashes compared once per key and then remembered. */
export function configuredKeys(parts: {
  configured: readonly ConfiguredKeys[];
  compareLegacy: (key: string, hash: string) => Promise<boolean>;
  clock: Clock;
}) {
  const entries = parts.configured.flatMap(({ label, scopes, hashes }) =>
    hashes.map((hash, index) => {
      const id = `configured_${label.replaceAll(' ', '-')}_${index + 1}`;
      const key: ServiceKey = { id, label, scopes, createdAt: null, revokedAt: null };
      return { hash, key };
    }),
  );
  const byHash = new Map(entries.map(({ hash, key }) => [hash, key]));
  const legacy = entries.filter(({ hash }) => isBcrypt(hash));
  const limit = rateLimit({ clock: parts.clock, rates: { bcrypt: { burst: 10, perMinute: 10 } } });

  // By the SHA-256 of what was presented. A comparison under way is shared, so a burst of one key costs one comparison;
  // refused keys are remembered too, so a script with an old key does not use up the attempts of the others.
  const compared = new Map<string, Promise<ServiceKey | null>>();

  const compare = async (presented: string): Promise<ServiceKey | null> => {
    for (const { hash, key } of legacy) {
      if (await parts.compareLegacy(presented, hash)) return key;
    }
    return null;
  };

  return {
    list: entries.map(({ key }) => key),

    /** Whose key this is, or null. Throws the refusal `too-many-attempts`. */
    async verify(presented: string, hash: string): Promise<ServiceKey | null> {
      const known = byHash.get(hash) ?? compared.get(hash);
      if (known || legacy.length === 0) return known ?? null;
      const allowed = limit('', 'bcrypt');
      if (!allowed.ok) {
        throw new Refusal(
          'too-many-attempts',
          'Too many unknown keys were tried.',
          'Wait a minute, then send the right key.',
          { retryAfterMs: allowed.retryAfterMs },
        );
      }
      if (compared.size >= mostRemembered) compared.clear();
      const result = compare(presented);
      compared.set(hash, result);
      return result.catch((error: unknown) => {
        compared.delete(hash);
        throw error;
      });
    },
  };
}

const mostRemembered = 1_000;
