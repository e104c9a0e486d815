import { sha256 } from '#lib/digest.ts';
import type { Letter } from './letter.ts';

/** The letter's key in logs and in its Message-ID: tells the same letter from another, and nothing about the recipient. */
export const letterKey = (id: string): string => sha256(id).slice(0, 32);

/** `<key@sender-domain>`: the same on every attempt, so that mail programs show a letter that arrived twice once. */
export const messageIdOf = (letter: Pick<Letter, 'id' | 'from'>): string =>
  `<${letterKey(letter.id)}@${letter.from.address.split('@')[1]}>`;
