import { afterEach, expect, it } from 'vitest';
import { builtInTemplates } from './built-in.ts';
import { sampleMail } from './mail.fixture.ts';
import { mailReader } from './mail-reader.thread.ts';

const how = { templates: builtInTemplates('boatsetter'), domains: ['boatsetter.com'], zone: 'UTC' };
const honest = sampleMail('boatsetter-new');

/** Half a megabyte of tags inside each other, over which an HTML parser sits for minutes. */
const endless = Buffer.from(
  `${honest
    .toString('latin1')
    .split('\r\n\r\n')[0]
    ?.replace(
      /^Content-Type: .*(?:\r\n[ \t].*)*/m,
      'Content-Type: text/html',
    )}\r\n\r\n${'<div>'.repeat(100_000)}`,
);

let reader = mailReader();
afterEach(() => reader.close());

it('reads a mail on a thread of its own', async () => {
  reader = mailReader({ ms: 20_000 });
  const seen = await reader.look(honest, how);
  if ('problems' in seen) throw new Error(seen.problems[0].reason);
  expect(seen.part).toBe('the mail itself');
  expect(seen.reading.values.get('guestName')?.value).toBe('Carole Whitfield');
  expect(seen.reading.problems).toEqual([]);
});

it('gives up a mail that is made to take for ever, and reads the next one', async () => {
  reader = mailReader({ ms: 1000 });
  await expect(reader.look(endless, how)).rejects.toMatchObject({ code: 'mail-too-slow' });
  const next = mailReader({ ms: 20_000 });
  await expect(next.look(honest, how)).resolves.toMatchObject({ part: 'the mail itself' });
  await next.close();
});

it('says what is wrong with a mail as if it had been read here', async () => {
  reader = mailReader({ ms: 20_000 });
  await expect(reader.look(Buffer.from('\r\n\r\nhello'), how)).rejects.toMatchObject({
    name: 'Refusal',
    code: 'mail-malformed',
  });
  await expect(reader.look(Buffer.alloc(3_000_000, 'a'), how)).rejects.toMatchObject({
    code: 'mail-too-large',
  });
});
