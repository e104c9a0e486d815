import type { Hono } from 'hono';

/** A route in the words of OpenAPI: method in lower case, parameters in braces. */
export type Route = { readonly method: string; readonly path: string };

const machineFacing = /^\/(api|events|calendar|webhooks|inbound|feeds|healthz|readyz|metrics|g)(\/|$)/;
/** For the command line of the same machine; it comes with the program and is no contract. */
const commandLine = /^\/api\/operations\//;

/** The routes for programs that these apps serve, each once. Middleware and what answers everything else are left out. */
export function machineRoutes(apps: readonly Pick<Hono, 'routes'>[]): readonly Route[] {
  const routes = apps
    .flatMap(({ routes }) => routes)
    .filter(({ method, path }) => method !== 'ALL' && machineFacing.test(path) && !commandLine.test(path))
    .map(({ method, path }) => ({
      method: method.toLowerCase(),
      path: path.replace(/:([a-z]+)(\{[^}]*\})?/gi, '{$1}'),
    }));
  return [...new Map(routes.map(route => [routeName(route), route])).values()];
}

/** One spelling for routes that differ in nothing but what a parameter is called, or where it ends. */
export const routeName = ({ method, path }: Route): string =>
  `${method} ${path
    .split('/')
    .map(part => (part.includes('{') ? '{}' : part))
    .join('/')}`;
