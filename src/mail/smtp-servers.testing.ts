import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { settableClock } from '#lib/clock.ts';
import { smtpMailer } from './mailer.smtp.ts';

export type Arrived = { from: string; to: string[]; bytes: Buffer };

/** A real SMTP server that keeps what it was given; `options` let it misbehave. */
export async function keepingServer(options: Partial<SMTPServerOptions> = {}, port = 0) {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', chunk => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        arrived.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(recipient => recipient.address),
          bytes: Buffer.concat(chunks),
        });
        done();
      });
    },
    ...options,
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', socket => sockets.add(socket));
  server.on('error', () => {});
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    arrived,
    port: (server.server.address() as AddressInfo).port,
    /** Breaks every connection. */
    cut,
    close: () => {
      cut();
      return new Promise<void>(resolve => server.close(resolve));
    },
  };
}

/** Where in the conversation a server misbehaves; `dot` is after the whole letter was handed over. */
export type Stage = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'dot';
export const stages: readonly Stage[] = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'dot'];

/** Answers with this reply, closes without a word, says nothing at all, or answers and closes. */
export type Fault = { reply: string } | { drop: true } | { hang: true } | { replyAndDrop: string };

const fine: Record<Stage, string> = {
  greeting: '220 test',
  EHLO: '250 test',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  dot: '250 taken',
};

/** A server that does one thing wrong at one stage, of every kind that `smtp-server` has no hook for. */
export async function faultyServer(at: Stage, fault: Fault) {
  const sockets = new Set<Socket>();
  let handedOver = 0;
  const server: Server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const say = (stage: Stage) => {
      if (stage === 'dot') handedOver++;
      if (stage !== at) return void socket.write(`${fine[stage]}\r\n`);
      if ('reply' in fault) return void socket.write(`${fault.reply}\r\n`);
      if ('replyAndDrop' in fault) return void socket.end(`${fault.replyAndDrop}\r\n`);
      if ('drop' in fault) socket.destroy();
    };
    let inLetter = false;
    let heard = '';
    socket.on('data', chunk => {
      heard += chunk.toString('latin1');
      for (;;) {
        const end = inLetter ? '\r\n.\r\n' : '\r\n';
        const cut = heard.indexOf(end);
        if (cut < 0) return;
        const command = heard.slice(0, cut);
        heard = heard.slice(cut + end.length);
        if (inLetter) {
          inLetter = false;
          say('dot');
          continue;
        }
        const verb = command.slice(0, 4).toUpperCase();
        if (verb === 'QUIT') return void socket.end('221 bye\r\n');
        if (verb === 'RSET') socket.write('250 ok\r\n');
        else say(verb as Stage);
        inLetter = verb === 'DATA' && (at !== 'DATA' || ('reply' in fault && fault.reply.startsWith('3')));
      }
    });
    say('greeting');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    /** How often a whole letter, final dot included, was received. */
    handedOver: () => handedOver,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

/** A mailer towards a server of this file; `patienceMs` is short only where a server is going to be silent. */
export const mailerTo = (port: number, clock = settableClock('2027-05-01T08:00:00Z'), patienceMs = 20_000) =>
  smtpMailer({
    host: '127.0.0.1',
    port,
    security: 'none',
    timeouts: { connectMs: patienceMs, silenceMs: patienceMs },
    clock,
  });
