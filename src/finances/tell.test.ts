import { expect, it } from 'vitest';
import { nameInLog } from './tell.ts';

const id = (digest: string) => `bkg_7zk3v0qpxy7rtbn5/owner letter/joan/summary/${digest}`;

it('names a letter about money in the log by whom it is for, never by what it says', () => {
  expect(nameInLog(id('sha256 of 289.41'))).toBe(nameInLog(id('sha256 of 290.00')));
  expect(nameInLog(id('x'))).not.toBe(nameInLog(id('x').replace('joan', 'captain-ray')));
});
