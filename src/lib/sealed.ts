import { crc32 } from 'node:zlib';
import { Unavailable } from './refusal.ts';
import { remembered } from './remembered.ts';

/**
 * A value as it lies in a row: JSON whose last key is a check sum of what stands before it. A disk or memory that turned a
 * bit must not put another hour or another name before people.
 */
export function sealed(value: object): string {
  const text = JSON.stringify(value);
  if (text === '{}') return text;
  return `${text.slice(0, -1)},"seal":"${sumOf(text)}"}`;
}

/**
 * The value that was sealed. What has no seal was written before there were any, or has lost just that. Throws Unavailable
 * `data-damaged`, not to be tried again, where the text is not what was written.
 */
export function opened<T>(text: string): T {
  const end = text.slice(-sealLength);
  const isSealed = sealAtEnd.test(end);
  const plain = isSealed ? `${text.slice(0, -sealLength)}}` : text;
  if (isSealed && end.slice(-10, -2) !== sumOf(plain)) throw damaged();
  try {
    return JSON.parse(plain) as T;
  } catch (error) {
    throw damaged(error);
  }
}

/**
 * `opened` for rows that are read again and again while everybody is told of one booking: what the last hundred texts held,
 * as `make` has it, is remembered by the text. It is shared, so nobody may change it.
 */
export const openedOften = <T, Result extends {}>(make: (value: T) => Result): ((text: string) => Result) =>
  remembered(
    (text: string) => text,
    text => make(opened<T>(text)),
    100,
  );

const sealAtEnd = /^,"seal":"[0-9a-f]{8}"\}$/;
const sealLength = ',"seal":"00000000"}'.length;
const sumOf = (text: string) => crc32(text).toString(16).padStart(8, '0');

const damaged = (cause?: unknown) =>
  new Unavailable(
    'data-damaged',
    'A row of the database is not as it was written: the disk or the memory of this machine may be failing. Stop the server, put its data folder away and restore a backup.',
    { retryable: false, ...(cause === undefined ? {} : { cause }) },
  );
