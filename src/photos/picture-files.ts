/**
 * All pictures of a house as files, for taking them elsewhere. Their names are the same in either edition:
 * `originals/{booking}/{photo}`, and below `made/` and `shown/` `{booking}/{photo}/{width}.{type}`.
 */
export interface PictureFiles {
  /** In their order. */
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  /** Durable when it resolves; idempotent. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

const ids = 'bkg_[0-9a-z]{16}/pho_[0-9a-z]+';

/** Which picture a name is of, or null: a name from elsewhere must not reach out of its place. */
export function pictureNamed(name: string) {
  const [, folder, trip, file] =
    new RegExp(`^(originals)/(${ids})$`).exec(name) ??
    new RegExp(`^(made|shown)/(${ids})/(\\d{2,4}\\.(?:avif|webp|jpg))$`).exec(name) ??
    [];
  if (!folder || !trip) return null;
  return { folder: folder as 'originals' | 'made' | 'shown', trip, file: file ?? null };
}
