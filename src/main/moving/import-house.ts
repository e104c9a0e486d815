import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fleet } from '#booking/fleet.ts';
import { canonicalJson } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { type CarriedLetter, heldBack } from '#mail/carried.ts';
import type { Arriving } from './house.ts';
import { type Kind, kinds, partOf } from './kinds.ts';
import { type CheckedExport, linkKeyMark } from './manifest.ts';
import { recordsIn } from './parts.ts';

/** What an import did. */
export type Imported = {
  readonly from: { readonly edition: string; readonly takenAt: string };
  readonly into: string;
  /** Whether it went on with one that had been cut short. */
  readonly resumed: boolean;
  /** How many records of each part came in, read back from where they lie now. */
  readonly records: Readonly<Record<string, number>>;
  readonly pictures: number;
  /** Letters that wait for a person, see `gangway post`. */
  readonly held: number;
  /** Statements that do not say what they should, after pages and all were made. */
  readonly drift: number;
};

export type Import = {
  from: CheckedExport;
  into: Arriving;
  fleet: Fleet;
  /** What the house that takes the export makes personal links with. */
  linkKey: string;
  remark?: (line: string) => void;
};

const atOnce = 16;

/**
 * Makes a house of an export: what waited in its post is held, so that nobody is written to a second time, and pages are
 * made anew under their old slugs. Every record is put in place as often as it takes: cut short at any moment, the same
 * import run again goes on. In the end everything is read back and compared.
 * Refusals: those of `Arriving`, `export-without-money`, `export-other-link-key`, `export-unknown-brand`, `import-not-whole`.
 */
export async function importHouse(it: Import): Promise<Imported> {
  const { from, into, remark = () => {} } = it;
  const { id, manifest } = from;
  fits(it);
  const stage = await into.begin(id);
  if (stage !== 'fresh') remark('Going on with an import that was cut short.');
  if (stage !== 'put') {
    await putAll(it);
    await into.isPut(id);
    remark('Everything is there, read back and compared. Making pages.');
  }
  const { held, drift } = await into.catchUp(manifest.takenAt);
  await into.end();
  return {
    from: { edition: manifest.edition, takenAt: manifest.takenAt },
    into: into.edition,
    resumed: stage !== 'fresh',
    records: Object.fromEntries(manifest.parts.map(({ name, records }) => [name, records])),
    pictures: manifest.pictures.length,
    held,
    drift,
  };
}

/** Puts everything in place and reads it back. */
async function putAll({ from: { folder, manifest }, into, remark = () => {} }: Import): Promise<void> {
  const sent = sums();
  for (const kind of kinds) {
    const some: object[] = [];
    const put = async () => into.put(kind, some.splice(0));
    for await (const read of recordsIn(folder, partOf(kind))) {
      const record = kind.name === 'letter' ? heldBack(read as CarriedLetter, manifest.takenAt) : read;
      sent.add(kind, record);
      some.push(record);
      if (some.length === atOnce) await put();
    }
    await put();
    remark(`${partOf(kind)}: ${sent.of(kind).count}`);
  }
  for (const { name } of manifest.pictures)
    await into.pictures.write(name, await readFile(join(folder, name)));
  if (manifest.pictures.length > 0) remark(`${manifest.pictures.length} pictures`);
  const found = sums();
  await into.records(found.add);
  for (const kind of kinds) compare(kind, sent.of(kind), found.of(kind));
}

function fits({ from: { folder, manifest }, fleet, linkKey }: Import): void {
  if (!manifest.money)
    throw new Refusal(
      'export-without-money',
      `${folder} was exported without its books: a house of it would write every owner's letter again.`,
      'Export once more without --without-money.',
    );
  if (manifest.linkKey !== linkKeyMark(linkKey))
    throw new Refusal(
      'export-other-link-key',
      'This house makes personal links with another key than the one that was exported: no link in a letter that is out would open.',
      'Give it the same link key: copy the secret that linkKey names in the configuration, then import again. Nothing was changed.',
    );
  const unknown = manifest.brands.filter(id => !fleet.brands.some(brand => brand.id === id));
  if (unknown.length > 0)
    throw new Refusal(
      'export-unknown-brand',
      `The export has pages of ${unknown.join(', ')}, and the configuration here knows no such brand.`,
      'Take the configuration of the house that was exported along, then import again. Nothing was changed.',
    );
}

type Sum = { count: number; digest: Uint8Array };

/** By kind, how many records there are and a digest of them in any order. */
function sums() {
  const all = new Map<Kind, Sum>();
  const of = (kind: Kind): Sum => {
    const known = all.get(kind) ?? { count: 0, digest: new Uint8Array(32) };
    all.set(kind, known);
    return known;
  };
  const add = (kind: Kind, record: object) => {
    const sum = of(kind);
    sum.count++;
    const one = createHash('sha256').update(canonicalJson(record)).digest();
    for (const [index, byte] of one.entries()) sum.digest[index] = (sum.digest[index] ?? 0) ^ byte;
  };
  return { of, add };
}

function compare(kind: Kind, sent: Sum, found: Sum): void {
  // What a house that runs already makes by itself, or for its people, may lie beside.
  if (kind.mayBeThere ? found.count >= sent.count : Buffer.from(sent.digest).equals(found.digest)) return;
  throw new Refusal(
    'import-not-whole',
    `${partOf(kind)}: ${sent.count} records were put in place and ${found.count} are there, or they are not the same.`,
    'Let nobody else work on this house meanwhile, then import again: it goes on where it was.',
  );
}
