import { beforeEach, describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { paths } from '#ui/paths.ts';
import { aLetter, invite } from './letters.testing.ts';
import { diskMailbox } from './mailbox.disk.ts';
import { mailboxRoutes } from './mailbox.tsx';
import { outboxMailer, outboxName } from './mailer.outbox.ts';

describe('the web mailbox', () => {
  const clock = settableClock('2027-05-01T08:00:00Z');
  let folder = '';
  let get: (path: string) => Promise<Response>;
  let send: (...letters: Parameters<typeof aLetter>) => Promise<string>;

  beforeEach(() => {
    folder = temporaryFolder('mail');
    const mailer = outboxMailer({ folder, clock });
    const routes = mailboxRoutes({
      mailbox: diskMailbox({ folder }),
      zone: 'America/Los_Angeles',
      frame: () => ({ home: '/desk', nav: [{ href: '/mailbox', label: 'Mailbox', current: true }] }),
    });
    get = async path => routes.request(path);
    send = async parts => {
      const letter = aLetter(parts);
      await mailer.send(letter);
      clock.advance(60_000);
      return outboxName(letter.id);
    };
  });

  it('says what will be here while it is empty', async () => {
    const page = await get(paths.mailbox);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('No letters yet');
  });

  it('lists every letter, the newest first, private ones too, each with recipient, subject and time in the house’s zone', async () => {
    await send({ id: '1', subject: 'Welcome', audience: 'guest' });
    await send({
      id: '2',
      subject: 'The books',
      audience: 'owner',
      to: { name: 'Ines', address: 'ines@sailjada.example' },
    });
    await send({
      id: '3',
      subject: '<b>“Ahoy”</b>',
      audience: 'crew',
      to: { name: '', address: 'mia@example.org' },
    });
    const html = await (await get(paths.mailbox)).text();
    const titles = [...html.matchAll(/href="\/mailbox\/[^"]+">([^<]+)<\/a>/g)].map(([, title]) => title);
    expect(titles).toEqual(['&lt;b&gt;“Ahoy”&lt;/b&gt;', 'The books', 'Welcome']);
    expect(html).toContain('Ines &lt;ines@sailjada.example&gt;');
    expect(html).toContain('3 letters');
    expect(html).toMatch(/1 May 2027, \d\d:\d\d PDT/);

    const ones = await (await get(`${paths.mailbox}?to=mia%40example.org`)).text();
    expect(ones).toContain('1 letter,');
    expect(ones).not.toContain('The books');
    expect(await (await get(`${paths.mailbox}?to=nobody@example.org`)).text()).toContain(
      'No letters to nobody@example.org',
    );
  });

  it('shows a letter as its recipient sees it, its text, its headers and what its invite asks for', async () => {
    const id = await send({ invite });
    const page = await get(paths.mailboxLetter(id));
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("frame-src 'self'");
    expect(html).toContain(`src="/mailbox/${id}/html"`);
    expect(html).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(html).toContain('Welcome aboard.\n\nhttps://queenofsandiego.example/g/carole-0123');
    for (const said of [
      'Sail on Jada, three hours',
      'Add or update',
      '2027-05-30 15:30:00 America/Los_Angeles',
      'Message-ID: &lt;',
    ]) {
      expect(html).toContain(said);
    }
  });

  it('tells the instants of an invite by the clock at the house', async () => {
    const ics = invite.ics.replace(
      'DTSTART;TZID=America/Los_Angeles:20270530T153000',
      'DTSTART:20270530T223000Z',
    );
    const id = await send({ invite: { ...invite, ics } });
    expect(await (await get(paths.mailboxLetter(id))).text()).toContain('2027-05-30 15:30 PDT');
  });

  it('serves the letter’s own HTML where it can run and load nothing, its links opening elsewhere', async () => {
    const id = await send({
      html: '<html><head></head><body><a href="https://example.org/x">x</a></body></html>',
    });
    const page = await get(`${paths.mailboxLetter(id)}/html`);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox allow-popups');
    expect(policy).not.toContain('script');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page.text()).toContain('<head><base target="_blank"></head>');
  });

  it('hands out the letter as it lies in the folder', async () => {
    const id = await send({});
    const file = await get(`${paths.mailboxLetter(id)}/letter.eml`);
    expect(file.headers.get('content-type')).toBe('message/rfc822');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${id}.eml"`);
    expect(await file.text()).toMatch(/^Auto-Submitted: auto-generated\r\n/);
  });

  it.each(['nothing', '..%2Fpost', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '.hidden', 'private%2Fx', 'a%00b'])(
    'has no letter %s, and says so',
    async name => {
      for (const part of ['', '/html', '/letter.eml']) {
        const page = await get(`${paths.mailbox}/${name}${part}`);
        expect(page.status).toBe(404);
        expect(await page.text()).toContain('No such letter');
      }
    },
  );
});
