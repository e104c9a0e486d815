import { expect, it } from 'vitest';
import { late } from './late.ts';

type Mail = { send: (to: string) => Promise<string>; exactlyOnce: boolean; forget?: () => Promise<void> };

it('loads when it is first asked, once, and answers as what it stands for', async () => {
  let loads = 0;
  const mail = late<Mail>(
    async () => {
      loads++;
      return { send: async to => `sent to ${to}`, exactlyOnce: false };
    },
    { exactlyOnce: false, forget: undefined },
  );
  expect([mail.exactlyOnce, mail.forget, loads]).toEqual([false, undefined, 0]);
  expect(await Promise.all([mail.send('ana'), mail.send('kim')])).toEqual(['sent to ana', 'sent to kim']);
  expect(loads).toBe(1);
  expect(await Promise.resolve(mail)).toBe(mail);
});

it('tries to load again after it could not', async () => {
  let tries = 0;
  const mail = late<Mail>(async () => {
    if (++tries === 1) throw new Error('not there');
    return { send: async to => to, exactlyOnce: false };
  });
  await expect(mail.send('ana')).rejects.toThrow('not there');
  expect(await mail.send('ana')).toBe('ana');
});
