import { beforeEach, describe, expect, it } from 'vitest';
import { letterBytes } from '#mail/letter-bytes.ts';
import { openLetter } from '#mail/opened-letter.postal-mime.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { testBooking, testBrand } from './guest-page.fixture.ts';
import { guestReminders } from './guest-reminders.ts';
import { noWishes } from './guest-wishes.ts';
import { guestWorld } from './guest-world.fixture.ts';
import { wishesRoutes } from './wishes-routes.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
const home = testBrand();

describe('what a guest wishes for letters', () => {
  let w: ReturnType<typeof guestWorld>;
  beforeEach(() => {
    w = guestWorld(temporaryFolder('wishes'));
  });
  const told: string[] = [];
  const ask = (path: string, form?: Record<string, string>, brand = home) =>
    wishesRoutes({
      wishes: w.wishes,
      onLanguage: async ({ id }) => void told.push(id),
      bookingAt: async ({ id }, asked) => (id === home.id && asked === slug ? testBooking() : null),
    })(brand).request(path, {
      headers: { accept: 'text/html' },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });

  it('is asked on a page of its own, and kept', async () => {
    const page = await ask(`/g/${slug}/letters`);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).toContain('Español');
    const saved = await (await ask(`/g/${slug}/letters`, { language: 'es' })).text();
    expect(saved).toContain('Guardado.');
    expect(told).toEqual([testBooking().id]);
    expect(await w.wishes.of(testBooking().id)).toEqual({ language: 'es', onlyNecessary: false });
    await ask(`/g/${slug}/letters`, { language: 'tlh', letters: 'necessary' });
    expect(await w.wishes.of(testBooking().id)).toEqual({ language: 'es', onlyNecessary: true });
  });

  it('is nobody else’s: another slug, another brand and a stranger’s guess get the page for nothing', async () => {
    for (const answer of [
      await ask(`/g/${slug}x/letters`, { letters: 'necessary' }),
      await ask(`/g/${slug}/letters`, { letters: 'necessary' }, testBrand({ id: 'other' })),
    ])
      expect(answer.status).toBe(404);
    expect(await w.wishes.of(testBooking().id)).toEqual(noWishes);
  });

  it('ends reminders and thanks with the one click of a mail program, and keeps the language', async () => {
    const write = guestReminders(w);
    await ask(`/g/${slug}/letters`, { language: 'de' });
    const reminder = await write(testBooking(), 'day before');
    expect(reminder?.text).toContain('Sie gehen um');
    const { headers } = await openLetter(letterBytes(reminder as NonNullable<typeof reminder>, 0));
    const asSent = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
    expect(asSent.get('list-unsubscribe')).toBe(`<${reminder?.unsubscribe}>`);
    expect(asSent.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    await ask(`/g/${slug}/letters`, { 'List-Unsubscribe': 'One-Click' });
    expect(await w.wishes.of(testBooking().id)).toEqual({ language: 'de', onlyNecessary: true });
    for (const kind of ['week before', 'day before', 'on the day', 'thanks'] as const)
      expect(await write(testBooking(), kind)).toBeNull();
  });

  it('changes nothing about what is necessary: welcome, change and cancellation still come, in that language', async () => {
    await w.wishes.put(testBooking().id, { language: 'es', onlyNecessary: true });
    await w.tell(testBooking());
    await w.tell(testBooking({ revision: 2, status: 'cancelled' }));
    await w.post.deliverDue();
    expect(w.sent.map(({ subject }) => subject.split(':')[0])).toEqual(['Su paseo en JADA', 'Cancelado']);
    expect(w.sent.every(({ unsubscribe }) => unsubscribe === undefined)).toBe(true);
  });
});
