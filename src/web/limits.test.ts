import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { doorLimits } from './limits.ts';

function house(trustedProxies: readonly string[] = []) {
  const clock = settableClock('2027-05-01T12:00:00Z');
  const app = new Hono();
  app.use(doorLimits({ clock, trustedProxies }));
  app.all('*', c => c.text('in'));
  app.onError((error, c) => c.text(error instanceof Refusal ? error.code : 'broke', 429));
  const knock = (path: string, from: string, headers: Record<string, string> = {}, method = 'POST') =>
    app.request(path, { method, headers }, { incoming: { socket: { remoteAddress: from } } });
  return { clock, knock };
}

const knockTimes = async (times: number, knock: () => Response | Promise<Response>) => {
  let last = 200;
  for (let i = 0; i < times; i++) last = (await knock()).status;
  return last;
};

it('slows down whoever tries sign-in links, and lets others in', async () => {
  const { clock, knock } = house();
  expect(await knockTimes(11, () => knock('/desk/session', '203.0.113.7'))).toBe(429);
  expect((await knock('/desk/session', '203.0.113.8')).status).toBe(200);
  clock.advance(60_000);
  expect((await knock('/desk/session', '203.0.113.7')).status).toBe(200);
});

it('does not limit signed webhooks, nor reading', async () => {
  const { knock } = house();
  expect(await knockTimes(1000, () => knock('/webhooks/boatsetter', '203.0.113.7'))).toBe(200);
  expect(await knockTimes(50, () => knock('/desk/sign-in', '203.0.113.7', {}, 'GET'))).toBe(200);
});

it('believes a forwarded address only from a proxy it trusts, and only the last one', async () => {
  const open = house();
  let n = 0;
  const spoofed = () =>
    open.knock('/desk/session', '203.0.113.7', { 'x-forwarded-for': `198.51.100.${++n}` });
  expect(await knockTimes(11, spoofed)).toBe(429);
  const behind = house(['10.0.0.1']);
  const through = (client: string) =>
    behind.knock('/desk/session', '10.0.0.1', { 'x-forwarded-for': `1.2.3.4, ${client}` });
  expect(await knockTimes(11, () => through('198.51.100.1'))).toBe(429);
  expect((await through('198.51.100.2')).status).toBe(200);
});
