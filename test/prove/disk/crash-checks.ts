import { brotliDecompressSync } from 'node:zlib';
import { sha256 } from '#lib/digest.ts';
import { outboxName, privateFolder } from '#mail/mailer.outbox.ts';
import type { Contents } from './crash-model.ts';
import type { Databases } from './databases.ts';

/** What was whole in the undisturbed run: the digests of all that ever stood at a path, oldest first. */
export type Whole = ReadonlyMap<string, readonly string[]>;

/**
 * What is wrong with a disk as a power failure left it, before anything was started on it: databases that are damaged,
 * acknowledged messages that are gone, parts of pages or letters, records of what is not there.
 */
export function wrongAfterPowerLoss(
  look: Databases,
  contents: Contents,
  acked: readonly string[],
  whole: Whole,
): string[] {
  const [open, money, engine] = [
    look(contents, 'gangway.db'),
    look(contents, 'money.db'),
    look(contents, 'engine.db'),
  ];
  const wrong = [...partsIn(contents, whole), ...open.damage, ...money.damage, ...engine.damage];
  if (wrong.length > 0) return wrong;

  const deliveries = money.rows('deliveries');
  const known = new Set(deliveries.map(({ messageId }) => messageId));
  for (const id of acked) if (!known.has(id)) wrong.push(`${id} was acknowledged and is lost`);

  const heard = new Set(open.rows('booking_messages').map(({ messageId }) => messageId));
  for (const { messageId, state } of deliveries)
    if (state === 'recorded' && !heard.has(messageId))
      wrong.push(`${messageId} counts as recorded and is not`);

  for (const [there, place] of [
    [open, 'outbox'],
    [money, `outbox/${privateFolder}`],
  ] as const) {
    for (const { id = '' } of there.rows('letters'))
      if (!contents.has(`${place}/${outboxName(id)}.eml`))
        wrong.push(`a letter counts as sent and is not there: ${id}`);
  }

  const pages = open.rows('guest_pages');
  for (const { brand, slug, etag = '' } of pages) {
    const [path, versions] = [...whole].find(
      ([at]) => at.startsWith(`pages/${brand}/`) && at.endsWith(`${slug}.html`),
    ) ?? ['', []];
    const page = contents.get(path);
    if (!page) wrong.push('a page counts as published and is not there');
    else if (versions.lastIndexOf(sha256(page)) < versions.indexOf(etag))
      wrong.push('a page counts as published and an older one is there');
  }

  if (open.rows('bookings').length > 0 && pages.length === 0)
    wrong.push('a booking counts as fulfilled, and no page is known');
  return wrong;
}

/** Pages and letters that are not as they were put in place, and compressed pages that are not of the page beside. */
function partsIn(contents: Contents, whole: Whole): string[] {
  const wrong: string[] = [];
  for (const [path, bytes] of contents) {
    if (path.endsWith('.html') || path.endsWith('.eml')) {
      if (!whole.get(path)?.includes(sha256(bytes))) wrong.push(`${path} is in part, or never was`);
    }
    const page = path.endsWith('.html.br') && contents.get(path.slice(0, -'.br'.length));
    if (page && !isOf(bytes, page)) wrong.push(`${path} is not of the page beside it`);
  }
  return wrong;
}

function isOf(compressed: Buffer, page: Buffer): boolean {
  try {
    return brotliDecompressSync(compressed).equals(page);
  } catch {
    return false;
  }
}
