import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { diceOf } from '../sim/dice.ts';
import type { Op } from './recording.ts';

type Dice = ReturnType<typeof diceOf>;
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number };
type FileNode = { readonly kind: 'file'; durable: Buffer; pending: Change[] };
type FolderNode = {
  readonly kind: 'folder';
  readonly durable: Map<string, Node>;
  readonly live: Map<string, Node>;
  pending: EntryChange[];
};
type Node = FileNode | FolderNode;
type EntryChange = { readonly gone: string | null; readonly here: readonly [string, Node] | null };

/** What is on a disk: every file with its bytes, every folder with a `/` behind its name. */
export type Contents = ReadonlyMap<string, Buffer>;

/**
 * A disk that keeps only what it was asked to keep, as POSIX allows and no file system is so harsh: the bytes of a file
 * last once that file is synced, its name once its folder is, and of the rest any part may be there. Shared memory of
 * SQLite (`-shm`) is nothing a power failure leaves.
 */
export function crashModel(before: Contents) {
  const root = folderNode();
  for (const [path, bytes] of before) {
    if (path.endsWith('/')) {
      folderOf(path.slice(0, -1), true);
      continue;
    }
    const parent = folderOf(dirname(path), true);
    const node: FileNode = { kind: 'file', durable: bytes, pending: [] };
    parent.live.set(base(path), node);
    parent.durable.set(base(path), node);
  }

  function folderOf(path: string, isDurable = false): FolderNode {
    let at = root;
    for (const name of path === '.' || path === '' ? [] : path.split('/')) {
      let next = at.live.get(name);
      if (!next && isDurable) {
        next = folderNode();
        at.live.set(name, next);
        at.durable.set(name, next);
      }
      if (next?.kind !== 'folder') throw new Error(`${path} is no folder in the replay`);
      at = next;
    }
    return at;
  }
  const nodeAt = (path: string): Node | undefined =>
    path === '' ? root : folderOf(dirname(path)).live.get(base(path));
  const fileAt = (path: string): FileNode => {
    const node = nodeAt(path);
    if (node?.kind !== 'file') throw new Error(`${path} is no file in the replay`);
    return node;
  };
  const enter = (folder: FolderNode, change: EntryChange) => {
    apply(folder.live, change);
    folder.pending.push(change);
  };

  const rename = (path: string, target: string) => {
    const node = nodeAt(path);
    if (!node) throw new Error(`${path} is not there to be renamed`);
    const [from, to] = [folderOf(dirname(path)), folderOf(dirname(target))];
    const here = [base(target), node] as const;
    // Within one folder it is one step; between two, each folder is a thing of its own.
    if (from === to) enter(from, { gone: base(path), here });
    else {
      enter(to, { gone: null, here });
      enter(from, { gone: base(path), here: null });
    }
  };

  const sync = (node: Node | undefined) => {
    if (node?.kind === 'file') node.durable = changed(node.durable, node.pending);
    if (node?.kind === 'folder') for (const change of node.pending) apply(node.durable, change);
    if (node) node.pending = [];
  };

  return {
    /** Does one more thing. */
    go(op: Op): void {
      switch (op.do) {
        case 'create':
          if (!nodeAt(op.path))
            enter(folderOf(dirname(op.path)), { gone: null, here: [base(op.path), fileNode()] });
          break;
        case 'folder':
          enter(folderOf(dirname(op.path)), { gone: null, here: [base(op.path), folderNode()] });
          break;
        case 'remove':
          enter(folderOf(dirname(op.path)), { gone: base(op.path), here: null });
          break;
        case 'rename':
          rename(op.path, op.to);
          break;
        case 'write':
          fileAt(op.path).pending.push({ at: op.at, bytes: op.bytes });
          break;
        case 'truncate':
          fileAt(op.path).pending.push({ size: op.size });
          break;
        case 'sync':
          sync(nodeAt(op.path));
      }
    },

    /** The bytes of a file as the program itself sees them. */
    seen: (path: string): Buffer => {
      const { durable, pending } = fileAt(path);
      return changed(durable, pending);
    },

    /** What the disk may hold if the power fails now: one of very many possibilities. */
    fail(dice: Dice): Contents {
      const left = new Map<string, Buffer>();
      const walk = (folder: FolderNode, path: string) => {
        const entries = new Map(folder.durable);
        for (const change of folder.pending.slice(0, part(dice, folder.pending.length)))
          apply(entries, change);
        for (const [name, node] of entries) {
          const at = path === '' ? name : `${path}/${name}`;
          if (node.kind === 'folder') {
            left.set(`${at}/`, Buffer.alloc(0));
            walk(node, at);
          } else if (!name.endsWith('-shm')) left.set(at, survived(node, dice));
        }
      };
      walk(root, '');
      return left;
    },
  };
}

