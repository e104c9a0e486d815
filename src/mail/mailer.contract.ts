import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageIdOf } from './letter-key.ts';
import { aLetter, invite } from './letters.testing.ts';
import type { Mailer } from './mailer.ts';
import { openLetter } from './opened-letter.postal-mime.ts';

export type MailerUnderTest = {
  mailer: Mailer;
  arrived: () => Promise<Uint8Array[]>;
  close: () => Promise<void>;
};

/** What every mailer must do. `open` gives a mailer at 2027-05-01T08:00:00Z and a way to see what came out of it. */
export function mailerContract(name: string, open: () => Promise<MailerUnderTest>) {
  describe(`a mailer: ${name}`, () => {
    let it_: MailerUnderTest;
    beforeEach(async () => {
      it_ = await open();
    });
    afterEach(() => it_.close());

    it('hands over a letter that reads as it was written', async () => {
      const letter = aLetter({ invite, replyTo: { name: '', address: 'dock@queenofsandiego.example' } });
      expect(await it_.mailer.send(letter)).toEqual({ kind: 'sent' });
      const [bytes, ...more] = await it_.arrived();
      expect(more).toEqual([]);
      const read = await openLetter(bytes as Uint8Array);
      expect(read).toMatchObject({
        from: letter.from,
        to: letter.to,
        subject: letter.subject,
        kind: 'welcome',
        at: '2027-05-01T08:00:00.000Z',
        // Mail readers give text parts the line ends of their own system.
        invite: { method: 'REQUEST', ics: invite.ics.replaceAll('\r\n', '\n') },
      });
      expect(read.text.trim()).toBe(letter.text.trim());
      expect(read.html.trim()).toBe(letter.html);
      const headers = new Map(read.headers.map(([key, value]) => [key.toLowerCase(), value]));
      expect(headers.get('message-id')).toBe(messageIdOf(letter));
      expect(headers.get('auto-submitted')).toBe('auto-generated');
      expect(headers.get('reply-to')).toBe('dock@queenofsandiego.example');
    });

    it('takes away what it keeps of a letter itself, one still being written included, and nothing else', async () => {
      const { mailer } = it_;
      // What only hands on keeps nothing.
      if (!mailer.forget) return;
      await mailer.send(aLetter({ id: 'letter/stays', subject: 'Stays' }));
      await mailer.send(aLetter({ id: 'letter/goes', subject: 'Goes', audience: 'owner' }));
      const underWay = mailer.send(aLetter({ id: 'letter/under way', subject: 'Under way' }));
      for (const _ of [1, 2])
        for (const id of ['goes', 'under way', 'never was']) await mailer.forget(`letter/${id}`);
      await underWay;
      const left = await Promise.all((await it_.arrived()).map(openLetter));
      expect(left.map(({ subject }) => subject)).toEqual(['Stays']);
    });

    it('hands over many at once', async () => {
      const letters = Array.from({ length: 20 }, (_, n) =>
        aLetter({ id: `letter/${n}`, subject: `Letter ${n}` }),
      );
      const handed = await Promise.all(letters.map(letter => it_.mailer.send(letter)));
      expect(new Set(handed.map(one => one.kind))).toEqual(new Set(['sent']));
      const read = await Promise.all((await it_.arrived()).map(openLetter));
      expect(read.map(one => one.subject).sort()).toEqual(letters.map(one => one.subject).sort());
    });

    it('keeps the Message-ID when the same letter is handed over again, and repeats nothing if it says so', async () => {
      const letter = aLetter();
      await it_.mailer.send(letter);
      await it_.mailer.send(letter);
      const read = await Promise.all((await it_.arrived()).map(openLetter));
      expect(read).toHaveLength(it_.mailer.exactlyOnce ? 1 : 2);
      for (const one of read) expect(one.headers).toContainEqual(['Message-ID', messageIdOf(letter)]);
    });

    it('refuses a letter that would smuggle in a header, and lets nothing out', async () => {
      const smuggled = 'Hello\r\nBcc: everybody@example.org';
      for (const letter of [
        aLetter({ subject: smuggled }),
        aLetter({ id: smuggled }),
        aLetter({ kind: smuggled }),
        aLetter({ to: { name: smuggled, address: 'carole@example.org' } }),
        aLetter({ from: { name: smuggled, address: 'aboard@queenofsandiego.example' } }),
      ]) {
        await expect(it_.mailer.send(letter)).rejects.toMatchObject({ code: 'letter-malformed' });
      }
      for (const address of [
        'a@b@example.org',
        '"a b"@example.org',
        'a,b@example.org',
        'a@example.org>',
        'a@ex ample',
      ]) {
        const letter = aLetter({ to: { name: 'Carole', address } });
        await expect(it_.mailer.send(letter)).rejects.toMatchObject({ code: 'address-invalid' });
      }
      expect(await it_.arrived()).toEqual([]);
    });
  });
}
