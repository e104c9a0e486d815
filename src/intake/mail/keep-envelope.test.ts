import { expect, it } from 'vitest';
import { testIntake } from '#intake/intake.fixture.ts';
import { source, sources } from '#intake/sources.ts';
import { keepEnvelope, mailSourceAt } from './keep-envelope.ts';
import { addressSecret, mailSourceOf, sampleMail } from './mail.fixture.ts';
import { mailLimits } from './opened-mail.ts';

function door() {
  const { inbox } = testIntake();
  const counted: string[] = [];
  const received: string[] = [];
  const all = sources([
    mailSourceOf('boatsetter'),
    mailSourceOf('getmyboat'),
    source({ id: 'office', kind: 'manual', times: 'as-written' }),
  ]);
  const at = {
    sources: all,
    inbox,
    count: (name: string, { source: from, outcome }: { source: string; outcome: string }) =>
      void counted.push(`${name} ${from} ${outcome}`),
    onReceived: (id: string) => void received.push(id),
  };
  const arrives = (...addresses: string[]) => keepEnvelope(at, addresses, sampleMail('boatsetter-new'));
  return { at, all, inbox, counted, received, arrives };
}

it('a mail is kept once for each source it was sent to, and for nobody else', async () => {
  const { arrives, inbox, counted, received } = door();
  await arrives(
    'boatsetter@us.example',
    'BoatSetter+x@us.example',
    'nobody@us.example',
    'office@us.example',
    'getmyboat@us.example',
  );
  expect(
    (await inbox.list({})).map(({ source: from, via, vouched }) => [from, via, vouched]).toSorted(),
  ).toEqual([
    ['boatsetter', 'smtp', null],
    ['getmyboat', 'smtp', null],
  ]);
  expect(counted).toEqual(['mails boatsetter received', 'mails getmyboat received']);
  expect(received).toHaveLength(2);
});

it('a mail that comes again is counted and not read again', async () => {
  const { arrives, counted, received } = door();
  await arrives('boatsetter@us.example');
  await arrives('boatsetter@us.example');
  expect(counted).toEqual(['mails boatsetter received', 'mails boatsetter duplicate']);
  expect(received).toHaveLength(1);
});

it('the secret address of an envelope vouches for the mail', async () => {
  const { arrives, inbox } = door();
  await arrives('someone@us.example', `boatsetter+${addressSecret.toUpperCase()}@us.example`);
  expect(await inbox.list({})).toMatchObject([{ vouched: { by: 'secret address' } }]);
});

it('a mail that is too large is refused', async () => {
  const { at, inbox } = door();
  const most = Buffer.alloc(mailLimits.bytes, 'x');
  await expect(
    keepEnvelope(at, ['boatsetter@us.example'], Buffer.concat([most, most])),
  ).rejects.toMatchObject({
    code: 'mail-too-large',
    data: { limit: mailLimits.bytes },
  });
  await keepEnvelope(at, ['boatsetter@us.example'], most);
  expect(await inbox.list({})).toHaveLength(1);
});

it.each([
  ['boatsetter@us.example', 'boatsetter'],
  ['Boatsetter+any.Word@us.example', 'boatsetter'],
  ['boatsetter', null],
  ['x.boatsetter@us.example', null],
  ['boatsetter.x@us.example', null],
  ['boatsetter+x', null],
  ['1boatsetter@us.example', null],
  ['office@us.example', null],
  ['@us.example', null],
])('%s is the address of %s', (address, id) => {
  expect(mailSourceAt(door().all, address)?.settings.id ?? null).toBe(id);
});