/** How many of so many are there: often all or none, else any number. */
function part(dice: Dice, of: number): number {
  if (of === 0) return 0;
  const chance = dice.part();
  if (chance < 0.35) return of;
  if (chance < 0.55) return 0;
  return dice.below(of + 1);
}

function survived({ durable, pending }: FileNode, dice: Dice): Buffer {
  if (pending.length === 0) return durable;
  const chance = dice.part();
  if (chance < 0.2) return durable;
  // A prefix, as most file systems leave it, or any of them, as a disk with a cache may.
  const isPrefix = chance < 0.5;
  const kept = isPrefix
    ? pending.slice(0, part(dice, pending.length))
    : pending.filter(() => dice.chance(chance < 0.75 ? 0.9 : 0.5));
  return changed(
    durable,
    kept.map(change => torn(change, dice)),
  );
}

function torn(change: Change, dice: Dice): Change {
  if ('size' in change || !dice.chance(0.15) || change.bytes.length <= 512) return change;
  const sectors = Math.ceil(change.bytes.length / 512);
  const cut = 512 * (1 + dice.below(sectors - 1));
  return dice.chance(0.5)
    ? { at: change.at, bytes: change.bytes.subarray(0, cut) }
    : { at: change.at + cut, bytes: change.bytes.subarray(cut) };
}

function changed(bytes: Buffer, changes: readonly Change[]): Buffer {
  if (changes.length === 0) return bytes;
  let size = bytes.length;
  let most = size;
  for (const change of changes) {
    size = 'size' in change ? change.size : Math.max(size, change.at + change.bytes.length);
    most = Math.max(most, size);
  }
  const made = Buffer.allocUnsafe(most).fill(0, bytes.length);
  bytes.copy(made);
  let end = bytes.length;
  for (const change of changes) {
    if ('size' in change) {
      if (change.size < end) made.fill(0, change.size, end);
      end = change.size;
    } else {
      change.bytes.copy(made, change.at);
      end = Math.max(end, change.at + change.bytes.length);
    }
  }
  return made.subarray(0, end);
}

function apply(entries: Map<string, Node>, { gone, here }: EntryChange): void {
  if (gone !== null) entries.delete(gone);
  if (here) entries.set(...here);
}

const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const fileNode = (): FileNode => ({ kind: 'file', durable: Buffer.alloc(0), pending: [] });
const folderNode = (): FolderNode => ({ kind: 'folder', durable: new Map(), live: new Map(), pending: [] });

/** Everything in a folder but what SQLite shares in memory. */
export function contentsOf(folder: string): Contents {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const at = path.slice(folder.length + 1);
    if (entry.isDirectory()) found.set(`${at}/`, Buffer.alloc(0));
    else if (!entry.name.endsWith('-shm')) found.set(at, readFileSync(path));
  }
  return found;
}

/** Puts it into an empty folder. */
export function layDown(contents: Contents, folder: string): void {
  const made = new Set<string>();
  for (const [path, bytes] of contents) {
    const place = join(folder, path.endsWith('/') ? path : dirname(path));
    if (!made.has(place)) mkdirSync(place, { recursive: true });
    made.add(place);
    if (!path.endsWith('/')) writeFileSync(join(folder, path), bytes);
  }
}
