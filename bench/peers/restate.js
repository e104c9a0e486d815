// Restate: a server of its own that keeps what ran, and calls the steps over HTTP/2 in this process.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http2';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const at = { ingress: '127.0.0.1:55436', admin: '127.0.0.1:55437', node: '127.0.0.1:55438' };

/** The server that came with npm, on a folder of its own, at its own settings: its log is flushed at every write. */
export async function openRestate(installation, folder) {
  const from = createRequire(join(installation, 'package.json')).resolve(
    '@restatedev/restate-server/package.json',
  );
  const platform = createRequire(from).resolve(
    `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
  );
  const child = spawn(platform, ['--base-dir', folder, '--node-name', 'bench', '--no-logo'], {
    env: {
      ...process.env,
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_BIND_ADDRESS: at.node,
      RESTATE_INGRESS__BIND_ADDRESS: at.ingress,
      RESTATE_ADMIN__BIND_ADDRESS: at.admin,
      RESTATE_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: '1',
      RESTATE_LOG_FILTER: 'error',
    },
    stdio: 'ignore',
  });
  const isUp = () =>
    Promise.all(
      [`${at.admin}/health`, `${at.ingress}/restate/health`].map(url => fetch(`http://${url}`)),
    ).then(
      answers => answers.every(({ ok }) => ok),
      () => false,
    );
  for (let tries = 0; !(await isUp()); tries++) {
    if (tries > 600 || child.exitCode !== null) throw new Error('restate-server did not start');
    await sleep(100);
  }
  return {
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise(resolve => child.once('exit', resolve));
    },
  };
}

export async function restate({ endpoint, service }) {
  const chain = service({
    name: 'chain',
    handlers: {
      run: async context => {
        for (let step = 1; step <= 8; step++) await context.run(`step ${step}`, async () => {});
      },
    },
  });
  const handler = endpoint()
    .bind(chain)
    .setLogger(() => {})
    .http2Handler();
  const steps = createServer(handler);
  await new Promise(resolve => steps.listen(0, '127.0.0.1', resolve));
  await sent(`${at.admin}/deployments`, { uri: `http://127.0.0.1:${steps.address().port}` });
  let end = () => {};
  return {
    async put({ id }) {
      void sent(`${at.ingress}/chain/run`, {}).then(() => end(id));
    },
    onEnd: told => (end = told),
    close: () => steps.close(),
  };
}

async function sent(url, body) {
  const answer = await fetch(`http://${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`restate answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
