import type { Context } from 'hono';
import { Refusal } from '#lib/refusal.ts';
import { type UploadWords, uploadEnglish } from '#ui/upload-words.ts';
import { type PhotoType, photoTypes } from './photo.ts';
import type { PostFields } from './post-policy.ts';
import type { Asked } from './uploads.ts';

const mostBody = 4096;

/** How much a page sends at a time: little enough for one bar of signal within the time a request may take. */
export const partBytes = 512 * 1024;

/** What a page asks to send. Refusal: `upload-unreadable`. */
export async function readAsked(c: Context, words = uploadEnglish): Promise<Omit<Asked, 'by'>> {
  const unreadable = unreadableIn(words);
  const body = await jsonOf(c);
  if (!body) throw unreadable;
  const { type, size, mark, consent, minors } = body;
  if (consent !== true) {
    throw new Refusal('upload-unreadable', words.notAgreed.message, words.notAgreed.cure);
  }
  const isMark = typeof mark === 'string' && /^[\w.:-]{1,100}$/.test(mark);
  if (typeof type !== 'string' || !Number.isSafeInteger(size) || !isMark) throw unreadable;
  const known = photoTypes.find(each => each === type.toLowerCase());
  return { type: known ?? (type as PhotoType), size: size as number, mark, minors: minors === true };
}

/** Bytes of a file with the grant they come under. Refusal: `upload-unreadable`. */
export function readPart(
  c: Context,
  words = uploadEnglish,
): {
  fields: PostFields;
  part: { from: number; bytes: AsyncIterable<Uint8Array> };
} {
  const from = c.req.header('upload-offset') ?? '';
  const fields = fieldsIn(c.req.header('upload-grant') ?? '');
  const bytes = c.req.raw.body;
  if (!/^\d{1,12}$/.test(from) || !fields) throw unreadableIn(words);
  return { fields, part: { from: Number(from), bytes: bytes ?? nothing() } };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function fieldsIn(header: string): PostFields | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
    const isFlat =
      read !== null &&
      typeof read === 'object' &&
      !Array.isArray(read) &&
      Object.values(read).every(value => typeof value === 'string');
    return isFlat ? (read as PostFields) : null;
  } catch {
    return null;
  }
}

async function jsonOf(c: Context): Promise<Record<string, unknown> | null> {
  const length = Number(c.req.header('content-length') ?? mostBody + 1);
  if (!(length <= mostBody)) return null;
  const read: unknown = await c.req.json().catch(() => null);
  const isObject = read !== null && typeof read === 'object' && !Array.isArray(read);
  return isObject ? (read as Record<string, unknown>) : null;
}

const unreadableIn = ({ unreadable }: UploadWords) =>
  new Refusal('upload-unreadable', unreadable.message, unreadable.cure);
