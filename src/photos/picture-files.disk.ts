import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { writeThrough } from '#platform/whole-file.ts';
import { type PictureFiles, pictureNamed } from './picture-files.ts';

/** The pictures of the embedded edition, in the folders of its store. */
export function diskPictureFiles(root: string): PictureFiles {
  const fileOf = (name: string) => {
    const picture = pictureNamed(name);
    if (!picture) throw new TypeError('not a picture');
    const { folder, trip, file } = picture;
    if (folder === 'originals') return join(root, 'private', trip, 'original');
    return folder === 'made'
      ? join(root, 'private', trip, 'renditions', file ?? '')
      : join(root, 'public', trip, file ?? '');
  };
  return {
    async names() {
      const found = await readdir(root, { recursive: true, withFileTypes: true });
      return found
        .filter(entry => entry.isFile())
        .map(entry => nameOf(relative(root, join(entry.parentPath, entry.name)).split(sep)))
        .filter(name => pictureNamed(name) !== null)
        .sort();
    },
    read: name => readFile(fileOf(name)),
    async write(name, bytes) {
      const file = fileOf(name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeThrough(file, bytes, name.startsWith('shown/') ? 0o644 : 0o600);
    },
  };
}

/** The name of a file of the store; what is none is filtered out by who asks. */
function nameOf([side, booking, photo, ...more]: readonly string[]): string {
  const [kind, file] = more;
  if (side === 'public') return `shown/${booking}/${photo}/${more.join('/')}`;
  return kind === 'original' && more.length === 1
    ? `originals/${booking}/${photo}`
    : `${kind === 'renditions' ? 'made' : '-'}/${booking}/${photo}/${file}`;
}
