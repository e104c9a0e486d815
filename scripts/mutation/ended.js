// Which files of a room were run to their end: of one that was broken off the report knows only some of the changes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const nameOf = (root, room) => `${root}.tmp/mutation/${room}.ended.json`;

export const endedOf = (root, room) => {
  const name = nameOf(root, room);
  return existsSync(name) ? JSON.parse(readFileSync(name, 'utf8')) : [];
};

export const keepEnded = (root, room, files) =>
  writeFileSync(nameOf(root, room), JSON.stringify([...new Set(files)].sort(), null, 2));
