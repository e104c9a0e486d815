import type { Brand } from '#booking/fleet.ts';

/** A page as it is kept: the bytes that were published, and the same bytes compressed. */
export type StoredPage = {
  readonly html: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
  /** SHA-256 of `html`, hex: the strong validator of the page. */
  readonly etag: string;
};

/** How soon everybody sees a page that was published. */
export type Seen = 'at once' | 'in its time';

/**
 * Where guest pages live. A page belongs to one brand, and the brand object is the only way to it: the same slug on
 * another brand is another page. Readers see the old page, the new one or none, never a part of one.
 */
export interface PageHost {
  /**
   * Puts a page in place, replacing what was there. Durable and visible to `read` when it resolves; idempotent. `at once`:
   * what it replaces is withdrawn or wrong, and nothing on the way to guests may go on showing it; else that may take
   * minutes. Throws Unavailable `disk-full` or `page-host-failed`.
   */
  publish(brand: Brand, slug: string, html: string, seen?: Seen): Promise<{ readonly etag: string }>;
  /** The page as it stands now, or null. What a resolved `publish` or `remove` did is seen at once. */
  read(brand: Brand, slug: string): Promise<StoredPage | null>;
  /** Takes a page away for good. Idempotent. */
  remove(brand: Brand, slug: string): Promise<void>;
  /** Every slug that has a page on this brand, in its present layout. For reconciliation; may take long. */
  slugs(brand: Brand): Promise<readonly string[]>;
}
