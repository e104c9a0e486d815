import type { Belief } from '#booking/surface.ts';
import { dynamoAgenda } from '#durable/agenda.dynamodb.ts';
import type { Due } from '#durable/agenda.ts';
import { dynamoBeliefs } from '#fulfilment/beliefs.dynamodb.ts';
import { isoInstant } from '#lib/clock.ts';
import { aLetter } from '#mail/letters.testing.ts';
import type { Mailer } from '#mail/mailer.ts';
import { dynamoPost } from '#mail/post.dynamodb.ts';
import { egress, lookingFor } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { untilAnswered, type Work, type WorkParts } from './work.ts';

const bookings = Array.from({ length: 12 }, (_, n) => `bkg_${String(n).padStart(16, '0')}`);

/** The board: of each surface what was written last, and in the summaries and the list of troubles just that. */
export function beliefs({ table }: WorkParts): Work {
  const store = dynamoBeliefs(table);
  const said = new Map<string, Belief>();
  const busy = new Set<string>();
  const states = ['stated', 'pending', 'failing', 'stuck', 'withdrawn'] as const;
  let count = 0;
  return {
    async step(dice) {
      const booking = dice.pick(bookings);
      const recipient = dice.pick(['', 'ana', 'kim']);
      const key = `${booking} ${recipient}`;
      // One after the other, or nobody could say which is the last.
      if (busy.has(booking)) return;
      busy.add(booking);
      const state = dice.pick(states);
      const belief: Belief = {
        ...{ booking, surface: 'guest page', recipient, state, at: isoInstant(1.8e12 + count * 1000) },
        ...{ desiredRevision: count++, desiredDigest: 'd', statedRevision: null, statedDigest: null },
        ...{ attempts: 1, error: null, url: null, awaiting: null },
      };
      if (dice.chance(0.05)) {
        await untilAnswered(dice, () => store.forget(booking));
        for (const each of said.keys()) if (each.startsWith(booking)) said.delete(each);
      } else {
        await untilAnswered(dice, () => (dice.chance(0.5) ? store.put(belief) : store.putDurably(belief)));
        said.set(key, belief);
      }
      busy.delete(booking);
    },
    async look() {
      const wrong: string[] = [];
      const isTroubled = ({ state }: Belief) => state === 'failing' || state === 'stuck';
      const summaries = await store.summary(bookings);
      for (const booking of bookings) {
        const expected = [...said.values()].filter(belief => belief.booking === booking);
        const found = await store.of(booking);
        const digest = (all: readonly Belief[]) =>
          all
            .map(({ recipient, desiredRevision, state }) => `${recipient} ${desiredRevision} ${state}`)
            .sort();
        if (digest(found).join() !== digest(expected).join())
          wrong.push(`the board of ${booking} says ${digest(found)} and not ${digest(expected)}`);
        const troubled = summaries.get(booking)?.troubled ?? 0;
        if (troubled !== expected.filter(isTroubled).length)
          wrong.push(`the summary of ${booking} counts ${troubled} in trouble`);
      }
      const listed = await store.troubled(100_000);
      const all = [...said.values()].filter(isTroubled);
      if (listed.length !== all.length) wrong.push(`${listed.length} troubles listed of ${all.length}`);
      return wrong;
    },
  };
}

