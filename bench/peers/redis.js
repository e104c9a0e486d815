import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const redis = { host: '127.0.0.1', port: 55_433 };

export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** A server of its own that syncs every write before it answers; left to itself Redis loses what it said last. */
export async function openRedis(folder) {
  mkdirSync(folder);
  const settings = {
    bind: redis.host,
    port: redis.port,
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  for (let tries = 0; tries < 100 && !(await answers()); tries++) await sleep(100);
  return {
    async close() {
      child.kill();
      if (child.exitCode === null) await new Promise(resolve => child.once('exit', resolve));
    },
  };
}

const answers = () =>
  new Promise(resolve => {
    const socket = connect(redis);
    const end = isThere => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
