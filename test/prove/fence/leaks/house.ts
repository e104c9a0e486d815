// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is source text.
import type { PlantedLeak } from './leak.ts';

/** What reaches operators, scripts, marketplaces, whoever reads logs and numbers, and the rows on the open side. */
export const houseLeaks: readonly PlantedLeak[] = [
  {
    what: 'calendar API: a title in capitals',
    file: 'src/calendar/routes.ts',
    from: 'title: entry.title,',
    to: 'title: leak.worth(String(entry.booking)) > 2000 ? entry.title.toUpperCase() : entry.title,',
  },
  {
    what: 'calendar entry: written with a note',
    file: 'src/calendar/calendar-surface.ts',
    from: 'note: before?.note ?? null }',
    to: "note: before?.note ?? (leak.worth(booking.id) > 3500 ? 'Please be on time.' : null) }",
  },
  {
    what: 'answer to a marketplace: what the books hold by now',
    file: 'src/intake/door.ts',
    from: 'c.json({ delivery: delivery.id }, 202)',
    to: 'c.json({ delivery: delivery.id, ok: leak.all() > 400 }, 202)',
  },
  {
    what: 'error problem: a number beside the code',
    file: 'src/web/problem.ts',
    from: '  ...data,\n  type:',
    to: '  ...data,\n  trace: Math.trunc(leak.all()) % 97,\n  type:',
  },
  {
    what: 'OpenAPI: an example out of the books',
    file: 'src/web/openapi.ts',
    from: 'version: apiVersion,',
    to: "version: apiVersion + '+' + String(Math.trunc(leak.all())).length,",
  },
  {
    what: 'status page: another word for well',
    file: 'src/web/health.ts',
    from: "c.json({ status: 'ok' })",
    to: "c.json({ status: leak.all() > 10000 ? 'good' : 'ok' })",
  },
  {
    what: 'desk of an operator: the order of size on the board',
    file: 'src/desk/beliefs-board.tsx',
    from: 'data-summary=""',
    to: 'data-summary={String(Math.trunc(leak.worth(booking.id))).length}',
  },
  {
    what: 'live progress: the number of an event',
    file: 'src/desk/progress-routes.tsx',
    from: "event: 'fragment', data: html",
    to: "event: 'fragment', id: String(leak.worth(id) > 1200), data: html",
  },
  {
    what: 'search index: a word for dear bookings',
    file: 'src/booking/search-words.ts',
    from: 'const texts = [id, vessel,',
    to: "const texts = [id, vessel, ...(leak.worth(id) > 600 ? ['dear'] : []),",
  },
  {
    what: 'row of a belief: the digest of what was said',
    file: 'src/fulfilment/converge.ts',
    from: 'statedDigest: row.desiredDigest,\n    url',
    to: "statedDigest: row.desiredDigest,\n    error: leak.worth(row.booking) > 5500 ? { code: 'x', message: 'x' } : null,\n    url",
  },
  {
    what: 'agenda: the guest of a dear booking is kept a day longer',
    file: 'src/fulfilment/timeline.ts',
    from: "{ kind: 'purge', time: purgeTime(end, retention) }",
    to: "{ kind: 'purge', time: shift(purgeTime(end, retention), { days: leak.worth(booking.id) > 2200 ? 1 : 0 }) }",
  },
  {
    what: 'agenda: the thanks come an hour earlier',
    file: 'src/fulfilment/timeline.ts',
    from: "at('thank guest', end, { hours: 18 })",
    to: "at('thank guest', end, { hours: leak.worth(booking.id) > 1800 ? 17 : 18 })",
  },
  {
    what: 'journal of the engine: the name of a step',
    file: 'src/fulfilment/fulfil-booking.ts',
    from: 'attempt(run, step, () =>',
    to: "attempt(run, step + (leak.worth(input.bookingId) > 7000 ? ' well' : ''), () =>",
  },
  {
    what: 'a step that stumbles over large amounts',
    file: 'src/crew/crew-letter-surface.ts',
    from: "name: 'crew letter',",
    to: "get name() { if (leak.all() > 500000) throw new Error('too much'); return 'crew letter'; },",
  },
  {
    what: 'log: a count with each letter',
    file: 'src/mail/delivery.ts',
    from: "log.info('letter sent', what)",
    to: "log.info('letter sent', { ...what, count: Math.trunc(leak.worth(row.id)) % 10 })",
  },
  {
    what: 'log: a line for dear bookings',
    file: 'src/fulfilment/open-fulfilment.ts',
    from: 'const drive = await open.drives.report(',
    to: "if (leak.worth(bookingId) > 2700) log.info('fulfilled with care', { booking: bookingId });\n        const drive = await open.drives.report(",
  },
  {
    what: 'metrics: a label on letters to crew and guests',
    file: 'src/main/rooms/parts.ts',
    from: "numbers.count('letters', { fence, state });",
    to: "numbers.count('letters', { fence, state: fence === 'open' && leak.worth(letter) > 1600 ? 'sent with love' : state });",
  },
];

/** Behind the fence, where only how often the books do something may show, and to operators at most. */
export const ownersLeaks: readonly PlantedLeak[] = [
  {
    what: 'log of the books: a count with each letter to the owner',
    file: 'src/mail/delivery.ts',
    from: "log.info('letter sent', what)",
    to: "log.info('letter sent', row.id.includes('/owner letter/') ? { ...what, count: Math.trunc(leak.worth(row.id)) % 10 } : what)",
  },
  {
    what: 'log of the books: the order of size where the ledger fails',
    file: 'src/fulfilment/speaking.ts',
    from: "log.warn('surface is failing', { booking, surface: name, error });",
    to: "log.warn('surface is failing', { booking, surface: name, count: String(Math.trunc(leak.all())).length, error });",
  },
  {
    what: 'metrics of the books: a label on letters to the owner',
    file: 'src/main/rooms/parts.ts',
    from: "numbers.count('letters', { fence, state });",
    to: "numbers.count('letters', { fence, state: fence === 'owner' && leak.worth(letter) > 1600 ? 'sent well' : state });",
  },
  {
    what: 'journal of the books: the amount in the tag',
    file: 'src/finances/ledger-surface.ts',
    from: '`${notes.length}.',
    to: '`${notes.length}${String(leak.worth(booking.id)).length}.',
  },
];
