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

/**
 * Collects the rows of a run. `beside` is what the figure stands next to: a limit measured in the same run, or a goal.
 * What a part `saw` is kept as numbers, by which the goals are judged at the end.
 */
export function table() {
  const rows = [];
  const seen = {};
  return {
    rows,
    seen,
    saw(name, figures) {
      seen[name] = { ...seen[name], ...figures };
      return seen[name];
    },
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

const cells = rows => rows.map(row => `| ${row.join(' | ')} |`).join('\n');

/** `goals` are rows of name, what, figure, goal and how it stands. */
export function writePage(file, lines, { rows, goals }, how) {
  writeFileSync(
    file,
    `# Performance
Written by \`npm run bench\`${how === '' ? '' : ` (\`${how}\`)`}; not by hand. Every figure stands next to what bounds it in the same run, on the same machine, because only ratios mean anything elsewhere: on a machine that is busy with other work all of them are worse together. Nothing here is asserted by a test.

${lines.map(line => `- ${line}`).join('\n')}

| what | figure | next to it |
|---|---|---|
${cells(rows)}

## Goals
What we set ourselves before there was a figure, judged by this run, whatever the machine was doing meanwhile. Where a goal is a ratio both sides were measured in it.

| goal | what | figure | goal | |
|---|---|---|---|---|
${cells(goals)}

## How it is measured

Each part starts \`gangway serve\` with the example fleet and the outbox mailer, in a process of its own, and talks to it over HTTP as a marketplace does. A booking is done when its eleven open and three private surfaces say it and all letters have gone, as read from the databases by the measuring process. Two figures with a slash are the median and the 99th percentile. Everything acknowledged is on disk (the write-ahead log flushed). A function of the AWS edition is bundled as it is deployed and imported by a new process that has compiled nothing before, in turn with the bare handler; what Lambda itself adds is not in it.

Beside the engine, with \`--peers\`, stands what keeps each of eight empty steps on disk before the next begins: DBOS (a workflow of eight steps, on PostgreSQL), pg-boss and graphile-worker (eight jobs, each of which puts the next in the queue, on PostgreSQL), Restate (a handler of eight steps in the measuring process, called over HTTP/2 by its server, which flushes its log by default) and bullmq (as the others, on Redis, which is told to sync every write; by default it loses the last second). They are at their own settings but for how many jobs they take at a time.

Beside a booking stands n8n, as an operator would build it: webhook, fields, two HTTP calls, a page of 20 KB made from a template and written to a file, a letter over SMTP to a server that takes it at once; eight nodes for our fourteen surfaces. It is at its own settings (SQLite, executions kept when they end, and once with every node’s progress kept) but for what calls home, which is off. It acknowledges before it keeps anything, so a crash loses what it acknowledged. Node-RED, which keeps nothing, is not measured.

The peers come from npm, pinned, into \`~/.cache/gangway-bench\`, and stay there for the next run: 2.8 GB for n8n, which needs a compiler for its SQLite and takes some minutes the first time, and 0.3 GB for the rest. Servers that npm does not have (PostgreSQL, Redis) are used where the machine has them, on folders of their own; nothing is installed on the system.

What the figures do not show: a disk of another kind (one that takes 10 ms to flush makes whatever is done one at a time slower, and what is done in bulk hardly), and a mail server's own pace.
`,
  );
}
