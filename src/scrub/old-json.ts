import { Refusal } from '#lib/refusal.ts';
import type { OldField } from './old-store.ts';

type Path = readonly (string | number)[];

/** A file of records as it was written: one JSON value, or one on each line. */
export type JsonFile = { readonly kind: 'value' | 'lines'; readonly value: unknown; readonly indent: number };

/**
 * Reads what `aws dynamodb scan` prints (`{ Items: [...] }`), what an export to S3 holds (`{"Item": …}` line by line), and
 * plain JSON. Throws the refusal `scrub-file-unreadable`.
 */
export function readJsonFile(text: string): JsonFile {
  try {
    return {
      kind: 'value',
      value: JSON.parse(text),
      indent: /^\s*[[{]\s*\n( *)/.exec(text)?.[1]?.length ?? 0,
    };
  } catch {
    const lines = text.split('\n').filter(line => line.trim() !== '');
    try {
      return { kind: 'lines', value: lines.map(line => JSON.parse(line)), indent: 0 };
    } catch (error) {
      throw new Refusal(
        'scrub-file-unreadable',
        `The file is neither JSON nor JSON line by line (${(error as Error).message}).`,
        'Give a file as `aws dynamodb scan` prints it, an unpacked export to S3, or CSV with a line of names.',
      );
    }
  }
}

export const writeJsonFile = ({ kind, value, indent }: JsonFile): string =>
  kind === 'lines'
    ? `${(value as unknown[]).map(line => JSON.stringify(line)).join('\n')}\n`
    : `${JSON.stringify(value, null, indent || undefined)}\n`;

/** The records of a file, each with its place in it. */
export function recordsIn(value: unknown): readonly { place: Path; record: unknown }[] {
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      isObject(item) && isObject(item.Item)
        ? { place: [index, 'Item'], record: item.Item }
        : { place: [index], record: item },
    );
  }
  const list = isObject(value)
    ? (['Items', 'items', 'events', 'records'] as const).find(key => Array.isArray(value[key]))
    : undefined;
  if (isObject(value) && list)
    return (value[list] as unknown[]).map((record, index) => ({ place: [list, index], record }));
  return [{ place: [], record: value }];
}

/** What a person knows a record by. */
export function keyIn(record: unknown, place: Path): string {
  const parts = ['pk', 'PK', 'sk', 'SK', 'event_id', 'eventId', 'id'].flatMap(name => {
    const value = isObject(record) ? plain(record[name]) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
  return parts.length > 0
    ? [...new Set(parts)].join(' ')
    : `record ${place.find(step => typeof step === 'number') ?? 0}`;
}

/** Every text and number in a record, with its place below it. DynamoDB's own `{ "S": "…" }` is seen through. */
export function fieldsIn(value: unknown, path: Path = []): readonly OldField[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((inner, index) => fieldsIn(inner, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => fieldsIn(inner, [...path, key]));
}

/** The name of a field for people: without the letters of DynamoDB's types. */
export const spoken = (path: Path): Path =>
  path.filter((step, at) => !(at > 0 && typeof step === 'string' && types.has(step)));

/** Sets what stands at a place. A number that goes away becomes null, which DynamoDB writes as `{ "NULL": true }`. */
export function setAt(root: unknown, path: Path, after: string | number | null): void {
  const [last, holder] = [path.at(-1), path.slice(0, -1)];
  const outer = holder.at(-1);
  if (last !== undefined && (last === 'N' || last === 'S') && outer !== undefined) {
    const parent = at(root, holder.slice(0, -1));
    const typed = after === null ? { NULL: true } : { [last]: String(after) };
    if (isObject(parent) || Array.isArray(parent)) Reflect.set(parent, outer, typed);
    return;
  }
  const parent = at(root, holder);
  if (last !== undefined && (isObject(parent) || Array.isArray(parent))) Reflect.set(parent, last, after);
}

/** What stands at a place, a value that was taken away as null. */
export function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if ((step === 'N' || step === 'S') && isObject(value) && value.NULL === true) return null;
    return isObject(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  }, root);
}

const types: ReadonlySet<string> = new Set(['S', 'N', 'M', 'L', 'SS', 'NS', 'B', 'BOOL', 'NULL']);

const plain = (value: unknown): unknown => (isObject(value) ? (value.S ?? value.N) : value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
