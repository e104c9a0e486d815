import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { maildir } from './maildir.disk.ts';
import { mailLimits } from './opened-mail.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-maildir-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const arrives = (name: string, text: string | Buffer) => {
  mkdirSync(join(folder, 'new'), { recursive: true });
  writeFileSync(join(folder, 'new', name), text);
};
const inside = (name: string) => readdirSync(join(folder, name)).sort();

it('hands over what is new, oldest first, and files it as seen', async () => {
  const { taken, take } = taker();
  arrives('2.host', 'second');
  arrives('1.host:2,', 'first');
  const dir = maildir(folder, take, failed);
  await dir.sweep();
  await dir.sweep();
  expect(taken).toEqual(['first', 'second']);
  expect([inside('new'), inside('cur')]).toEqual([[], ['1.host:2,S', '2.host:2,S']]);
});

it('leaves a mail where it is while it cannot be kept, and flags what is refused for good', async () => {
  const troubles: unknown[] = [];
  let isDown = true;
  arrives('1.host', 'a mail');
  arrives('2.host', Buffer.alloc(mailLimits.bytes + 1));
  const take = async () => {
    if (isDown) throw new Error('the disk is full');
    return 'taken' as const;
  };
  const dir = maildir(folder, take, error => troubles.push(error));
  await dir.sweep();
  expect([inside('new').length, troubles.length]).toEqual([2, 1]);
  isDown = false;
  await dir.sweep();
  expect(inside('cur')).toEqual(['1.host:2,S', '2.host:2,F']);
});

it('notices what arrives by itself', async () => {
  const { taken, take } = taker();
  const dir = maildir(folder, take, failed);
  dir.watch();
  await vi.waitUntil(() => readdirSync(folder).includes('tmp'));
  arrives('1.host', 'a mail');
  await vi.waitUntil(() => taken.length === 1, { timeout: 20_000 });
  await dir.close();
  expect(taken).toEqual(['a mail']);
});

const taker = () => {
  const taken: string[] = [];
  const take = async (mail: Uint8Array) => {
    taken.push(Buffer.from(mail).toString());
    return 'taken' as const;
  };
  return { taken, take };
};

const failed = (error: unknown) => {
  throw error;
};
