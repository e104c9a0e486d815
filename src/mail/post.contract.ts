import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SettableClock } from '#lib/clock.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { messageIdOf } from './letter-key.ts';
import { aLetter, invite } from './letters.testing.ts';
import { outboxMailer, outboxName } from './mailer.outbox.ts';
import type { Handed } from './mailer.ts';
import { openLetter } from './opened-letter.postal-mime.ts';
import { type MakeOffice, named, using } from './post.testing.ts';
import { type Arrived, keepingServer, mailerTo } from './smtp-servers.testing.ts';

/** What every post office promises. `office` opens one in a place of its own, or in that of another that is no more. */
export function postContract(office: MakeOffice) {
  describe('a letter in the post', () => {
    it('that came back counts as one that never arrived, and is no more on its way than before', async () => {
      const server = using(await keepingServer());
      const { post } = office(clock => mailerTo(server.port, clock));
      const letter = aLetter();
      await post.post(letter);
      await post.cameBack('another', 'nobody there');
      await post.deliverDue();
      await post.cameBack(letter.id, 'nobody there');
      await post.cameBack(letter.id, 'nobody there');
      await post.deliverDue();
      expect(await post.find(letter.id)).toMatchObject({
        state: 'recalled',
        mayHaveGone: false,
        error: 'nobody there',
      });
      expect(server.arrived).toHaveLength(1);
    });

    it('goes out once, however often it is posted, and its words do not stay behind', async () => {
      const server = using(await keepingServer());
      const { post, changes } = office(clock => mailerTo(server.port, clock));
      const letter = aLetter({ invite });
      const posted = await Promise.all([post.post(letter), post.post(letter)]);
      expect(posted.sort()).toEqual(['already-posted', 'posted']);
      await post.deliverDue();
      expect(await post.post({ ...letter, subject: 'Another' })).toBe('already-posted');
      await post.deliverDue();

      expect(server.arrived).toHaveLength(1);
      const [{ from, to, bytes }] = server.arrived as [Arrived];
      expect([from, to]).toEqual(['aboard@queenofsandiego.example', ['carole@example.org']]);
      const read = await openLetter(bytes);
      expect(read).toMatchObject({
        from: letter.from,
        to: letter.to,
        subject: letter.subject,
        invite: { method: 'REQUEST' },
      });
      expect(read.headers).toContainEqual(['Message-ID', messageIdOf(letter)]);

      expect(await post.find(letter.id)).toEqual({
        id: letter.id,
        kind: 'welcome',
        about: ['bkg_1'],
        to: 'carole@example.org',
        subject: letter.subject,
        state: 'sent',
        attempts: 1,
        postedAt: '2027-05-01T08:00:00.000Z',
        sentAt: '2027-05-01T08:00:00.000Z',
        mayHaveGone: false,
        nextAt: null,
        error: null,
      });
      expect(changes).toEqual([`${letter.id}: sent`]);
    });

    it('is found by booking and by state, the newest first', async () => {
      const { post, clock } = office(c => outboxMailer({ folder: temporaryFolder('mail'), clock: c }));
      for (const [n, about] of [['bkg_1'], ['bkg_2'], ['bkg_1', 'evt_1']].entries()) {
        await post.post(named(n, { about }));
        clock.advance(1);
      }
      await post.deliverDue();
      const ids = async (filter: Parameters<typeof post.list>[0]) =>
        (await post.list(filter)).map(letter => letter.id);
      expect(await ids({})).toEqual(['letter/2', 'letter/1', 'letter/0']);
      expect(await ids({ about: 'bkg_1' })).toEqual(['letter/2', 'letter/0']);
      expect(await ids({ about: 'evt_1', state: 'sent' })).toEqual(['letter/2']);
      expect(await ids({ about: 'bkg_1', state: 'waiting' })).toEqual([]);
      expect(await ids({ state: 'sent', limit: 1 })).toEqual(['letter/2']);
      expect(await post.find('letter/9')).toBeNull();
    });

    it('is refused and not stored when it cannot be addressed, or carries an amount to anybody inside the fence', async () => {
      const server = using(await keepingServer());
      const { post } = office(clock => mailerTo(server.port, clock), { canaries: ['289.41'] });
      const folded = invite.ics.replace('LOCATION:Harbor Island', 'DESCRIPTION:You keep 28\r\n 9.41 of it');
      for (const parts of [
        { text: 'You keep 289.41.' },
        { html: '<p>You keep <b>289.41</b>.</p>' },
        { subject: '289.41 for you' },
        { invite: { ...invite, ics: folded } },
      ]) {
        for (const audience of ['guest', 'crew', 'operator', 'payee'] as const) {
          await expect(post.post(aLetter({ audience, ...parts }))).rejects.toMatchObject({
            code: 'money-in-output',
          });
        }
      }
      await expect(post.post(aLetter({ subject: 'x\r\nBcc: a@example.org' }))).rejects.toMatchObject({
        code: 'letter-malformed',
      });
      await expect(post.post(aLetter({ to: { name: '', address: 'a@b@c' } }))).rejects.toMatchObject({
        code: 'address-invalid',
      });
      await post.deliverDue();
      expect(await post.list({})).toEqual([]);
      expect(server.arrived).toEqual([]);

      expect(await post.post(aLetter({ audience: 'owner', text: 'You keep 289.41.' }))).toBe('posted');
    });

    it('can be recalled until it goes out', async () => {
      const gone = await keepingServer();
      await gone.close();
      const { post, pass } = office(clock => mailerTo(gone.port, clock));
      await post.post(named(1));
      await post.deliverDue();
      expect(await post.recall('letter/1')).toBe(true);
      expect(await post.recall('letter/1')).toBe(false);
      const back = using(await keepingServer({}, gone.port));
      await pass(60);
      expect(back.arrived).toEqual([]);
      expect(await post.find('letter/1')).toMatchObject({ state: 'recalled', attempts: 1, nextAt: null });
      expect(await post.post(named(1))).toBe('already-posted');

      await post.post(named(2));
      await post.deliverDue();
      expect(await post.recall('letter/2')).toBe(false);
      await expect(post.retry('letter/1')).rejects.toMatchObject({ code: 'letter-not-waiting' });
      await expect(post.retry('letter/9')).rejects.toMatchObject({ code: 'letter-unknown' });
    });

    it('what became of a letter is told until it is heard, after a restart too', async () => {
      const folder = temporaryFolder('mail');
      const mailer = (clock: SettableClock) => outboxMailer({ folder, clock });
      const deaf = office(mailer, {
        onChange: () => {
          throw new Error('not now');
        },
      });
      await deaf.post.post(named(1));
      await deaf.post.deliverDue();
      expect(await deaf.post.find('letter/1')).toMatchObject({ state: 'sent' });

      const after = office(mailer, { place: deaf.place, clock: deaf.clock });
      await after.post.deliverDue();
      expect(after.changes).toEqual(['letter/1: sent']);
      await after.post.deliverDue();
      expect(after.changes).toHaveLength(1);
    });

    it('is dropped with what it is about, and what the mailer kept of it', async () => {
      const folder = temporaryFolder('mail');
      const { post } = office(clock => outboxMailer({ folder, clock }));
      await post.post(named(1, { about: ['bkg_1'] }));
      await post.post(named(2, { about: ['bkg_2'] }));
      await post.deliverDue();
      await post.forget('bkg_1');
      await post.forget('bkg_1');
      expect(await post.find('letter/1')).toBeNull();
      expect((await post.list({})).map(({ id }) => id)).toEqual(['letter/2']);
      expect(readdirSync(folder)).toEqual([`${outboxName('letter/2')}.eml`]);
    });

    it('that was on the wire when the program died goes out once more, a quarter of an hour later, and says so', async () => {
      const server = using(await keepingServer());
      let cutOff = (_: Handed) => {};
      const send = () =>
        new Promise<Handed>(resolve => {
          cutOff = resolve;
        });
      const dying = office(clock => ({ ...mailerTo(server.port, clock), send }));
      using({ close: () => cutOff({ kind: 'unclear', reason: 'Stopped.' }) });
      await dying.post.post(named(1));
      void dying.post.deliverDue();
      await expect.poll(async () => (await dying.post.find('letter/1'))?.mayHaveGone).toBe(true);

      const { post, pass } = office(clock => mailerTo(server.port, clock), dying);
      await pass(15);
      expect(await post.find('letter/1')).toMatchObject({ state: 'waiting', mayHaveGone: true });
      expect(server.arrived).toEqual([]);
      await pass(15);
      expect(await post.find('letter/1')).toMatchObject({ state: 'sent' });
      expect(server.arrived).toHaveLength(1);
    });
  });
}
