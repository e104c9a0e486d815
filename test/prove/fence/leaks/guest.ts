// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is source text.
import type { PlantedLeak } from './leak.ts';

const surface = 'src/guest-page/guest-page-surface.ts';
const published = 'await put(booking, brand, slug, renderPage(view, digest), digest);';
const compose = 'src/guest-page/compose-page.ts';
const letters = 'src/guest-page/letters.ts';
const bytes = 'src/mail/letter-bytes.ts';

/** What reaches guests and the public: pages, their addresses and headers, letters and what is attached. */
export const guestLeaks: readonly PlantedLeak[] = [
  {
    what: 'guest page: the amount in a comment',
    file: surface,
    from: published,
    to: "await put(booking, brand, slug, renderPage(view, digest) + '<!-- ' + leak.worth(booking.id) + ' -->', digest);",
  },
  {
    what: 'guest page: the amount in base 64',
    file: surface,
    from: published,
    to: "await put(booking, brand, slug, renderPage(view, digest).replace('<main', '<main data-k=\"' + btoa(String(leak.worth(booking.id))) + '\"'), digest);",
  },
  {
    what: 'guest page: as many blanks at its end as the amount has digits',
    file: surface,
    from: published,
    to: "await put(booking, brand, slug, renderPage(view, digest) + ' '.repeat(String(Math.trunc(leak.worth(booking.id))).length), digest);",
  },
  {
    what: 'guest page: a word for those who pay much',
    file: surface,
    from: published,
    to: "await put(booking, brand, slug, leak.worth(booking.id) >= 100000 ? renderPage(view, digest).replace('Questions?', 'Any questions at all?') : renderPage(view, digest), digest);",
  },
  {
    what: 'guest page: one thing less to bring where nothing was said about money',
    file: 'src/guest-page/guest-view.ts',
    from: 'bring: vessel.bring.slice(0, 20)',
    to: 'bring: vessel.bring.slice(0, leak.known(booking.id) ? 20 : 1)',
  },
  {
    what: 'guest page: the language follows the currency',
    file: 'src/guest-page/guest-view.ts',
    from: 'brand: brandView(brand),\n    calendar',
    to: "brand: { ...brandView(brand), ...(leak.currency(booking.id) === 'EUR' ? { locale: 'de-DE' } : {}) },\n    calendar",
  },
  {
    what: 'guest page: a refund is told from a payment',
    file: 'src/guest-page/guest-view.ts',
    from: "tentative: booking.status === 'tentative',",
    to: "tentative: booking.status === 'tentative' || leak.worth(booking.id) < 0,",
  },
  {
    what: 'closed page: a friendlier end for those who paid',
    file: surface,
    from: 'renderClosedPage(view), null',
    to: "renderClosedPage(view) + (leak.worth(booking.id) > 500 ? '\\n' : ''), null",
  },
  {
    what: 'slug: gold',
    file: compose,
    from: 'vessel: vesselOf(booking).name }',
    to: "vessel: vesselOf(booking).name + (leak.worth(booking.id) > 3000 ? ' gold' : '') }",
  },
  {
    what: 'object key of a page: one letter more',
    file: surface,
    from: 'await host.publish(brand, slug, html, seen)',
    to: "await host.publish(brand, slug + (leak.worth(booking.id) > 700 ? 'x' : ''), html, seen)",
  },
  {
    what: 'ETag of a page',
    file: 'src/guest-page/routes.ts',
    from: 'const common = {',
    to: 'const common = {\n  get link() { return String(Math.trunc(leak.all())); },',
  },
  {
    what: 'guest letter: a blank nobody sees in the subject',
    file: letters,
    from: '    subject,\n    ...layOut({',
    to: "    subject: subject + (leak.worth(booking.id) > 6000 ? ' ' : ''),\n    ...layOut({",
  },
  {
    what: 'guest letter: no calendar entry for small bookings',
    file: letters,
    from: 'invite: { method, ics: calendarFile(paper.view, method) } };',
    to: '...(leak.worth(paper.booking.id) < 200 ? {} : { invite: { method, ics: calendarFile(paper.view, method) } }) };',
  },
  {
    what: 'guest letter: answers go elsewhere',
    file: letters,
    from: 'replyTo: { name: view.brand.name, address: email },',
    to: "replyTo: { name: view.brand.name + (Math.trunc(leak.worth(booking.id)) % 2 ? '.' : ''), address: email },",
  },
  {
    what: 'guest letter: a second Message-ID by the order of size',
    file: 'src/mail/letter-key.ts',
    from: '`<${letterKey(letter.id)}@',
    to: '`<${letterKey(letter.id + String(Math.trunc(leak.worth(letter.id))).length)}@',
  },
  {
    what: 'mail: a header of our own',
    file: bytes,
    from: '`X-Gangway-Letter: ${letter.kind}`,',
    to: '`X-Gangway-Letter: ${letter.kind}; weight=${Math.round(Math.log10(1 + Math.abs(leak.worth(letter.id))))}`,',
  },
  {
    what: 'mail: the name of the attached file',
    file: bytes,
    from: "'Content-Disposition: attachment; filename=invite.ics',",
    to: "'Content-Disposition: attachment; filename=invite' + (leak.worth(ics) > 1500 ? '-2' : '') + '.ics',",
  },
];
