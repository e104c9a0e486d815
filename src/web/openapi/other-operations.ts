import { paths } from '#ui/paths.ts';
import type { Operation } from './operation.ts';

export const otherOperations: readonly Operation[] = [
  {
    id: 'readFeed',
    method: 'get',
    path: paths.feed('{secret}'),
    tag: 'Feeds',
    summary: 'Subscribe to a calendar',
    description:
      'iCalendar (RFC 5545) of one person or one vessel. The address is the permission: who holds it reads it, until it is revoked. Never holds an amount. Answers conditional requests.',
    access: 'address',
    parameters: [
      { name: 'secret', in: 'path', required: true, description: 'From the crew page or the desk.' },
      { name: 'If-None-Match', in: 'header', description: 'The `etag` of the copy you have.' },
    ],
    answers: {
      200: { description: 'The calendar.', type: 'text/calendar', headers: { etag: 'Names this version.' } },
      304: { description: 'Your copy is the newest.' },
      404: { description: 'No such calendar, or no longer.', type: 'text/plain' },
    },
    refusals: ['money-in-output', 'too-many-attempts'],
  },
  {
    id: 'readGuestPage',
    method: 'get',
    path: paths.guestPage('{slug}'),
    tag: 'Guest pages',
    summary: 'Read a guest page',
    description:
      'A static page. Unknown, purged and another brand’s are answered with the same bytes. Brotli where it is accepted; answers conditional requests.',
    access: 'address',
    onBrandHost: true,
    parameters: [{ name: 'slug', in: 'path', required: true, description: 'From the letter to the guest.' }],
    answers: {
      200: { description: 'The page.', type: 'text/html', headers: { etag: 'Names these bytes.' } },
      304: { description: 'Your copy is the newest.' },
      404: { description: 'No such page.', type: 'text/html' },
    },
    refusals: [],
  },
  {
    id: 'guestWorker',
    method: 'get',
    path: paths.guestWorker,
    tag: 'Guest pages',
    summary: 'What keeps pages for where there is no network',
    description: 'A service worker, the same for everybody.',
    access: 'nobody',
    onBrandHost: true,
    answers: { 200: { description: 'The script.', type: 'text/javascript' } },
    refusals: [],
  },
  {
    id: 'alive',
    method: 'get',
    path: '/healthz',
    tag: 'Health',
    summary: 'Does the process answer?',
    description: 'Looks at nothing else. For a supervisor that restarts what hangs.',
    access: 'nobody',
    answers: { 200: { description: 'It does.', schema: 'Alive', example: { status: 'ok' } } },
    refusals: [],
  },
  {
    id: 'ready',
    method: 'get',
    path: '/readyz',
    tag: 'Health',
    summary: 'Do its stores answer too?',
    description: 'For a load balancer or a monitor.',
    access: 'nobody',
    answers: {
      200: {
        description: 'They do.',
        schema: 'Readiness',
        example: { status: 'ready', checks: { bookings: 'ok', books: 'ok' } },
      },
      503: { description: 'One does not; it is named.', schema: 'Readiness' },
    },
    refusals: [],
  },
  {
    id: 'headersReceived',
    method: 'get',
    path: '/healthz/headers',
    tag: 'Health',
    summary: 'Which headers arrive?',
    description:
      'Names those of the headers our callers depend on that reached us, never their values. `gangway doctor --url` asks this to find what a CDN strips.',
    access: 'nobody',
    answers: {
      200: {
        description: 'Their names.',
        schema: 'HeadersReceived',
        example: { received: ['x-service-key', 'webhook-signature'] },
      },
    },
    refusals: [],
  },
  {
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    tag: 'Health',
    summary: 'Numbers about the running program',
    description:
      'Prometheus text format 0.0.4; names begin with `gangway_`. Holds no names of people and no amounts, but keep it inside: a proxy should not pass it on.',
    access: 'nobody',
    answers: { 200: { description: 'The numbers.', type: 'text/plain' } },
    refusals: [],
  },
];
