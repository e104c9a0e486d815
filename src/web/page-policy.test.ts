import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import { settableClock } from '#lib/clock.ts';
import { silentLog } from '#platform/log.ts';
import { metrics } from '#platform/metrics.ts';
import { contentSecurityPolicy } from '#ui/layout.tsx';
import { webApp } from './app.tsx';

const policy = async (photosTo?: string) => {
  const app = webApp({
    fleet: testFleet,
    guest: () => new Hono(),
    house: [new Hono().get('/c', c => c.html('<h1>Your trip</h1>'))],
    trustedProxies: [],
    photosTo,
    clock: settableClock('2027-05-01T08:00:00Z'),
    log: silentLog,
    metrics: metrics(),
  });
  const answer = await app.request('http://crew.example/c', { headers: { host: 'crew.example' } });
  return answer.headers.get('content-security-policy');
};

it('pages speak to their own host, and where photos go past it to that one beside', async () => {
  expect(await policy()).toBe(contentSecurityPolicy);
  expect(await policy('https://photos.s3.us-west-2.amazonaws.com/')).toBe(
    contentSecurityPolicy.replace(
      "connect-src 'self';",
      "connect-src 'self' https://photos.s3.us-west-2.amazonaws.com;",
    ),
  );
});
