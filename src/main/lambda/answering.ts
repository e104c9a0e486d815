import type { LambdaFunction } from './function-parts.ts';
import { functions } from './functions.ts';

/** Which function answers what no path above is for: it has the page that says so. */
export const answersTheRest = { house: 'house', brand: 'guest' } as const;

/** Routes of the embedded edition that no function answers, and why. */
export const notOnLambda: Readonly<Record<'house' | 'brand', Readonly<Record<string, string>>>> = {
  house: {
    '/mailbox': 'there is no folder of letters; SES sends them',
    '/mailbox/*': 'there is no folder of letters; SES sends them',
    '/api/operations/*': 'for the command line of the same machine',
  },
  brand: {
    '/*': 'pages come from the bucket of the brand, through CloudFront; one that is not there is the rest',
    '/g/worker.js': 'the edge answers it by itself',
  },
};

/** Whether a route, as it is mounted (`/desk/bookings/:id`), is one of `path`. */
export function isPathOf(path: string, route: string): boolean {
  const [wanted, had] = [path.split('/'), route.split('/')];
  const isOpen = wanted.at(-1) === '*';
  if (isOpen ? had.length < wanted.length : had.length !== wanted.length) return false;
  return wanted.every((part, index) => part === '*' || part === had[index]);
}

/** The function that answers a route, null for one of `notOnLambda`. Throws for one that nobody or more than one is for. */
export function answering(face: 'house' | 'brand', route: string): LambdaFunction | null {
  const found = functions.filter(({ triggers }) =>
    triggers.some(on => on.on === 'http' && on.face === face && on.paths.some(path => isPathOf(path, route))),
  );
  const isLeftOut = Object.keys(notOnLambda[face]).some(path => path === route || isPathOf(path, route));
  if (found.length > 1)
    throw new Error(`${route} is answered by ${found.map(({ name }) => name).join(' and ')}`);
  if (found[0]) return found[0];
  if (isLeftOut) return null;
  throw new Error(`no function answers ${route}`);
}
