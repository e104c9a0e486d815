import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import { statementIn } from './document.tsx';
import { at, testBooking, testBrand, testVessel } from './guest-page.fixture.ts';
import { type GuestViewParts, parseGuestView } from './guest-view.ts';
import { pageDigest, previewPage, renderPage } from './page.tsx';

const viewOf = (given: Partial<GuestViewParts> = {}) =>
  parseGuestView({
    booking: testBooking(),
    brand: testBrand(),
    vessel: testVessel(),
    crew: [
      { firstName: 'Ana', role: 'captain' },
      { firstName: 'Luis', role: 'crew' },
    ],
    uploads: { uploadDaysBefore: 0, uploadDaysAfter: 7 },
    gallery: [],
    url: 'https://queenofsandiego.example/g/carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa',
    calendarUid: 'bkg_0123456789abcdef.guest@sailjada.example',
    ...given,
  });
const page = (given: Partial<GuestViewParts> = {}) => renderPage(viewOf(given));
const textOf = (html: string) =>
  html
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the guest page', () => {
  it('says when, where, with whom and with what, without script', () => {
    const text = textOf(page());
    for (const said of [
      'Welcome aboard, Carole',
      'Sunday May 30 2027',
      '16:30 PDT',
      '4:30 PM Pacific Daylight Time',
      '19:30 PDT',
      'Harbor Island, dock C, slip 12',
      '1880 Harbor Island Drive',
      'Walk down the ramp',
      'Ana Captain',
      'Luis Crew',
      'Soft-soled shoes',
      '4 guests',
      '+1 619 555 0100',
      'Your photos',
      'Kept true: revision 1, last changed Saturday May 1, 2027, 09:12 PDT',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('is the same bytes for the same view', () => {
    expect(page()).toBe(page());
    expect(previewPage(viewOf())).toBe(page());
  });

  it('fits into one round trip with room to spare', () => {
    const crew = Array.from({ length: 8 }, (_, n) => ({
      firstName: `Crewmember${n}`,
      role: 'crew' as const,
    }));
    const bring = Array.from({ length: 12 }, (_, n) => `Thing number ${n} to bring along, with a reason why`);
    for (const language of ['en', 'es', 'de'] as const) {
      for (const given of [{}, { crew, vessel: testVessel({ bring }) }]) {
        const { byteLength } = brotliCompressSync(page({ ...given, language }));
        expect([language, byteLength <= 8_000 || byteLength]).toEqual([language, true]);
      }
    }
  });

  it('asks nobody else for anything: no address but links, everything inline allowed by its hash', () => {
    const html = page();
    expect(html).not.toMatch(
      / (src|srcset|action|poster|xlink:href)=|@import|url\(|<iframe|<object|XMLHttp|https?:[^"<\s]*\.(js|css|png|jpg)/,
    );
    const policy =
      /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'; worker-src 'self'; form-action 'self'");
    const blocks = [...html.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)];
    expect(blocks.map(([, tag]) => tag)).toEqual(['style', 'script']);
    for (const [, tag, body] of blocks) {
      const hash = Buffer.from(sha256(body ?? ''), 'hex').toString('base64');
      const directive = policy.split('; ').find(part => part.startsWith(`${tag}-src`));
      expect(directive).toContain(`'sha256-${hash}'`);
    }
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).toContain('<meta name="referrer" content="no-referrer"/>');
  });

  it('may send photos to one other host where they go past us, and to nobody else', () => {
    const html = page({ photosTo: 'https://photos.s3.us-west-2.amazonaws.com/' });
    expect(html.replaceAll('&#39;', "'")).toContain(
      "connect-src 'self' https://photos.s3.us-west-2.amazonaws.com; worker-src 'self'",
    );
  });

  it('offers the charter as a calendar file that needs no server', () => {
    const href = /href="data:text\/calendar;charset=utf-8,([^"]*)"/.exec(page())?.[1] ?? '';
    const ics = decodeURIComponent(href);
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(ics).toContain('METHOD:PUBLISH');
    expect(ics).toContain('UID:bkg_0123456789abcdef.guest@sailjada.example');
    expect(ics).toContain('DTSTART:20270530T233000Z');
    expect(ics).toContain('SEQUENCE:1');
    expect(ics).not.toContain('X-WR-CALNAME');
  });

  it('asks for photos by mail where they cannot be opened', () => {
    const html = page({ takesPhotos: false });
    expect(html).not.toContain('type="file"');
    expect(textOf(html)).toContain('Your photos Send them to');
    expect(html).not.toBe(page());
  });

  it('says so when the charter is not confirmed, when nobody is named yet, and when it ends on another day', () => {
    const text = textOf(
      page({
        booking: testBooking({
          status: 'tentative',
          partySize: 1,
          guest: { name: '', email: null, phone: null },
          end: at('2027-06-01T10:00'),
        }),
        crew: [],
      }),
    );
    expect(text).toContain('Not confirmed yet');
    expect(text).toContain('Welcome aboard Not');
    expect(text).toContain('1 guest ');
    expect(text).toContain('Captain and crew are being settled');
    expect(text).toContain('Tuesday, June 1, 10:00 PDT');
  });

  it('says everything in German and Spanish, dates included, and nothing in English', () => {
    const german = textOf(page({ language: 'de' }));
    for (const said of [
      'Willkommen an Bord, Carole',
      'Sonntag 30. Mai 2027',
      '16:30 PDT',
      'Was Sie mitbringen',
      'Ana Schiffsführung',
      '4 Gäste',
      'Nordamerikanische Westküsten-Sommerzeit (PDT)',
      'Fotos hinzufügen',
    ])
      expect(german).toContain(said);
    const spanish = textOf(page({ language: 'es' }));
    for (const said of [
      'Le esperamos a bordo, Carole',
      'domingo 30 de mayo 2027',
      '4 personas',
      'Añadir fotos',
    ])
      expect(spanish).toContain(said);
    const english = /\b(the|your|you|with|and|photos are|back|boarding)\b/i;
    // What the operator wrote stays as it is written.
    const own = testVessel();
    const written = [own.berth.directions, ...own.bring, own.berth.name, own.berth.address, testBrand().name];
    for (const text of [german, spanish])
      expect(written.reduce((left, each) => left.replaceAll(each, ''), text)).not.toMatch(english);
  });

  it('speaks the guest’s language, else the brand’s, its own English included, and English where there is no other', () => {
    expect(textOf(page({ brand: testBrand({ locale: 'en-GB' }) }))).toContain('30 May');
    expect(page({ brand: testBrand({ locale: 'de-AT' }) })).toContain('<html lang="de-AT">');
    expect(page({ brand: testBrand({ locale: 'de-AT' }), language: 'en' })).toContain('<html lang="en-GB">');
    expect(page({ brand: testBrand({ locale: 'fr-FR' }) })).toContain('<html lang="en-GB">');
    expect(page({ brand: testBrand({ locale: 'no such tag!' }) })).toContain('<html lang="en-GB">');
  });

  it('shows what a stranger typed as text, whatever it is', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "';alert(1)//",
      '</style><script>',
      '&lt;b&gt;',
      'javascript:alert(1)',
    ];
    const plain = page();
    const tags = (html: string) => (html.match(/<[a-z/!][^>]*/gi) ?? []).length;
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' })), typed => {
        const html = page({
          booking: testBooking({ guest: { name: `C${typed.replace(/\s/g, '')}`, email: null, phone: null } }),
        });
        expect(tags(html)).toBe(tags(plain));
      }),
    );
  });
});

