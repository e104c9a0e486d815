// Writes docs/reference/mutation.md: the rooms that were run here as their reports have them, the others as they stand there.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { endedOf } from './ended.js';
import { reasons } from './reasons.js';
import { filesOf } from './rooms.js';

const page = 'docs/reference/mutation.md';

const head = `# Mutation testing

\`npm run mutation -- [room …]\` changes the code of a room in every small way (Stryker) and asks the room's own tests whether they notice; \`--page\` writes this page from the last runs. The goal is 90 %. Sentences are left out: those of refusals, problems, errors and log lines, and what describes a setting; their codes are not. So are constants of a module, which are made before any test begins, but for the shapes of what comes in (\`intake-shapes\`). Tests of other rooms and stories count for nothing here, so a room scores lower than the whole program would. What is kept in DynamoDB is left out: its tests need DynamoDB Local, which would start for every change anew. So are two tests of the engine that take longer than all its others: a thousand executions side by side, and each scenario as AWS's own runner tells it. What speaks to mail servers (SMTP, IMAP) is tested in stories, against such servers, and what runs in a thread is not told of a change. Of mails, what reads a text is asked of its own tests (\`intake-mail\`), what takes whole mails in of all of them (\`intake-mail-taken\`).

Changes that nothing noticed are named with the reason why they may stay; where there is none, a test is missing.
`;

/** The summary of each room that has one, by its name. */
export function writePage(root, rooms) {
  const before = sectionsIn(readFileSync(`${root}${page}`, 'utf8'));
  const sections = rooms.map(room => {
    const report = `${root}.tmp/mutation/${room}.json`;
    const ended = endedOf(root, room);
    const all = filesOf(root, room);
    if (existsSync(report) && all.some(file => ended.includes(file))) {
      const { files } = JSON.parse(readFileSync(report, 'utf8'));
      const run = all.filter(file => ended.includes(file) && file in files).map(file => [file, files[file]]);
      const missing = all.filter(file => !ended.includes(file));
      return [room, sectionOf(run, missing, dayOf(report))];
    }
    return [room, before.get(room) ?? 'Not run to its end yet.\n'];
  });
  const rows = sections.map(([room, text]) => `| ${room} | ${text.split('\n')[0].replace(/\.$/, '')} |`);
  const table = ['| Room | Noticed, as last run |', '| --- | --- |', ...rows].join('\n');
  const body = sections.map(([room, text]) => `## ${room}\n\n${text.trim()}\n`).join('\n');
  writeFileSync(`${root}${page}`, `${head}\n${table}\n\n${body}`);
}

function sectionsIn(text) {
  const parts = text.split(/^## /m).slice(1);
  return new Map(parts.map(part => [part.split('\n')[0], part.slice(part.indexOf('\n') + 1).trimStart()]));
}

const dayOf = file =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(statSync(file).mtime);

function sectionOf(files, missing, day) {
  const all = [0, 0];
  const rows = [];
  const kept = [];
  for (const [file, { mutants, source }] of files) {
    const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
    const missed = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
    if (noticed + missed.length === 0) continue;
    all[0] += noticed;
    all[1] += noticed + missed.length;
    rows.push(`| \`${file}\` | ${share(noticed, noticed + missed.length)} |`);
    kept.push(...whys(file, missed, source.split('\n')));
  }
  const reasonless = kept
    .filter(({ why }) => why === null)
    .reduce((sum, { changes }) => sum + changes.length, 0);
  return [
    `${share(...all)}${missing.length > 0 ? `, ${count(missing)} not run yet` : ''}; last run on ${day}.`,
    `\n| File | Noticed |\n| --- | --- |\n${rows.join('\n')}`,
    ...(missing.length > 0
      ? [`\nNot run to the end yet: ${missing.map(file => `\`${file}\``).join(', ')}.`]
      : []),
    ...(kept.length > 0
      ? [`\nNot noticed: ${all[1] - all[0]}, of which ${reasonless} wait for a test.\n`]
      : []),
    ...kept.map(
      ({ file, why, changes }) =>
        `- \`${file}\`, ${why ?? '**a test is missing**'}: ${[...new Set(changes)].join('; ')}.`,
    ),
  ].join('\n');
}

/** The changes in one file that nothing noticed, together where they have one reason. */
function whys(file, missed, lines) {
  const found = new Map();
  const short = file.replace(/^src\//, '');
  for (const { location, replacement = '' } of missed) {
    const { start, end } = location;
    const line = lines[start.line - 1];
    const why = reasons.find(each => short.endsWith(each.file) && line.includes(each.line))?.why ?? null;
    const was = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
    found.set(why, [...(found.get(why) ?? []), `${code(was)} → ${code(replacement)}`]);
  }
  return [...found].map(([why, changes]) => ({ file: short, why, changes }));
}

function code(text) {
  const one = text.replace(/\s+/g, ' ').trim();
  const cut = one.length > 60 ? `${one.slice(0, 60)}…` : one;
  return cut.includes('`') ? `\`\` ${cut} \`\`` : `\`${cut || ' '}\``;
}

const count = files => (files.length === 1 ? 'one file' : `${files.length} files`);

const share = (yes, of) =>
  `${((100 * yes) / of).toFixed(1)} %, ${yes.toLocaleString('en-US')} of ${of.toLocaleString('en-US')}`;
