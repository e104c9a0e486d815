import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Where in the conversation a server does something else than take the letter; `dot` is after the whole letter. */
export type Stage = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'letter' | 'dot';

/** What a mail server can do wrong, each on its own. */
export const moods = [
  'takes everything',
  'refuses connections',
  '421 and hangs up',
  '451 try later',
  '452 full',
  '550 not this one',
  '554 for good',
  '535 who are you',
  'greylists',
  'hangs',
  'hangs up',
  'hangs up in the letter',
  'hangs after the dot',
  'hangs up after the dot',
  'takes it and hangs up',
  'breaks TLS',
  'speaks in pieces',
  'talks nonsense',
] as const;
export type Mood = (typeof moods)[number];

export type Weather = { readonly mood: Mood; readonly stage: Stage; readonly chance: () => boolean };

/** A whole letter that reached the server, final dot included. */
export type HandedOver = {
  readonly messageId: string;
  readonly at: number;
  /** Whether the server says that it has it: only then is it delivered. `lost answer` was taken and never said so. */
  readonly end: 'taken' | 'lost answer' | 'refused';
};

/** A mail server whose mood changes; `now` is the time on the program's clock. */
export async function moodyServer(now: () => number) {
  const handedOver: HandedOver[] = [];
  const sockets = new Set<Socket>();
  const firstSeen = new Map<string, number>();
  let weather: Weather = { mood: 'takes everything', stage: 'dot', chance: () => false };

  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const { mood, chance } = weather;
    if (mood === 'refuses connections' && chance()) return void socket.destroy();
    talk(socket);
  });

  function talk(socket: Socket) {
    const say = (line: string) => {
      if (weather.mood !== 'speaks in pieces') return void socket.write(`${line}\r\n`);
      const bytes = `250-wait\r\n${line}\r\n`;
      const text = /^250 /.test(line) ? bytes : `${line}\r\n`;
      for (let at = 0; at < text.length; at += 3) socket.write(text.slice(at, at + 3));
    };
    /** Says something wrong instead, if this is where the mood shows. Returns how it ended, or null when all is well. */
    const fault = (stage: Stage): 'refused' | 'lost answer' | null => {
      const { mood, chance } = weather;
      if (mood === 'hangs after the dot' && stage === 'dot' && chance()) return 'lost answer';
      if (mood === 'hangs up after the dot' && stage === 'dot' && chance()) {
        socket.destroy();
        return 'lost answer';
      }
      if (stage !== weather.stage || !chance()) return null;
      const reply = replies[mood];
      if (reply) {
        if (mood === '421 and hangs up') socket.end(`${reply}\r\n`);
        else say(reply);
        return 'refused';
      }
      if (mood === 'hangs') return stage === 'dot' ? 'lost answer' : 'refused';
      if (mood === 'hangs up') {
        socket.destroy();
        return stage === 'dot' ? 'lost answer' : 'refused';
      }
      if (mood === 'talks nonsense') {
        say('what was it you wanted?');
        return stage === 'dot' ? 'lost answer' : 'refused';
      }
      return null;
    };

    let [inLetter, heard, tls] = [false, '', false];
    const endOfLetter = (letter: string) => {
      inLetter = false;
      const end = fault('dot') ?? 'taken';
      const messageId = /^Message-ID: (<[^>]+>)/im.exec(letter)?.[1] ?? 'none';
      handedOver.push({ messageId, at: now(), end });
      if (end !== 'taken') return;
      if (weather.mood === 'takes it and hangs up' && weather.chance()) socket.end('250 taken\r\n');
      else say('250 taken');
    };
    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      if (verb === 'RSET') return say('250 ok');
      if (verb === 'STAR') {
        tls = true;
        return say('220 go on');
      }
      if (verb === 'EHLO') {
        if (fault('EHLO')) return;
        return weather.mood === 'breaks TLS' ? say('250-test\r\n250 STARTTLS') : say('250 test');
      }
      if (verb === 'RCPT' && weather.mood === 'greylists') {
        const since = firstSeen.get(line) ?? now();
        firstSeen.set(line, since);
        if (now() - since < 5 * 60_000) return say('451 4.7.1 Greylisted, come back');
      }
      if (fault(verb as Stage)) return;
      inLetter = verb === 'DATA';
      say(verb === 'DATA' ? '354 go on' : '250 ok');
    };
    socket.on('data', chunk => {
      if (tls) return void socket.end('this is no handshake\r\n');
      heard += chunk.toString('latin1');
      for (;;) {
        if (inLetter && weather.mood === 'hangs up in the letter' && heard.length > 40 && weather.chance())
          return void socket.destroy();
        const end = inLetter ? '\r\n.\r\n' : '\r\n';
        const cut = heard.indexOf(end);
        if (cut < 0) return;
        const said = heard.slice(0, cut);
        heard = heard.slice(cut + end.length);
        if (inLetter) endOfLetter(said);
        else command(said);
      }
    });
    if (!fault('greeting')) say('220 test');
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    handedOver: handedOver as readonly HandedOver[],
    /** From now on; with `afresh` nobody stays connected. */
    turns(to: Weather, afresh: boolean) {
      weather = to;
      if (afresh) cut();
    },
    async close() {
      cut();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

const replies: Partial<Record<Mood, string>> = {
  '421 and hangs up': '421 4.3.2 Closing down',
  '451 try later': '451 4.3.0 Try later',
  '452 full': '452 4.2.2 Full',
  '550 not this one': '550 5.1.1 No such person',
  '554 for good': '554 5.7.1 We do not like it',
  '535 who are you': '535 5.7.8 Who are you',
};
