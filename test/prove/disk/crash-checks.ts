import { brotliDecompressSync } from 'node:zlib';
import { sha256 } from '#lib/digest.ts';
import { outboxName, privateFolder } from '#mail/mailer.outbox.ts';
import type { Contents } from './crash-model.ts';
import { damageIn, withDatabase } from './look.ts';

/** What was whole in the undisturbed run: the digests of all that ever stood at a path, oldest first. */
export type Whole = ReadonlyMap<string, readonly string[]>;

/**
 * What is wrong with a disk as a power failure left it, before anything was started on it: databases that are damaged,
 * acknowledged messages that are gone, parts of pages or letters, records of what is not there.
 */
export function wrongAfterPowerLoss(
  folder: string,
  contents: Contents,
  acked: readonly string[],
  whole: Whole,
): string[] {
  const wrong = [...partsIn(contents, whole), ...damageIn(folder)];
  if (wrong.length > 0) return wrong;
  const rows = (name: string, sql: string, needs: readonly string[]) =>
    contents.has(name)
      ? withDatabase(folder, name, database => {
          const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
          const there = new Set(tables.map(table => table.name));
          return needs.every(table => there.has(table)) ? database.prepare(sql).all() : [];
        })
      : [];
  const said = <T>(name: string, table: string, sql: string) => rows(name, sql, [table]) as T[];

  const deliveries = said<{ messageId: string; state: string }>(
    'money.db',
    'deliveries',
    'SELECT messageId, state FROM deliveries',
  );
  const known = new Set(deliveries.map(({ messageId }) => messageId));
  for (const id of acked) if (!known.has(id)) wrong.push(`${id} was acknowledged and is lost`);

  const heard = new Set(
    said<{ messageId: string }>(
      'gangway.db',
      'booking_messages',
      'SELECT messageId FROM booking_messages',
    ).map(({ messageId }) => messageId),
  );
  for (const { messageId, state } of deliveries)
    if (state === 'recorded' && !heard.has(messageId))
      wrong.push(`${messageId} counts as recorded and is not`);

  for (const [name, place] of [
    ['gangway.db', 'outbox'],
    ['money.db', `outbox/${privateFolder}`],
  ] as const) {
    for (const { id } of said<{ id: string }>(name, 'letters', "SELECT id FROM letters WHERE state = 'sent'"))
      if (!contents.has(`${place}/${outboxName(id)}.eml`))
        wrong.push(`a letter counts as sent and is not there: ${id}`);
  }

  const pages = said<{ brand: string; slug: string; etag: string }>(
    'gangway.db',
    'guest_pages',
    'SELECT brand, slug, etag FROM guest_pages',
  );
  for (const { brand, slug, etag } of pages) {
    const [path, versions] = [...whole].find(
      ([at]) => at.startsWith(`pages/${brand}/`) && at.endsWith(`${slug}.html`),
    ) ?? ['', []];
    const page = contents.get(path);
    if (!page) wrong.push('a page counts as published and is not there');
    else if (versions.lastIndexOf(sha256(page)) < versions.indexOf(etag))
      wrong.push('a page counts as published and an older one is there');
  }

  const fulfilled = said<{ id: string }>(
    'gangway.db',
    'bookings',
    'SELECT id FROM bookings WHERE fulfilledRevision > 0',
  );
  if (fulfilled.length > 0 && pages.length === 0)
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
