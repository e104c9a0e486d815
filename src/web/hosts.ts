import type { Brand, Fleet } from '#booking/fleet.ts';

/** Which face a request asks for. Brands are told apart by host and see nothing of each other or of the house. */
export type Face = { kind: 'brand'; brand: Brand } | { kind: 'house' } | { kind: 'stranger' };

/**
 * Tells faces by the Host header. Locally a brand answers at `{id}.localhost`. Where the house and a brand share a host,
 * guest paths go to the brand. A host nobody configured is a stranger, unless it is this machine's own name or address.
 */
export function faceOf(fleet: Fleet, host: string | undefined, path: string): Face {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  const brand = fleet.brands.find(each => hostsOf(each).includes(name));
  const isHouse = name === fleet.house.host || isLocal(name);
  if (brand && (!isHouse || isGuestPath(path))) return { kind: 'brand', brand };
  return isHouse ? { kind: 'house' } : { kind: 'stranger' };
}

/** Every host a brand answers at. No two brands may have one in common. */
export const hostsOf = ({ id, host }: Pick<Brand, 'id' | 'host'>): readonly string[] => [
  host,
  `www.${host}`,
  `${id}.localhost`,
];

/** Whether a host is this machine's own name, or an address: the house answers there too. */
export const isLocal = (name: string) =>
  name === 'localhost' || name === '[::1]' || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name === '';

const isGuestPath = (path: string) => path.startsWith('/g/') || path === '/g';
