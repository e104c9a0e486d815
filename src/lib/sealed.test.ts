import { expect, it } from 'vitest';
import { opened, sealed } from './sealed.ts';

const row = {
  name: 'Zoë “Z” O’Neill',
  start: '2027-05-30T15:30',
  party: 4,
  none: null,
  list: [1, { a: '}' }],
};

it('a sealed row gives back what was sealed, and reads as plain JSON beside its seal', () => {
  expect(opened(sealed(row))).toEqual(row);
  expect(JSON.parse(sealed(row))).toEqual({ ...row, seal: expect.stringMatching(/^[0-9a-f]{8}$/) });
  expect(sealed({})).toBe('{}');
  expect(opened(sealed({}))).toEqual({});
  for (let n = 0; n < 500; n++) expect(opened(sealed({ n }))).toEqual({ n });
});

it('a row written before there were seals is read as it is', () => {
  expect(opened(JSON.stringify(row))).toEqual(row);
});

it('no bit of a row can be turned unnoticed', () => {
  const bytes = Buffer.from(sealed(row), 'utf8');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const turned = Buffer.from(bytes);
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    let read: unknown;
    try {
      read = opened(turned.toString('utf8'));
    } catch (error) {
      expect(error).toMatchObject({ code: 'data-damaged', retryable: false });
      continue;
    }
    // The name of the seal itself may be spoiled: what it stood for is whole.
    expect(read).toMatchObject(row);
  }
});

it('whoever reads a damaged row is told what to do, and what the reader stumbled over if it is no JSON', () => {
  const damage = (text: string): unknown => {
    try {
      return opened(text);
    } catch (error) {
      return error;
    }
  };
  const cut = damage('{"name":');
  expect(cut).toMatchObject({
    message: expect.stringContaining('put its data folder away and restore a backup'),
    cause: expect.any(SyntaxError),
  });
  expect(damage(sealed(row).replace('Zoë', 'Zoe'))).not.toHaveProperty('cause');
});
