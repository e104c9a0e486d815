// `npm run mutation -- [room …]`: changes the code of a room in every small way and asks its tests whether they notice.
// `npm run mutation -- room --only file[,file]` runs these files and keeps what is known of the others. `--survivors` tells
// the last run again, `--page` writes docs/reference/mutation.md from the last runs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endedOf, keepEnded } from './ended.js';
import { writePage } from './page.js';
import { filesOf, rooms } from './rooms.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    survivors: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
const asked = positionals.length > 0 ? positionals : Object.keys(rooms);
const unknown = asked.find(room => !(room in rooms));
if (unknown) {
  console.error(`There is no room ${unknown}. Rooms: ${Object.keys(rooms).join(', ')}.`);
  process.exit(2);
}

const only = values.only?.split(',');
const stranger = only?.find(file => !filesOf(root, asked[0]).includes(file));
if (stranger || (only && asked.length > 1)) {
  console.error(stranger ? `${asked[0]} has no ${stranger}.` : 'Name the room of these files, and no other.');
  process.exit(2);
}

if (values.page) {
  writePage(root, Object.keys(rooms));
  process.exit(0);
}

const goal = 90;
let below = 0;
for (const room of asked) {
  if (!values.survivors) {
    const files = only ?? filesOf(root, room);
    mkdirSync(`${root}.tmp/mutation`, { recursive: true });
    const others = endedOf(root, room).filter(file => !files.includes(file));
    keepEnded(root, room, others);
    const run = spawnSync(
      process.execPath,
      [
        `${root}node_modules/@stryker-mutator/core/bin/stryker.js`,
        'run',
        'scripts/mutation/stryker.config.js',
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: {
          ...process.env,
          GANGWAY_MUTATION_ROOM: room,
          GANGWAY_MUTATION_FILES: files.join(','),
        },
      },
    );
    if (run.status !== 0) process.exit(run.status ?? 1);
    keepEnded(root, room, [...others, ...files]);
  }
  const { files } = JSON.parse(readFileSync(`${root}.tmp/mutation/${room}.json`, 'utf8'));
  const noticed = { Killed: 0, Timeout: 0 };
  const missed = { Survived: 0, NoCoverage: 0 };
  for (const file of filesOf(root, room).filter(file => file in files)) {
    const { mutants, source } = files[file];
    const count = { k: 0, s: 0 };
    for (const mutant of mutants) {
      if (mutant.status in noticed) {
        noticed[mutant.status]++;
        count.k++;
      }
      if (!(mutant.status in missed)) continue;
      missed[mutant.status]++;
      count.s++;
      const { line, column } = mutant.location.start;
      const text = source.split('\n')[line - 1].trim();
      console.log(
        `${file}:${line}:${column} ${mutant.mutatorName}${mutant.status === 'NoCoverage' ? ' (no test comes here)' : ''}: ${one(mutant.replacement)}\n    ${text}`,
      );
    }
    if (count.k + count.s > 0) console.log(`  ${file}: ${percent(count.k, count.s)}`);
  }
  const [yes, no] = [noticed.Killed + noticed.Timeout, missed.Survived + missed.NoCoverage];
  if (yes < (yes + no) * (goal / 100)) below++;
  console.log(`${room}: ${percent(yes, no)}`);
}
process.exit(below > 0 ? 1 : 0);

function percent(yes, no) {
  return `${((100 * yes) / (yes + no)).toFixed(1)} % noticed, ${yes} of ${yes + no}`;
}

function one(text = '') {
  return text.replace(/\s+/g, ' ').slice(0, 90);
}
