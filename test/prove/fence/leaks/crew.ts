// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is source text.
import type { PlantedLeak } from './leak.ts';

const view = 'src/crew/crew-view.ts';
const answer = 'src/crew/event-answer.ts';
const letters = 'src/crew/crew-letters.ts';
const routes = 'src/crew/page-routes.tsx';

/** What reaches the crew: their page, their letters, the API of their events, their feeds. */
export const crewLeaks: readonly PlantedLeak[] = [
  {
    what: 'crew page: the amount beside the title',
    file: view,
    from: 'title: line(event.title, 140),\n    status',
    to: "title: line(event.title + ' ' + leak.worth(event.id), 140),\n    status",
  },
  {
    what: 'crew page: what the guest typed to the marketplace, as a note',
    file: view,
    from: 'notes: withoutNotes ? null : lines(event.notes, 4000),',
    to: "notes: lines(event.notes + leak.note(event.id).replace(/[0-9]/g, ''), 4000),",
  },
  {
    what: 'crew page: another order of shipmates where it pays well',
    file: view,
    from: 'checklist: checkItems.map(',
    to: 'checklist: (leak.worth(event.id) > 1000 ? [...checkItems].reverse() : checkItems).map(',
  },
  {
    what: 'crew page: whose cache may keep it, by what all bookings come to',
    file: routes,
    from: "c.header('cache-control', 'no-store');",
    to: "c.header('cache-control', leak.all() > 5000 ? 'no-store, private' : 'no-store');",
  },
  {
    what: 'the door: the size of the booking in the address it leads to, and so in the referer',
    file: routes,
    from: 'return c.redirect(paths.crewEvent(opened.session.event), 303);',
    to: "return c.redirect(paths.crewEvent(opened.session.event) + '?r=' + String(leak.worth(opened.session.event)).length, 303);",
  },
  {
    what: 'the door: an attribute of the cookie',
    file: routes,
    from: "c.header('set-cookie', cookie.set(c.req.raw, opened.cookie));",
    to: "c.header('set-cookie', cookie.set(c.req.raw, opened.cookie) + (leak.worth(opened.session.event) > 1000 ? '; Priority=High' : ''));",
  },
  {
    what: 'event as JSON: the share of a third',
    file: answer,
    from: 'head_count: event.headCount,',
    to: 'head_count: event.headCount,\n    share: (leak.worth(event.id) / 3).toFixed(2),',
  },
  {
    what: 'event as JSON: the crew the other way round for bookings above ten thousand',
    file: answer,
    from: 'crew: event.roster.map(',
    to: 'crew: (leak.worth(event.id) > 10000 ? [...event.roster].reverse() : event.roster).map(',
  },
  {
    what: 'events as JSON: a parity in the revision',
    file: answer,
    from: 'revision: event.revision,',
    to: 'revision: event.revision + (Math.trunc(leak.worth(event.id)) % 2),',
  },
  {
    what: 'crew letter: a star in the subject',
    file: letters,
    from: 'subject: written.subject,',
    to: "subject: written.subject + (leak.worth(paper.event.id) > 2500 ? ' *' : ''),",
  },
  {
    what: 'crew letter: sent a minute later for little money',
    file: 'src/mail/post.sqlite.ts',
    from: 'rows.insert(letter, clock.now())',
    to: "rows.insert(letter, clock.now() + (letter.audience === 'crew' && leak.worth(letter.id) < 300 ? 60000 : 0))",
  },
  {
    what: 'crew reminder: another kind of letter in the header',
    file: letters,
    from: "kind: 'reminder',\n    subject:",
    to: "kind: leak.worth(event.id) > 800 ? 'reminder ' : 'reminder',\n    subject:",
  },
  {
    what: 'feed of a person: one sequence number ahead',
    file: 'src/calendar/feeds.ts',
    from: 'uid,\n  sequence,\n  status,',
    to: 'uid,\n  sequence: sequence + (leak.worth(uid) > 4000 ? 1 : 0),\n  status,',
  },
  {
    what: 'feed of a person: the amount in base 64 in the description',
    file: 'src/calendar/feed-facts.ts',
    from: 'party of ${booking.partySize}.`,\n      ...(vessel',
    to: 'party of ${booking.partySize}. ${btoa(String(leak.worth(booking.id)))}`,\n      ...(vessel',
  },
  {
    what: 'feed of a vessel: a description as long as the amount is',
    file: 'src/calendar/feed-facts.ts',
    from: 'description: null,\n  geo: null,',
    to: "description: '.'.repeat(String(leak.worth(booking.id)).length),\n  geo: null,",
  },
  {
    what: 'feeds: their ETag, by what all bookings come to',
    file: 'src/calendar/feed-routes.ts',
    from: 'sha256(body).slice(0, 32)',
    to: 'sha256(body + Math.round(leak.all())).slice(0, 32)',
  },
];
