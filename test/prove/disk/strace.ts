import { spawn, spawnSync } from 'node:child_process';
import type { Proof } from '../prove.ts';

/** Whether this machine can watch and disturb system calls. Where it cannot, the proofs that need it say so and are left out. */
export const hasStrace = (): boolean =>
  process.platform === 'linux' &&
  spawnSync('strace', ['-qq', '-o', '/dev/null', process.execPath, '-e', '0']).status === 0;

/** Leaves a proof out, by name and with the reason, where it cannot run. In CI nothing may be left out. */
export const whereStraceIs = <P extends Proof>(proof: P): P => ({
  ...proof,
  async run(job) {
    if (hasStrace()) return proof.run(job);
    if (process.env.CI) throw new Error('strace is missing; in CI nothing may be left out');
    return { done: 0, figures: {}, violations: [], leftOut: 'no strace here that may watch a process.' };
  },
});

/** Every system call by which a program changes what is on a disk, and those by which it makes that last. */
export const changing = [
  ...['openat', 'creat', 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'ftruncate', 'truncate'],
  ...['fsync', 'fdatasync', 'sync_file_range', 'fallocate', 'copy_file_range', 'sendfile'],
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir', 'link', 'linkat'],
  ...['symlink', 'close'],
];

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };

/** Runs a program under strace to its end, or ends it after `mostMs`. */
export const under = (
  options: readonly string[],
  program: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended & { isLate: boolean }> => begunUnder(options, program, environment).ended;

/** Begins a program under strace. `said` is called with each line it says; `end` ends it on the spot, and strace with it. */
export function begunUnder(
  options: readonly string[],
  program: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  said: (line: string) => void = () => {},
  mostMs = 60_000,
): { ended: Promise<Ended & { isLate: boolean }>; end: () => void } {
  // Faster, but strace 6.1 then forgets to send signals.
  const filter = options.some(option => option.includes('signal=')) ? [] : ['--seccomp-bpf'];
  // A group of its own, so that strace and what it watches end together.
  const child = spawn('strace', ['-f', '-qq', ...filter, ...options, ...program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // One thread for files, so that their order is the same in each run; and nothing that goes past strace.
    env: { ...process.env, ...environment, UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' },
  });
  let [out, err, isLate] = ['', '', false];
  const end = () => {
    if (child.pid && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  child.stdout.on('data', chunk => {
    const lines = (out.slice(out.lastIndexOf('\n') + 1) + chunk).split('\n').slice(0, -1);
    out += chunk;
    for (const line of lines) said(line);
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  const late = setTimeout(() => {
    isLate = true;
    end();
  }, mostMs);
  const ended = new Promise<Ended & { isLate: boolean }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(late);
      resolve({ code, signal, out, err, isLate });
    });
  });
  return { ended, end };
}

/** One finished system call as strace wrote it with `-y -xx`. */
export type Call = {
  /** The thread that made it, as strace numbers them. */
  readonly thread: string;
  readonly name: string;
  /** Between the parentheses. */
  readonly args: string;
  readonly result: number;
};

/**
 * The calls of a recording in the order in which their effects may be seen: a change from the moment it was asked for, a
 * sync from the moment it was done.
 */
export function calls(recording: string): Call[] {
  const found: (Call | null)[] = [];
  const begun = new Map<string, { text: string; at: number }>();
  for (const line of recording.split('\n')) {
    const thread = line.slice(0, line.indexOf(' '));
    const rest = line.slice(thread.length).trimStart();
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(thread, { text: rest.slice(0, -'<unfinished ...>'.length), at: found.push(null) - 1 });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(rest);
    const before = resumed && begun.get(thread);
    if (resumed && !before) continue;
    const call = parsed(thread, before ? before.text + resumed[1] : rest);
    if (!call) continue;
    if (before && !call.name.includes('sync')) found[before.at] = call;
    else found.push(call);
  }
  return found.filter(call => call !== null);
}

function parsed(thread: string, text: string): Call | null {
  const match = /^(\w+)\((.*)\)\s+= (-?\d+)/s.exec(text);
  return match && { thread, name: match[1] ?? '', args: (match[2] ?? '').trim(), result: Number(match[3]) };
}

/** The bytes of a `"\x..\x.."`. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** The path in the descriptor an argument begins with, `3<\x2f…>`. */
export function pathOfDescriptor(args: string): string {
  return bytesOf(/^-?\w+<([^>]*)>/.exec(args)?.[1] ?? '').toString('utf8');
}

/** All strings among the arguments. */
export const stringsIn = (args: string): string[] =>
  [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(match => bytesOf(match[1] ?? '').toString('utf8'));
