import type { Brand } from '#booking/fleet.ts';
import { paths } from '#ui/paths.ts';
import type { ConfigShape } from '../config/shape.ts';

/** Whole addresses, as people outside see them. */
export type Addresses = {
  /** Where the house answers, without a slash at its end. */
  house: string;
  of: (path: string) => string;
  brand: (brand: Brand) => string;
  guestPage: (brand: Brand, slug: string) => string;
};

/** Public addresses when `server.url` is set; else this machine's: the house at localhost, each brand at `{id}.localhost`. */
export function addresses(shape: ConfigShape, port: number): Addresses {
  const house = trimmed(shape.server.url ?? `http://localhost:${port}`);
  const brand = ({ id, host }: Brand) =>
    trimmed(
      shape.server.brandUrls[id] ?? (shape.server.url ? `https://${host}` : `http://${id}.localhost:${port}`),
    );
  return {
    house,
    of: path => house + path,
    brand,
    guestPage: (of, slug) => brand(of) + paths.guestPage(slug),
  };
}

const trimmed = (url: string) => url.replace(/\/+$/, '');
