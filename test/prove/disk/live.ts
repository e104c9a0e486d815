import { readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { secrets } from '../sim/fleet.ts';
import type { Message } from './script.ts';
import { begunUnder } from './strace.ts';

/** One process from its start to its end, and what the marketplace knows after it. */
export type Lived = {
  /** Which messages were acknowledged. */
  readonly acked: readonly string[];
  /** What time it was there when that was last heard of. */
  readonly now: number;
  readonly cameUp: boolean;
  /** How it came to what was planned for it; `not met` when it never came there and was ended at rest. */
  readonly fate: 'killed' | 'failed by the disk' | 'not met';
  /** What is wrong with it by itself. */
  readonly wrong: string | null;
  readonly story: string;
  /** What strace wrote. */
  readonly recording: string;
};

const hook = new Webhook(secrets.BOATSETTER_WEBHOOK_SECRET);

/**
 * Starts the server under strace and brings it messages over HTTP, as a marketplace does: again until they are
 * acknowledged. It ends where `inject` kills it, or is killed at rest: when the disk has failed it and a message was
 * acknowledged, or after the last.
 */
export async function live(it: {
  server: readonly string[];
  folder: string;
  environment: Readonly<Record<string, string>>;
  inject: readonly string[];
  messages: readonly Message[];
  now: number;
  seed: string;
  /** Further arguments. */
  more?: readonly string[];
}): Promise<Lived> {
  const { folder, inject } = it;
  const log = `${folder}.strace`;
  const isKill = inject.some(option => option.includes('signal='));
  const acked: string[] = [];
  let now = it.now;
  let port = 0;
  let heard = Promise.withResolvers<void>();
  const { ended, end } = begunUnder(
    ['-s', '0', '-o', log, ...inject],
    [...it.server, folder, String(it.now), it.seed, ...(it.more ?? [])],
    it.environment,
    line => {
      const [word, ...numbers] = line.split(' ');
      now = Number(numbers.at(-1));
      if (word === 'UP') port = Number(numbers[0]);
      heard.resolve();
    },
  );
  let isOver = false;
  void ended.then(() => {
    isOver = true;
    heard.resolve();
  });
  /** Whether the disk has failed it; a killed one is over. */
  const isMet = () => !isKill && readFileSync(log, 'latin1').includes('(INJECTED)');

  let endedItself = false;
  try {
    await heard.promise;
    for (const [id, body] of it.messages) {
      for (let tries = 0; tries < 8 && !isOver && !acked.includes(id); tries++) {
        heard = Promise.withResolvers();
        const status = await bring(port, id, body, now);
        if (status === 202) acked.push(id);
        if (status === null) await ended;
        else await heard.promise;
      }
      if (isOver || isMet() || !acked.includes(id)) break;
    }
    endedItself = isOver;
  } finally {
    end();
  }
  const isFailed = isMet();
  const { signal, err, isLate, out } = await ended;
  const recording = readFileSync(log, 'utf8');
  rmSync(log);
  const fate = isFailed ? 'failed by the disk' : endedItself && signal === 'SIGKILL' ? 'killed' : 'not met';
  return {
    acked,
    now,
    recording,
    cameUp: port > 0,
    fate,
    wrong: isLate
      ? 'it hung'
      : fate === 'not met' && (endedItself || port === 0)
        ? `it ended although nothing was done to it: ${err.slice(-300)}`
        : null,
    story: `${inject.join(' ')}: ${fate}, ${out.trim().split('\n').join(', ')}, acknowledged ${acked} ${err.trim().slice(-300)}`,
  };
}

/** Brings a message to the door, signed at this moment; the status, or null when nobody answers any more. */
function bring(port: number, id: string, body: string, now: number): Promise<number | null> {
  const at = new Date(now);
  return new Promise(resolve => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path: '/webhooks/boatsetter',
        method: 'POST',
        agent: false,
        headers: {
          host: 'sailjada.com',
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now / 1000)),
          'webhook-signature': hook.sign(id, at, body),
        },
      },
      answer => {
        answer.resume();
        answer.on('error', () => resolve(null));
        answer.on('end', () => resolve(answer.statusCode ?? null));
      },
    );
    asked.on('error', () => resolve(null));
    asked.end(body);
  });
}
