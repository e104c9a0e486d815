/**
 * Whether a key is the one behind a bcrypt hash. For hashes of older set-ups only: new keys are random, and SHA-256 is enough for them.
 * A key longer than 72 bytes is never right: bcrypt ignores what comes after, so endless keys would fit one hash.
 */
export async function compareBcrypt(key: string, hash: string): Promise<boolean> {
  const { compare, truncates } = await import('bcryptjs');
  return !truncates(key) && compare(key, hash);
}
