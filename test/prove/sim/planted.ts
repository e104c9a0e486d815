// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is source text.
import type { Mutation } from '../disk/victims.ts';

/** A mistake that somebody could make, planted in a copy of the program, and the stories that have to notice it. */
export type PlantedFault = Mutation & { readonly what: string; readonly stories: 'counter' | 'whole' };

const intake = 'src/intake/process-delivery.ts';
const inbox = 'src/intake/inbox.sqlite.ts';
const taking = 'src/booking/take-message.ts';
const recording = 'src/booking/record-message.sqlite.ts';
const fold = 'src/booking/fold.ts';
const post = 'src/mail/delivery.ts';
const attempts = 'src/mail/settle-attempt.ts';

const counterFaults: readonly Omit<PlantedFault, 'stories'>[] = [
  {
    what: 'a message is acknowledged before it is on disk',
    file: inbox,
    from: 'await db.write(tx => receiveIn(',
    to: 'await db.writeSoon(tx => receiveIn(',
  },
  {
    what: 'a message counts as read before its booking is written',
    file: intake,
    from: 'const became = await take(room, delivery, now);',
    to: "await room.inbox.markDone(id, { kind: 'unchanged', booking: null, revision: null });\n    const became = await take(room, delivery, now);",
  },
  {
    what: 'what a crash left unread is not read again',
    file: inbox,
    from: "pending: async limit => select(`state = 'pending' AND dueAt <= ?",
    to: "pending: async limit => select(`state = 'pending' AND tries > 0 AND dueAt <= ?",
  },
  {
    what: 'a message that is read twice counts twice',
    file: recording,
    from: 'if (heardBefore) return standing(tx, heardBefore.booking);',
    to: 'if (heardBefore) message = { ...message, messageId: `${message.messageId} again` };',
  },
  {
    what: 'the order in which messages come in counts',
    file: fold,
    from: 'return messages.toSorted(\n    (a, b) =>\n      rank(a)',
    to: 'return [...messages];\n  messages.toSorted(\n    (a, b) =>\n      rank(a)',
  },
  {
    what: 'a change that comes after the end brings a booking back',
    file: fold,
    from: 'cancelledBy: cancels[0] ?? null,',
    to: "cancelledBy: inOrder(byName.get(last ?? '') ?? []).at(-1) === cancels.at(-1) ? (cancels[0] ?? null) : null,",
  },
  {
    what: 'a cancellation of what nobody has heard of yet is forgotten',
    file: recording,
    from: 'if (!kept) insertRow(tx, id, writing.now);',
    to: "if (judgement.kind === 'withheld') return { kind: 'remembered', booking: before, absorbed: [] };\n  if (!kept) insertRow(tx, id, writing.now);",
  },
  {
    what: 'a rebooking is another booking',
    file: taking,
    from: 'if (replaces !== undefined) names.push({ source, externalId: replaces });',
    to: '',
  },
  {
    what: 'a change does not raise the revision',
    file: taking,
    from: '(before?.revision ?? 0) + (revised ? 1 : 0)',
    to: 'before?.revision ?? 1',
  },
  {
    what: 'a revision counts as told before anybody is',
    file: taking,
    from: 'fulfilled: isOff && wasOff && isQuiet }',
    to: 'fulfilled: true }',
  },
  {
    what: 'a price is forgotten when the process dies between the booking and the books',
    file: intake,
    from: 'await handOver(room, now, recorded.absorbed, booking.id);\n    await note(',
    to: "await handOver(room, now, recorded.absorbed, booking.id);\n    if (kind !== 'unchanged') await note(",
  },
  {
    what: 'a price stays with the booking that turned out to be another',
    file: intake,
    from: 'await handOver(room, now, recorded.absorbed, booking.id);',
    to: '',
  },
  {
    what: 'a letter goes out before it is noted that it does',
    file: post,
    from: 'if (!mailer.exactlyOnce && !(await rows.putOnWire(row.id))) return;',
    to: '',
  },
  {
    what: 'a letter that may have arrived goes out again and again',
    file: attempts,
    from: 'return unclear === 0\n',
    to: 'return unclear < 9\n',
  },
  {
    what: 'a letter whose line broke counts as sent',
    file: attempts,
    from: 'return unclear === 0\n        ? {',
    to: "return unclear === 0\n        ? { state: 'sent' }\n        : unclear < 0\n        ? {",
  },
];

const wholeFaults: readonly Omit<PlantedFault, 'stories'>[] = [
  {
    what: 'a run that was overtaken does not stop, and says what the booking was',
    file: 'src/fulfilment/speaking.ts',
    from: "const now = await current(booking);\n      if (isLate(now)) return 'superseded' as const;",
    to: 'const newest = await current(booking);\n      let mine = newest.revision;\n      while (mine > 1 && isLate({ ...newest, revision: mine })) mine--;\n      const now = (await bookings.at(newest.id, mine)) ?? newest;',
  },
  {
    what: 'a page that hangs is not hung anew',
    file: 'src/fulfilment/converge.ts',
    from: 'if (last?.desiredDigest === digest && !it.isAnew) {',
    to: "if (last && (last.desiredDigest === digest || (it.surface.name === 'guest page' && digest !== null && last.state === 'stated')) && !it.isAnew) {",
  },
  {
    what: 'what was being taken back when the process died is not taken back',
    file: 'src/fulfilment/converge.ts',
    from: "const hasSpoken = (belief: Belief) => belief.state !== 'withdrawn';",
    to: "const hasSpoken = (belief: Belief) => belief.state === 'stated';",
  },
  {
    what: 'the books do not hear of another price',
    file: 'src/main/rooms/intake.ts',
    from: 'onNoted: (booking: BookingId) => fulfil.rebook(booking),',
    to: 'onNoted: async () => {},',
  },
  {
    what: 'the ledger of a trip that is off goes on counting',
    file: 'src/finances/ledger-surface.ts',
    from: "if (entry && entry.state !== 'reversed') {",
    to: "if (entry && entry.state === 'open') {",
  },
  {
    what: 'a feed keeps a trip that is off',
    file: 'src/calendar/feed-store.sqlite.ts',
    from: 'DO UPDATE SET cancelled = excluded.cancelled, endAt',
    to: 'DO UPDATE SET endAt',
  },
  {
    what: 'an entry in the calendar is not moved',
    file: 'src/calendar/calendar-store.sqlite.ts',
    from: 'startAt = excluded.startAt, body = excluded.body',
    to: 'startAt = excluded.startAt',
  },
  {
    what: 'something is drawn by chance that a seed does not repeat',
    file: 'src/lib/random.ts',
    from: 'const bits = random.bytes(10, `id ${prefix}`);',
    to: 'const bits = globalThis.crypto.getRandomValues(new Uint8Array(10));',
  },
];

/** Every planted fault; none may get past the invariants. */
export const plantedFaults: readonly PlantedFault[] = [
  ...counterFaults.map(fault => ({ ...fault, stories: 'counter' as const })),
  ...wholeFaults.map(fault => ({ ...fault, stories: 'whole' as const })),
];
