import { Script } from 'node:vm';
import type { Brand } from '#booking/fleet.ts';
import {
  edgeFunction,
  iamPrefix,
  invalidationSet,
  objectKey,
  slugOfKey,
  viewerPath,
} from './page-routing.ts';

/** The part of CloudFront's viewer-request event that a function may read. */
export type EdgeEvent = {
  version: '1.0';
  context: {
    eventType: 'viewer-request';
    distributionDomainName: string;
    distributionId: string;
    requestId: string;
  };
  viewer: { ip: string };
  request: EdgeRequest;
};

export type EdgeRequest = {
  method: string;
  uri: string;
  querystring: Record<string, { value: string }>;
  headers: Record<string, { value: string }>;
  cookies: Record<string, { value: string }>;
};

/** A function answers with the request to go on with, or with a response of its own. */
export type EdgeAnswer =
  | EdgeRequest
  | {
      statusCode: number;
      statusDescription: string;
      headers: Record<string, { value: string }>;
      body: { encoding: string; data: string };
    };

const compiled = new WeakMap<Brand, (event: EdgeEvent) => EdgeAnswer>();

/** Runs the brand's generated edge function, compiled once per brand object. It sees nothing of this program. */
export function runEdgeFunction(
  brand: Brand,
  path: string,
  query: EdgeRequest['querystring'] = {},
  headers: EdgeRequest['headers'] = {},
): EdgeAnswer {
  let handler = compiled.get(brand);
  if (!handler) {
    handler = new Script(`${edgeFunction(brand)}\nhandler`, {
      filename: `edge-${brand.id}.js`,
    }).runInNewContext(Object.create(null)) as (event: EdgeEvent) => EdgeAnswer;
    compiled.set(brand, handler);
  }
  return handler({
    version: '1.0',
    context: {
      eventType: 'viewer-request',
      distributionDomainName: brand.host,
      distributionId: 'EMBEDDED',
      requestId: '-',
    },
    viewer: { ip: '127.0.0.1' },
    request: { method: 'GET', uri: path, querystring: query, headers, cookies: {} },
  });
}

/** The slug a viewer's path leads to on this brand, by the very function that runs at the edge; null where it answers 404. */
export function resolveViewerPath(brand: Brand, path: string): string | null {
  const answer = runEdgeFunction(brand, path);
  return 'uri' in answer ? slugOfKey(brand.layout, answer.uri.slice(1)) : null;
}

export type RouteDescription = {
  readonly brand: string;
  readonly path: string;
  /** Null where the path is none of this brand's guest pages. */
  readonly page: {
    readonly slug: string;
    readonly viewerPath: string;
    readonly objectKey: string;
    readonly invalidate: readonly string[];
  } | null;
  readonly iamPrefix: string;
  /** What the function returned: the address it goes on with, or the status it answers itself. */
  readonly edge: { readonly uri: string } | { readonly statusCode: number };
};

/** Tells how a path is routed, for `gangway route BRAND PATH`. A query in the path is left out of the question. */
export function describeRoute(brand: Brand, path: string): RouteDescription {
  const asked = path.split(/[?#]/, 1)[0] ?? '';
  const answer = runEdgeFunction(brand, asked);
  const slug = resolveViewerPath(brand, asked);
  return {
    brand: brand.id,
    path: asked,
    page:
      slug === null
        ? null
        : {
            slug,
            viewerPath: viewerPath(slug),
            objectKey: objectKey(brand.layout, slug),
            invalidate: invalidationSet(brand.layout, slug),
          },
    iamPrefix: iamPrefix(brand.layout),
    edge: 'uri' in answer ? { uri: answer.uri } : { statusCode: answer.statusCode },
  };
}
