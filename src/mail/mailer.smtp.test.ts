import { afterEach, describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { aLetter } from './letters.testing.ts';
import { mailerContract } from './mailer.contract.ts';
import { smtpMailer } from './mailer.smtp.ts';
import type { Handed, Mailer } from './mailer.ts';
import {
  type Fault,
  faultyServer,
  keepingServer,
  mailerTo,
  type Stage,
  stages,
} from './smtp-servers.testing.ts';

mailerContract('SMTP', async () => {
  const server = await keepingServer();
  const mailer = mailerTo(server.port);
  return {
    mailer,
    arrived: async () => server.arrived.map(letter => letter.bytes),
    close: async () => {
      await mailer.close();
      await server.close();
    },
  };
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const using = <T extends { close(): Promise<void> }>(one: T): T => {
  open.unshift(one);
  return one;
};

it('hands the envelope exactly one recipient and the sender’s own address', async () => {
  const server = using(await keepingServer());
  await using(mailerTo(server.port)).send(
    aLetter({ to: { name: 'May, Carole (<x@example.net>)', address: 'carole@example.org' } }),
  );
  expect(server.arrived.map(({ from, to }) => [from, to])).toEqual([
    ['aboard@queenofsandiego.example', ['carole@example.org']],
  ]);
});

describe('a mail server that misbehaves', () => {
  const outcome = async (stage: Stage, fault: Fault): Promise<Handed & { handedOver: number }> => {
    const server = using(await faultyServer(stage, fault));
    const patienceMs = 'hang' in fault ? 200 : undefined;
    const handed = await using(mailerTo(server.port, undefined, patienceMs)).send(aLetter());
    return { ...handed, handedOver: server.handedOver() };
  };

  it.each(stages)('that is about to close (421) at %s has accepted nothing: later', async stage => {
    expect(await outcome(stage, { replyAndDrop: '421 closing' })).toMatchObject({
      kind: 'later',
      blocks: 'all',
    });
  });

  it.each(['MAIL', 'RCPT', 'DATA', 'dot'] as const)(
    'that says 451 at %s has accepted nothing: later',
    async stage => {
      const handed = await outcome(stage, { reply: '451 4.7.1 Greylisted, come back' });
      expect(handed).toMatchObject({ kind: 'later', blocks: 'letter', retryAfterMs: 300_000 });
      expect((handed as { reason: string }).reason).toContain('451 4.7.1 Greylisted, come back');
    },
  );

  it.each(['MAIL', 'RCPT', 'DATA', 'dot'] as const)(
    'that says 550 at %s gives the letter back for good',
    async stage => {
      const handed = await outcome(stage, { reply: '550 5.1.1 No such person' });
      expect(handed).toMatchObject({
        kind: 'returned',
        reason: expect.stringContaining('550 5.1.1 No such person'),
      });
    },
  );

  it.each(['greeting', 'EHLO'] as const)(
    'that turns us away at %s does not condemn the letter',
    async stage => {
      expect(await outcome(stage, { reply: '554 5.7.1 Not from your address' })).toMatchObject({
        kind: 'later',
        blocks: 'all',
      });
    },
  );

  it('that wants a login first does not condemn the letter', async () => {
    expect(await outcome('MAIL', { reply: '530 5.7.0 Authentication required' })).toMatchObject({
      kind: 'later',
      blocks: 'all',
      reason: expect.stringContaining('Check the mail settings.'),
    });
  });

  it.each(stages.slice(0, -1))('that drops the connection at %s has accepted nothing: later', async stage => {
    expect(await outcome(stage, { drop: true })).toMatchObject({ kind: 'later', handedOver: 0 });
  });

  it.each(stages.slice(0, -1))('that says nothing at %s has accepted nothing: later', async stage => {
    expect(await outcome(stage, { hang: true })).toMatchObject({ kind: 'later', handedOver: 0 });
  });

  it('that drops the connection after the final dot may have the letter: unclear, and not sent again by itself', async () => {
    expect(await outcome('dot', { drop: true })).toMatchObject({ kind: 'unclear', handedOver: 1 });
  });

  it('that says nothing after the final dot may have the letter: unclear, and not sent again by itself', async () => {
    expect(await outcome('dot', { hang: true })).toMatchObject({ kind: 'unclear', handedOver: 1 });
  });

  it('that takes the letter and then closes has it', async () => {
    expect(await outcome('dot', { replyAndDrop: '250 taken' })).toMatchObject({
      kind: 'sent',
      handedOver: 1,
    });
  });

  it('that is not there has accepted nothing: later, and the reason says where nothing answers', async () => {
    const gone = await keepingServer();
    await gone.close();
    expect(await using(mailerTo(gone.port)).send(aLetter())).toEqual({
      kind: 'later',
      blocks: 'all',
      reason: `Nothing answers at the mail server 127.0.0.1:${gone.port} (connection refused).`,
    });
  });

  it('whose name does not exist has accepted nothing: later', async () => {
    const mailer = using(
      smtpMailer({
        host: 'mail.invalid',
        port: 25,
        security: 'none',
        timeouts: { connectMs: 2_000 },
        clock: settableClock(0),
      }),
    );
    expect(await mailer.send(aLetter())).toMatchObject({ kind: 'later', blocks: 'all' });
  });
});

describe('a secure connection', () => {
  const secureMailer = (port: number, parts: Partial<Parameters<typeof smtpMailer>[0]>): Mailer =>
    using(
      smtpMailer({
        host: '127.0.0.1',
        port,
        security: 'starttls',
        timeouts: { connectMs: 2_000, silenceMs: 2_000 },
        clock: settableClock(0),
        ...parts,
      }),
    );

  it('is insisted on: without it, and with a certificate nobody vouches for, letters wait', async () => {
    const plain = using(await keepingServer());
    expect(await secureMailer(plain.port, {}).send(aLetter())).toMatchObject({
      kind: 'later',
      blocks: 'all',
    });
    const unknown = using(await keepingServer({ disabledCommands: [] }));
    const handed = await secureMailer(unknown.port, {}).send(aLetter());
    expect(handed).toMatchObject({ kind: 'later', reason: expect.stringContaining('certificate') });
    expect([...plain.arrived, ...unknown.arrived]).toEqual([]);
  });

  it('carries the login; a wrong one makes letters wait and names the settings', async () => {
    const server = using(
      await keepingServer({
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (auth, _session, done) =>
          auth.password === 'right' ? done(null, { user: 'gangway' }) : done(new Error('wrong')),
      }),
    );
    const right = { user: 'gangway', password: 'right' };
    expect(await secureMailer(server.port, { security: 'none', login: right }).send(aLetter())).toEqual({
      kind: 'sent',
    });
    const handed = await secureMailer(server.port, {
      security: 'none',
      login: { ...right, password: 'pa55-of-another' },
    }).send(aLetter());
    expect(handed).toMatchObject({
      kind: 'later',
      blocks: 'all',
      reason: expect.stringContaining('mail settings'),
    });
    expect(JSON.stringify(handed)).not.toContain('pa55');
  });
});
