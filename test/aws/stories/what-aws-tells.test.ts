import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addressSecret, dnsOf, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { paths } from '#ui/paths.ts';
import { photoName } from '#ui/photo-names.ts';
import { snapshotOf } from '../../photos.ts';
import { type DynamoStandIn, openDynamo } from '../../stand-ins/dynamodb.ts';
import { withMails } from '../../stories/fleet-with-mails.ts';
import { example } from '../../story-world.ts';
import { type AwsWorld, openAwsWorld } from '../aws-world.ts';

const guest = 'carole.whitfield@example.org';

describe('what services of AWS tell the functions', { timeout: 60_000 }, () => {
  let dynamo: DynamoStandIn;
  beforeAll(async () => {
    dynamo = await openDynamo();
  }, 300_000);
  afterAll(() => dynamo?.stop());
  let world: AwsWorld;
  afterEach(() => world.close());

  describe('SES, of a mail that came in', () => {
    /** As SES lays a mail down and invokes a function, by the documentation of its receipt rules. */
    const comes = async (
      mail: Buffer,
      recipient: string,
      messageId = 'o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1',
    ) => {
      world.s3.objects.set(`${world.surroundings.mails}/${messageId}`, { body: mail, headers: {} });
      const verdict = { status: 'PASS' };
      await world.invoke('mail-in', {
        Records: [
          {
            eventSource: 'aws:ses',
            eventVersion: '1.0',
            ses: {
              mail: { messageId, source: 'bounces@boatsetter.com', destination: [recipient] },
              receipt: { recipients: [recipient], dkimVerdict: verdict, spamVerdict: verdict },
            },
          },
        ],
      });
      await world.settle();
    };
    const opened = async () => {
      world = await openAwsWorld(dynamo, {
        config: withMails(),
        dns: dnsOf(['boatsetter.com']),
        keys: { BOATSETTER_MAIL_ADDRESS: addressSecret },
      });
    };

    it('is a booking with its page and letters, once however often it is told', async () => {
      await opened();
      const mail = await signedBy('boatsetter.com', sampleMail('boatsetter-new'));
      for (let time = 0; time < 2; time++) await comes(mail, 'boatsetter@sailjada.com');
      const booking = await world.booking();
      expect(booking).toMatchObject({ guest: { name: 'Carole Whitfield' }, partySize: 4, revision: 1 });
      expect((await world.belief(booking.id, 'guest page')).state).toBe('stated');
      expect(await world.letters({ to: guest })).toHaveLength(1);
    });

    it('is no booking and no letter where nobody vouches for it', async () => {
      await opened();
      await comes(sampleMail('boatsetter-new'), 'boatsetter@sailjada.com');
      expect(await world.bookings()).toEqual([]);
      expect(await world.letters({ to: guest })).toEqual([]);
    });

    it('keeps nothing else waiting where it was made to take for ever', async () => {
      await opened();
      const [head = ''] = sampleMail('boatsetter-new').toString('latin1').split('\r\n\r\n');
      const asHtml = head.replace(/^Content-Type: .*(?:\r\n[ \t].*)*/m, 'Content-Type: text/html');
      const endless = Buffer.from(`${asHtml}\r\n\r\n${'<div>'.repeat(100_000)}`);
      await comes(endless, `boatsetter+${addressSecret}@sailjada.com`, 'endless');
      const mail = await signedBy('boatsetter.com', sampleMail('boatsetter-new'));
      await comes(mail, 'boatsetter@sailjada.com', 'honest');
      expect(await world.booking()).toMatchObject({ guest: { name: 'Carole Whitfield' } });
    });
  });

  it('SES, of a letter that bounced: the address is withheld, and the board says so', async () => {
    world = await openAwsWorld(dynamo);
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const { id } = await world.booking();
    const sent = world.tags.find(({ to }) => to === guest);
    const event = {
      eventType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [
          {
            emailAddress: guest,
            action: 'failed',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 no such user',
          },
        ],
        timestamp: '2027-05-01T19:01:00.000Z',
      },
      mail: {
        timestamp: '2027-05-01T19:00:00.000Z',
        destination: [guest],
        tags: { 'gangway-letter': [sent?.tag ?? ''] },
      },
    };
    const bySns = {
      Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: { Message: JSON.stringify(event) } }],
    };
    for (let time = 0; time < 2; time++) await world.invoke('mail-events', bySns);
    await world.settle();
    expect(await world.operate('letters suppressed', {})).toMatchObject([{ address: guest, why: 'bounce' }]);
    await world.minute();
    expect(await world.belief(id, 'guest letter')).toMatchObject({ error: { code: 'letter-returned' } });
  });

  it('S3, of a photo that a guest sent past us under a policy: developed, looked at, and in the gallery', async () => {
    world = await openAwsWorld(dynamo);
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const { id } = await world.booking();
    const page = new URL((await world.belief(id, 'guest page')).url ?? '');
    await world.later(Date.parse('2027-05-31T01:00:00Z') - world.clock.now());
    const bytes = await snapshotOf();
    const slug = page.pathname.slice('/g/'.length);
    const asked = await world.http(`${page.origin}${paths.guestUploads(slug)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'image/jpeg', size: bytes.length, mark: 'one', consent: true }),
    });
    expect([asked.status, asked.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
    const { fields } = asked.json<{ fields: Record<string, string> }>();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'IMG_1.jpg');
    const posted = await fetch(`${world.s3.endpoint}/${world.surroundings.originals}`, {
      method: 'POST',
      body: form,
    });
    expect([posted.status, await posted.text()]).toEqual([204, '']);
    await world.settle();
    const photos = () =>
      world.operate<{ photos: { id: string; state: string }[] }>('photo list', { booking: id });
    await vi.waitFor(
      async () => expect((await photos()).photos).toMatchObject([{ state: 'waiting' }]),
      30_000,
    );
    await world.operate('photo put', { booking: id, photos: [], to: 'shown' });
    await world.minute();
    const shown = await world.http(page.href);
    const [photo] = (await photos()).photos;
    expect(shown.body).toContain(`/photos/${photoName(photo?.id ?? '', [])}-`);
    expect(
      [...world.s3.objects.keys()].filter(path => path.startsWith('renditions/')).length,
    ).toBeGreaterThan(0);

    // As large a picture as a day of good cameras makes a gallery: a function's answer would be cut off at 6 MB.
    const [large = ''] = [...world.s3.objects.keys()].filter(path => /\/shown\/.*\/1600\.jpg$/.test(path));
    const picture = randomBytes(9_000_000);
    world.s3.objects.set(large, { body: picture, headers: { 'content-type': 'image/jpeg' } });
    const zip = `${page.origin}${paths.guestPhotosZip(slug)}`;
    const sent = await world.http(zip);
    expect([sent.status, sent.headers['cache-control']]).toEqual([303, 'no-store']);
    const home = await fetch(sent.headers.location ?? '');
    expect(home.headers.get('content-disposition')).toBe('attachment; filename="photos.zip"');
    const archive = Buffer.from(await home.arrayBuffer());
    expect(archive.byteLength).toBeGreaterThan(picture.byteLength);
    expect(archive.includes(picture)).toBe(true);
    expect((await world.http(zip)).headers.location).toBe(sent.headers.location);
    expect((await fetch((sent.headers.location ?? '').replace(/Signature=../, 'Signature=zz'))).status).toBe(
      403,
    );
    world.clock.advance(10 * 60_000);
    expect((await fetch(sent.headers.location ?? '')).status).toBe(403);

    await world.operate('photo put', { booking: id, photos: [photo?.id ?? ''], to: 'hidden' });
    const albums = [...world.s3.objects.keys()].filter(path => path.startsWith('renditions/albums/'));
    expect([albums, (await world.http(zip)).status]).toEqual([[], 404]);
  });
});
