import { expect, it } from 'vitest';
import * as z from 'zod';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits } from '#lib/strict-json.ts';
import { operation } from './operations.ts';
import { operationRoutes } from './routes.ts';

const token = 'of-this-start';

function door() {
  const ran: unknown[] = [];
  const app = operationRoutes(
    { note: operation(z.object({ words: z.string() }), async input => void ran.push(input)) },
    token,
  );
  app.onError((error, c) => c.text(error instanceof Refusal ? error.code : 'broke', 400));
  const knock = (body: BodyInit, presented = token) =>
    app.request('/api/operations/note', {
      method: 'POST',
      headers: { authorization: `Bearer ${presented}` },
      body,
      duplex: 'half',
    } as RequestInit);
  return { ran, knock };
}

/** A body without a length that goes on for ever, and how often it was asked for more. */
function endless() {
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: controller => {
      pulls++;
      controller.enqueue(new Uint8Array(65_536).fill(0x20));
    },
  });
  return { body, pulls: () => pulls };
}

it('takes an input of a person at the command line', async () => {
  const { ran, knock } = door();
  expect((await knock('{"words":"all hands"}')).status).toBe(200);
  expect(ran).toEqual([{ words: 'all hands' }]);
});

it('refuses an input without end, with a length or without, and runs nothing', async () => {
  const { ran, knock } = door();
  const long = JSON.stringify({ words: 'x'.repeat(jsonLimits.bytes) });
  expect(await (await knock(long)).text()).toBe('body-too-large');
  expect(await (await knock(endless().body)).text()).toBe('body-too-large');
  expect(ran).toEqual([]);
});

it('reads nothing of a body from whoever has no token', async () => {
  const { knock } = door();
  const { body, pulls } = endless();
  const before = pulls();
  expect(await (await knock(body, 'guessed')).text()).toBe('operations-closed');
  expect(pulls() - before).toBeLessThanOrEqual(1);
});
