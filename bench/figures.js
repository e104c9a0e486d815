// How figures are put: medians and spreads, one row each, on the terminal and in docs/reference/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

export const ms = value => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const perSecond = value => `${Math.round(value).toLocaleString('en-US')} /s`;
export const mb = value => (Number.isNaN(value) ? 'not known here' : `${Math.round(value)} MB`);
export const at = (times, share) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
/** Half are faster than the first figure, all but one in a hundred than the second. */
export const spread = times => `${ms(at(times, 0.5))} / ${ms(at(times, 0.99))}`;

/** Collects the rows of a run. `beside` is what the figure stands next to: a limit measured in the same run, or a goal. */
export function table() {
  const rows = [];
  return {
    rows,
    row(what, figure, beside = '') {
      rows.push([what, figure, beside]);
      console.log(`${what.padEnd(62)} ${figure.padStart(22)}  ${beside}`);
    },
  };
}

const version = name =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** The machine a run was made on, in lines: without it no figure means anything. */
export const machine = before => [
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${process.arch}`,
  `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, durable execution SDK ${version('@aws/durable-execution-sdk-js')}, Hono ${version('hono')}`,
  `load average before ${before.map(value => value.toFixed(1)).join(', ')}; after ${loadavg()
    .map(value => value.toFixed(1))
    .join(', ')}`,
  new Date().toISOString().slice(0, 16).replace('T', ' ').concat(' UTC'),
];

export function writePage(file, lines, rows, how) {
  const cells = rows.map(row => `| ${row.join(' | ')} |`);
  writeFileSync(
    file,
    `# Performance
Written by \`npm run bench\`${how === '' ? '' : ` (\`${how}\`)`}; not by hand. Every figure stands next to what bounds it in the same run, on the same machine, because only ratios mean anything elsewhere: on a machine that is busy with other work all of them are worse together. Nothing here is asserted by a test.

${lines.map(line => `- ${line}`).join('\n')}

| what | figure | next to it |
|---|---|---|
${cells.join('\n')}

Each part starts \`gangway serve\` with the example fleet and the outbox mailer, in a process of its own, and talks to it over HTTP as a marketplace does. A booking is done when its eleven open and three private surfaces say it and all letters have gone, as read from the databases by the measuring process. Two figures with a slash are the median and the 99th percentile. Everything acknowledged is on disk (\`synchronous=FULL\`). A function of the AWS edition is bundled as it is deployed and imported by a new process that has compiled nothing before, in turn with the bare handler; what Lambda itself adds is not in it.

Beside the engine, with \`--peers\`, stands what keeps each of eight empty steps on disk before the next begins: DBOS (a workflow of eight steps, on PostgreSQL), pg-boss and graphile-worker (eight jobs, each of which puts the next in the queue, on PostgreSQL) and bullmq (the same on Redis, which is told to sync every write; by default it loses the last second). They are installed from npm for the run and taken away after it, at their own settings but for how many jobs they take at a time. Not there: n8n, which installs 2.2 GB, needs packages built on the machine and an owner signed up before a workflow can be put in, and begins each run with a process of work that no empty step has; and Restate, whose server calls the steps in a second process over HTTP/2, so that a figure of ours would say more about how we set both up than about it.

What the figures do not show: a disk of another kind (one that takes 10 ms to flush makes whatever is done one at a time slower, and what is done in bulk hardly), and a mail server's own pace.
`,
  );
}