/** The agenda: of each booking what was planned last, due until it is done, and what is done stays done. */
export function agenda({ table, clock }: WorkParts): Work {
  const store = dynamoAgenda(table, clock);
  const planned = new Map<string, Map<string, Due & { isDone: boolean }>>();
  const busy = new Set<string>();
  const past = (dice: { below: (n: number) => number }) =>
    isoInstant(Date.parse('2027-03-01T00:00:00Z') + dice.below(20) * 86_400_000);
  return {
    async step(dice) {
      const subject = dice.pick(bookings);
      if (busy.has(subject)) return;
      busy.add(subject);
      const known = planned.get(subject);
      const open = [...(known?.values() ?? [])].filter(({ isDone }) => !isDone);
      if (open.length > 0 && dice.chance(0.6)) {
        const { isDone: _isDone, ...due } = dice.pick(open);
        await untilAnswered(dice, () => store.done(due));
        known?.set(due.kind, { ...due, isDone: true });
      } else {
        const kinds = ['remind guest', 'remind crew', 'thank guest', 'purge'].filter(() => dice.chance(0.7));
        const dues = kinds.map(kind => ({ kind, subject, dueAt: past(dice) }));
        await untilAnswered(dice, () => store.replace(subject, dues));
        const done = [...(known?.values() ?? [])].filter(({ isDone }) => isDone);
        const now = new Map(done.map(due => [due.kind, due]));
        for (const due of dues) now.set(due.kind, { ...due, isDone: now.has(due.kind) });
        planned.set(subject, now);
      }
      busy.delete(subject);
    },
    async look() {
      const wrong: string[] = [];
      const due = (await store.due(100_000)).map(({ subject, kind }) => `${subject} ${kind}`);
      const all = [...planned].flatMap(([subject, kinds]) =>
        [...kinds.values()].map(it => ({ ...it, subject })),
      );
      const expected = all.filter(({ isDone }) => !isDone).map(({ subject, kind }) => `${subject} ${kind}`);
      if (due.toSorted().join() !== expected.toSorted().join())
        wrong.push(`due are ${due.toSorted().join(', ')} and not ${expected.toSorted().join(', ')}`);
      for (const { subject, kind, dueAt, isDone } of all) {
        const row = (await store.of(subject)).find(each => each.kind === kind);
        if (row === undefined || (row.doneAt !== null) !== isDone || row.dueAt !== dueAt)
          wrong.push(`${kind} of ${subject} is ${JSON.stringify(row)}`);
      }
      return wrong;
    },
  };
}

/** Letters: each that was taken goes out, once or, where nobody can know whether it did, once more; two deliver at a time. */
export function letters({ table, clock }: WorkParts): Work {
  const handed = new Map<string, number>();
  const mailer: Mailer = {
    exactlyOnce: false,
    async send({ id }) {
      handed.set(id, (handed.get(id) ?? 0) + 1);
      return { kind: 'sent' };
    },
    close: async () => {},
  };
  const noAmounts = egress({ leaks: lookingFor(() => []), onRefused: () => {} });
  const offices = [1, 2].map(() => dynamoPost({ table, mailer, egress: noAmounts, clock, log: silentLog }));
  const posted = new Set<string>();
  let written = 0;
  return {
    async step(dice) {
      const office = dice.pick(offices);
      if (dice.chance(0.3)) return untilAnswered(dice, () => office.deliverDue());
      const isRepeat = posted.size > 0 && dice.chance(0.3);
      const id = isRepeat ? dice.pick([...posted]) : `bkg_1/guest letter/carole@example.org/${written++}`;
      await untilAnswered(dice, () => office.post(aLetter({ id })));
      posted.add(id);
    },
    async look() {
      const [office] = offices;
      const rest = () => new Promise<void>(resolve => clock.after(20 * 60_000, resolve));
      for (let round = 0; round < 6; round++) {
        await rest();
        await office?.deliverDue();
      }
      const all = (await office?.list({ limit: 100_000 })) ?? [];
      const wrong: string[] = [];
      if (all.length !== posted.size) wrong.push(`${all.length} letters of ${posted.size}`);
      for (const id of posted) {
        const found = all.find(letter => letter.id === id);
        const times = handed.get(id) ?? 0;
        if (times < 1 || times > 2) wrong.push(`${id} went out ${times} times`);
        if (found?.state !== 'sent' && !found?.mayHaveGone) wrong.push(`${id} is ${found?.state ?? 'lost'}`);
      }
      return wrong;
    },
  };
}
