import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { bytesOf, calls, changing, pathOfDescriptor, stringsIn, under } from './strace.ts';

/** One thing a program did to its folder, paths from there; `sync` of '' is of the folder itself. */
export type Op =
  | { readonly do: 'create' | 'folder' | 'remove' | 'sync'; readonly path: string }
  | { readonly do: 'write'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly do: 'truncate'; readonly path: string; readonly size: number }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }
  /** It said so on standard output: `ACK msg_1`. */
  | { readonly do: 'say'; readonly path: string };

/** Runs a program on a folder and returns what it did there, in order. Throws when it did not come to its end. */
export async function record(program: readonly string[], folder: string): Promise<readonly Op[]> {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}.strace`;
  try {
    const ended = await under(
      ['-y', '-xx', '-s', '4000000', '-o', file, '-e', `trace=${changing.join(',')}`],
      [...program, folder],
    );
    if (!ended.out.includes('DONE')) throw new Error(`the recorded run failed: ${ended.out} ${ended.err}`);
    return opsIn(readFileSync(file, 'latin1'), folder);
  } finally {
    rmSync(file, { force: true });
  }
}

function opsIn(recording: string, folder: string): Op[] {
  const ops: Op[] = [];
  const there = new Set<string>();
  const open = new Map<string, { path: string; at: number }>();
  const inside = (path: string) =>
    path === folder || path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;

  for (const { name, args, result } of calls(recording)) {
    if (result < 0) continue;
    const descriptor = /^(\d+)</.exec(args)?.[1] ?? '';
    const [first = '', second = ''] = stringsIn(name.endsWith('write') || name === 'pwrite64' ? '' : args);
    const path = inside(descriptor ? pathOfDescriptor(args) : first);
    if (name === 'write' && descriptor === '1') {
      const said = firstString(args).toString('utf8');
      ops.push({ do: 'say', path: said.trim() });
      continue;
    }
    if (path === null) {
      if (name === 'openat') open.delete(String(result));
      continue;
    }
    switch (name) {
      case 'openat': {
        open.set(String(result), { path, at: 0 });
        if (args.includes('O_CREAT') && !there.has(path)) {
          there.add(path);
          ops.push({ do: 'create', path });
        } else if (args.includes('O_TRUNC')) ops.push({ do: 'truncate', path, size: 0 });
        break;
      }
      case 'close':
        open.delete(descriptor);
        break;
      case 'write': {
        const handle = open.get(descriptor);
        if (!handle) throw new Error(`a write to ${path} through a handle nobody opened`);
        ops.push({ do: 'write', path, at: handle.at, bytes: firstString(args).subarray(0, result) });
        handle.at += result;
        break;
      }
      case 'pwrite64': {
        const at = Number(/, (\d+)$/.exec(args)?.[1]);
        ops.push({ do: 'write', path, at, bytes: firstString(args).subarray(0, result) });
        break;
      }
      case 'ftruncate':
        ops.push({ do: 'truncate', path, size: Number(/, (\d+)$/.exec(args)?.[1]) });
        break;
      case 'fsync':
      case 'fdatasync':
        ops.push({ do: 'sync', path });
        break;
      case 'rename': {
        const to = inside(second) ?? '';
        there.delete(path);
        there.add(to);
        ops.push({ do: 'rename', path, to });
        break;
      }
      case 'unlink':
      case 'rmdir':
      case 'unlinkat':
        there.delete(path);
        ops.push({ do: 'remove', path });
        break;
      case 'mkdir':
        if (path !== '') ops.push({ do: 'folder', path });
        break;
      default:
        throw new Error(
          `the recording has a ${name} of ${path}, and the replay does not know what that does`,
        );
    }
  }
  return ops;
}

const firstString = (args: string): Buffer => {
  const from = args.indexOf('"');
  return bytesOf(args.slice(from + 1, args.indexOf('"', from + 1)));
};
