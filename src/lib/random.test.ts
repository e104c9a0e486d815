import { describe, expect, it } from 'vitest';
import { newId, newSecret, seededRandom, systemRandom } from './random.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a seeded source', () => {
  it('repeats itself for one seed, and gives another stream for another', () => {
    const [a, b, other] = [seededRandom('x'), seededRandom('x'), seededRandom('y')];
    const drawn = [1, 2, 3].map(() => hex(a.bytes(40, 'p')));
    expect([1, 2, 3].map(() => hex(b.bytes(40, 'p')))).toEqual(drawn);
    expect(new Set(drawn).size).toBe(3);
    expect(hex(other.bytes(40, 'p'))).not.toBe(drawn[0]);
  });

  it('has a stream for each purpose: one that draws more never shifts another', () => {
    const [a, b] = [seededRandom('x'), seededRandom('x')];
    for (let n = 0; n < 5; n++) a.bytes(8, 'greedy');
    expect(hex(a.bytes(8, 'modest'))).toBe(hex(b.bytes(8, 'modest')));
    expect(hex(b.bytes(8, 'greedy'))).not.toBe(hex(seededRandom('x').bytes(8, 'modest')));
  });

  it('gives as many bytes as are asked for, none of them again', () => {
    for (const count of [0, 1, 31, 32, 33, 100])
      expect(seededRandom('x').bytes(count, 'p')).toHaveLength(count);
    const long = hex(seededRandom('x').bytes(96, 'p'));
    const blocks = [0, 64, 128].map(from => long.slice(from, from + 64));
    expect(new Set(blocks).size).toBe(3);
    expect(hex(seededRandom('x').bytes(10, 'p'))).toBe(long.slice(0, 20));
  });
});

it("the system's source gives what is asked for, and never the same", () => {
  const drawn = Array.from({ length: 100 }, () => hex(systemRandom.bytes(16, 'test')));
  expect(new Set(drawn).size).toBe(100);
  expect(drawn[0]).toHaveLength(32);
});

describe('an identity', () => {
  const of = (bytes: number[]) => newId({ bytes: () => Uint8Array.from(bytes) }, 'bkg');

  it('is its prefix and 80 bits in letters and digits that nobody mistakes', () => {
    expect(of(Array(10).fill(0))).toBe('bkg_0000000000000000');
    expect(of(Array(10).fill(255))).toBe('bkg_zzzzzzzzzzzzzzzz');
    expect(of([0, 0, 0, 0, 0, 0, 0, 0, 0, 31])).toBe('bkg_000000000000000z');
    expect(of([8, 0, 0, 0, 0, 0, 0, 0, 4, 33])).toBe('bkg_1000000000000111');
    expect(newId(systemRandom, 'evt')).toMatch(/^evt_[0-9a-hjkmnp-tv-z]{16}$/);
  });

  it('is drawn from a stream of its kind', () => {
    const random = seededRandom('x');
    newId(random, 'bkg');
    expect(newId(random, 'evt')).toBe(newId(seededRandom('x'), 'evt'));
  });
});

describe('a secret', () => {
  it('holds as many bits as it says, in what a URL takes as it is', () => {
    const ones = { bytes: (count: number) => new Uint8Array(count).fill(255) };
    expect(newSecret(ones, 'p')).toBe('_'.repeat(22));
    expect(newSecret(ones, 'p', 256)).toHaveLength(43);
    expect(newSecret(ones, 'p', 6)).toBe('_');
    expect(newSecret(systemRandom, 'p')).toMatch(/^[\w-]{22}$/);
  });

  it('asks for no more than it holds', () => {
    const asked: number[] = [];
    const counting = { bytes: (count: number) => new Uint8Array(count).fill(asked.push(count)) };
    for (const bits of [132, 256, 8]) newSecret(counting, 'p', bits);
    expect(asked).toEqual([17, 32, 1]);
  });

  it('is drawn from the stream of its purpose', () => {
    expect(newSecret(seededRandom('x'), 'one')).not.toBe(newSecret(seededRandom('x'), 'two'));
  });
});
