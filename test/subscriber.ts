import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Somebody who subscribed to a feed with programs that are not ours: vdirsyncer fetches it, khal shows it, each with an
 * iCalendar reader of its own.
 */
export function subscribe(url: string, zone: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-subscriber-'));
  const at = (name: string) => join(folder, name);
  mkdirSync(at('feed'));
  writeFileSync(at('vdirsyncer'), fetching(folder, url));
  writeFileSync(at('khal'), showing(folder, zone));
  const env = { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', TERM: 'dumb' };
  const vdirsyncer = (...words: string[]) =>
    run('vdirsyncer', ['-c', at('vdirsyncer'), ...words], { env, timeout: 60_000 });
  let isKnown = false;
  return {
    /** Fetches the feed as it is now. Rejects where the address gives nothing any more. */
    async refresh() {
      if (!isKnown) await vdirsyncer('discover');
      isKnown = true;
      await vdirsyncer('sync');
    },
    /** What stands in their calendar from a day on: one line each with start, end, title and status. */
    async shown(from: string): Promise<string[]> {
      const format = '{start-long} to {end-long} {title}, {status}';
      const { stdout } = await run(
        'khal',
        ['-c', at('khal'), 'list', '--once', '--day-format', '', '--format', format, from, '30d'],
        { env, timeout: 60_000 },
      );
      return stdout
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '');
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const fetching = (folder: string, url: string) => `
[general]
status_path = "${folder}/status/"
[pair feed]
a = "there"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "${url}"
[storage here]
type = "filesystem"
path = "${folder}/feed/"
fileext = ".ics"
`;

const showing = (folder: string, zone: string) => `
[calendars]
[[feed]]
path = ${folder}/feed/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = ${zone}
local_timezone = ${zone}
[sqlite]
path = ${folder}/khal.db
`;
