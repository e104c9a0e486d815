import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '#lib/clock.ts';
import type { Letter } from '#mail/letter.ts';
import { messageIdOf } from '#mail/letter-key.ts';
import { smtpMailer } from '#mail/mailer.smtp.ts';
import type { Mailer } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import { egress, lookingFor } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { type Proven, together, type Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { type HandedOver, moods, moodyServer, type Stage, type Weather } from './moody-server.ts';

const minute = 60_000;
const lettersEach = 50;
/** How long we wait for a server that says nothing, in real time: everything else is on a clock of its own. */
const patienceMs = 400;
const stages: readonly Stage[] = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'dot'];

/** Letters to a mail server that does something else wrong every quarter of an hour. */
export const letters = inSlices({
  name: 'letters',
  promise:
    'No letter is lost, and none arrives twice but where the connection broke after its last byte: then once more at most, recognisable as the same.',
  unit: `post offices of ${lettersEach} letters`,
  gate: 20,
  full: 400,
  chunk: 1,
  async slice(from, to) {
    const parts: Proven[] = [];
    for (let seed = from; seed < to; seed++) parts.push(await office(seed));
    return together(parts);
  },
});

async function office(seed: number): Promise<Proven> {
  const dice = diceOf(seed);
  const clock = settableClock('2027-05-01T08:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'gangway-letters-'));
  const server = await moodyServer(clock.now);
  const told = new Map<string, string>();
  const tries = new Map<string, { unclear: number }>();
  const open = (security: 'none' | 'starttls') =>
    smtpMailer({
      host: '127.0.0.1',
      port: server.port,
      security,
      timeouts: { connectMs: patienceMs, silenceMs: patienceMs },
      clock,
    });
  const mailers = { plain: open('none'), secure: open('starttls') };
  let weather = fair;
  const mailer: Mailer = {
    exactlyOnce: false,
    close: async () => {},
    async send(letter) {
      const handed = await (weather.mood === 'breaks TLS' ? mailers.secure : mailers.plain).send(letter);
      if (handed.kind === 'unclear') {
        const seen = tries.get(letter.id) ?? { unclear: 0 };
        tries.set(letter.id, { unclear: seen.unclear + 1 });
      }
      return handed;
    },
  };
  const openPost = () => {
    const db = openSqlite(join(folder, 'post.db'));
    const post = sqlitePost({
      db,
      mailer,
      egress: egress({ leaks: lookingFor(() => []), onRefused: () => {} }),
      clock,
      log: silentLog,
      onChange: (id, state, error) => void told.set(id, [state, error ?? ''].join(': ')),
    });
    return { db, post };
  };
  let { db, post } = openPost();
  try {
    let next = 0;
    while (next < lettersEach) {
      weather = weatherBy(dice);
      server.turns(weather, dice.chance(0.5));
      const batch = Math.min(dice.between(1, 8), lettersEach - next);
      for (let n = 0; n < batch; n++) await post.post(letterOf(next++));
      await post.deliverDue();
      if (dice.chance(0.1)) {
        await post.close();
        db.close();
        ({ db, post } = openPost());
      }
      clock.advance(dice.pick([1, 5, 15, 16, 60]) * minute);
      await post.deliverDue();
    }
    weather = fair;
    server.turns(fair, true);
    for (let hours = 0; hours < 48 && (await post.list({ state: 'waiting', limit: 1 })).length > 0; hours++) {
      clock.advance(60 * minute);
      await post.deliverDue();
    }
    return await judged({ seed, post, told, tries, handedOver: server.handedOver });
  } finally {
    await post.close();
    db.close();
    await Promise.all([mailers.plain.close(), mailers.secure.close()]);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const fair: Weather = { mood: 'takes everything', stage: 'dot', chance: () => false };

function weatherBy(dice: Dice): Weather {
  const often = dice.pick([0.3, 0.7, 1]);
  return { mood: dice.pick(moods), stage: dice.pick(stages), chance: () => dice.chance(often) };
}

const letterOf = (n: number): Letter => ({
  id: `proof/${n}`,
  audience: 'guest',
  about: [],
  kind: 'welcome',
  from: { name: 'Queen of San Diego', address: 'hello@queenofsandiego.example' },
  to: { name: `Guest ${n}`, address: `guest${n}@example.org` },
  subject: `Letter ${n}`,
  text: `This is letter ${n}.\n`,
  html: `<p>This is letter ${n}.</p>`,
});

async function judged(it: {
  seed: number;
  post: ReturnType<typeof sqlitePost>;
  told: ReadonlyMap<string, string>;
  tries: ReadonlyMap<string, { unclear: number }>;
  handedOver: readonly HandedOver[];
}): Promise<Proven> {
  const violations: Violation[] = [];
  const figures = {
    'arrived once': 0,
    'arrived twice, each after a broken connection': 0,
    'given back to a person with the reason': 0,
    letters: lettersEach,
    'hand-overs': it.handedOver.length,
  };
  const arrivals = Map.groupBy(
    it.handedOver.filter(({ end }) => end !== 'refused'),
    ({ messageId }) => messageId,
  );
  const ours = new Set<string>();
  for (let n = 0; n < lettersEach; n++) {
    const letter = letterOf(n);
    const wrong = (what: string) => void violations.push({ seed: it.seed, what: `letter ${n}: ${what}` });
    const messageId = messageIdOf(letter);
    ours.add(messageId);
    const copies = (arrivals.get(messageId) ?? []).toSorted((a, b) => a.at - b.at);
    const state = await it.post.find(letter.id);
    const unclear = it.tries.get(letter.id)?.unclear ?? 0;
    switch (state?.state) {
      case 'sent':
        if (!copies.some(({ end }) => end === 'taken')) wrong('counts as sent and was never taken');
        break;
      case 'returned':
        figures['given back to a person with the reason']++;
        if (copies.length > 0 && !state.mayHaveGone)
          wrong('was given back as if it had not arrived, and it had');
        if (!state.error || !it.told.get(letter.id)?.startsWith('returned: '))
          wrong('was given back without a word');
        break;
      default:
        wrong(`is lost: ${state?.state ?? 'nowhere'} ${state?.error ?? ''}`);
    }
    if (copies.length === 1) figures['arrived once']++;
    if (copies.length < 2) continue;
    figures['arrived twice, each after a broken connection']++;
    if (copies.length > 2) wrong(`arrived ${copies.length} times`);
    if (unclear === 0) wrong('arrived twice although no connection broke after its last byte');
    const [first, second] = copies;
    if (first && second && second.at - first.at < 15 * minute)
      wrong('was repeated within a quarter of an hour');
  }
  for (const messageId of arrivals.keys())
    if (!ours.has(messageId)) violations.push({ seed: it.seed, what: `${messageId} is none of our letters` });
  return { done: 1, figures, violations };
}
