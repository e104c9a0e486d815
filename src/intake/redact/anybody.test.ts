import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '#intake/mail/built-in.ts';
import { sampleMail } from '#intake/mail/mail.fixture.ts';
import { openMail } from '#intake/mail/open-mail.postal-mime.ts';
import { redact } from './redact.ts';

describe('whatever people are called and pay', () => {
  const name = fc
    .tuple(
      fc.constantFrom(
        'Zoë',
        'Łukasz',
        'Anne-Marie',
        "D'Arcy",
        'Nguyễn',
        'Björk',
        'Owen',
        'quinn',
        'ÉLODIE',
        '李雷',
        'Mehmet',
        'Saoirse',
      ),
      fc.constantFrom(
        'Ostrowski',
        'van der Berg',
        'García',
        "O'Neill",
        'Þórsson',
        'Quill',
        'smith-jones',
        '韩梅梅',
        'Abubakar',
      ),
    )
    .map(parts => parts.join(' '));
  const amount = fc
    .tuple(fc.integer({ min: 101, max: 99_999 }), fc.integer({ min: 0, max: 99 }))
    .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
  const phone = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 })
    .map(([a, b, c, ...rest]) => `+1 6${a}${b} ${c}55 ${rest.slice(0, 4).join('')}9`);
  const address = fc.constantFrom(
    'zoe.o@post.example',
    'quinn+boat@mail.example',
    'x_y-z@sub.domain.example',
  );

  it('nothing of it is left, and the template still reads the fixture', async () => {
    await fc.assert(
      fc.asyncProperty(name, amount, phone, address, async (guest, paid, number, mailbox) => {
        const real = sampleMail('boatsetter-new', {
          'Carole Whitfield': guest,
          '840.75': paid,
          '+1 619 555 0142': number,
          'carole.whitfield@example.org': mailbox,
          'Good news: your': `Good news, ${guest.split(' ')[0]}: your`,
        });
        const how = {
          templates: builtInTemplates('boatsetter'),
          names: [],
          vessels: ['Classic schooner JADA'],
        };
        const { mail, template } = await redact(real, { ...how, seed: guest + paid });
        const { subject, text: plain, html, headers } = await openMail(mail);
        const text = `${subject}\n${plain}\n${html}\n${headers.join('\n')}`.toLowerCase();
        const left = [
          paid,
          number,
          mailbox,
          ...guest.split(' ').filter(one => one.length > 1 && !/^(van|der)$/.test(one)),
        ];
        expect(left.filter(one => text.includes(one.toLowerCase()))).toEqual([]);
        expect(template).toBe('boatsetter new');
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});