describe('the digest of a page', () => {
  it('stands in the page', () => {
    expect(statementIn(page())).toBe(pageDigest(viewOf()));
  });

  it('stands there in letters, so that no chance run of digits can pass for an amount', () => {
    for (let partySize = 1; partySize < 200; partySize++) {
      const given = { booking: testBooking({ partySize }) };
      expect(page(given)).toMatch(/<meta name="statement" content="[a-p]{32}"\/>/);
      expect(statementIn(page(given))).toBe(pageDigest(viewOf(given)));
    }
  });

  it('is the same where only the revision is another', () => {
    const later = testBooking({ revision: 9, recordedAt: '2027-05-09T00:00:00.000Z' });
    expect(pageDigest(viewOf({ booking: later }))).toBe(pageDigest(viewOf()));
    expect(page({ booking: later })).not.toBe(page());
  });

  it.each<[string, Partial<GuestViewParts>]>([
    ['the start', { booking: testBooking({ start: at('2027-05-30T15:30') }) }],
    ['the head count', { booking: testBooking({ partySize: 5 }) }],
    [
      'the guest’s first name',
      { booking: testBooking({ guest: { name: 'Carol', email: null, phone: null } }) },
    ],
    ['the crew', { crew: [] }],
    ['the berth', { vessel: testVessel({ berth: { ...testVessel().berth, name: 'Dock D' } }) }],
    ['the look', { brand: testBrand({ theme: { accent: '#7a3b0b', ink: '#12212f' } }) }],
    ['the host', { url: 'https://elsewhere.example/g/carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa' }],
  ])('is another one when %s changes', (_, given) => {
    expect(pageDigest(viewOf(given))).not.toBe(pageDigest(viewOf()));
  });

  it('does not depend on the slug, which is chosen later', () => {
    expect(pageDigest(viewOf({ url: 'https://queenofsandiego.example/g/-' }))).toBe(pageDigest(viewOf()));
  });
});
