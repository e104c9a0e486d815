import type { Command } from 'commander';
import type { Photo } from '#photos/photo.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

type Listed = { photos: Photo[] };
type Changed = Listed & { changed: string[] };

export function photoCommands(program: Command): void {
  const photo = program.command('photo').description('photos of a trip: look, approve, hide, delete');

  onData(photo.command('list <booking>'))
    .description('every photo of a trip, and what is to be decided')
    .action((booking: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const found = await call<Listed>('photo list', { booking });
        out.answer(found, () => prose(found));
      }),
    );

  const put = (name: string, to: string, description: string, done: string) =>
    onData(photo.command(name))
      .description(description)
      .action((booking: string, photos: string[], options: DataOptions) =>
        reach(options, async ({ call, out }) => {
          const after = await call<Changed>('photo put', { booking, photos, to });
          out.answer(after, () => said(after, done));
        }),
      );
  put(
    'approve <booking> [photos...]',
    'shown',
    'show photos on the page of the guest; without photos, all that wait',
    'shown',
  );
  put('hide <booking> <photos...>', 'hidden', 'take photos off the page and keep them', 'hidden');
  put('reconsider <booking> <photos...>', 'waiting', 'put photos back among those that wait', 'put back');

  onData(photo.command('caption <booking> <photo> [text]'))
    .description('say under a photo what is to be seen; without a text, say nothing')
    .action((booking: string, id: string, caption: string | undefined, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const after = await call<Changed>('photo caption', { booking, photo: id, caption: caption ?? '' });
        out.answer(after, () => said(after, 'described'));
      }),
    );

  onData(photo.command('delete <booking> <photos...>'))
    .description('take photos away for good, with their originals; there is no way back')
    .action((booking: string, photos: string[], options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const after = await call<Changed>('photo delete', { booking, photos });
        out.answer(after, () => said(after, 'deleted'));
      }),
    );
}

const said = (after: Changed, done: string) =>
  `${after.changed.length === 1 ? 'One photo' : `${after.changed.length} photos`} ${done}.\n${prose(after)}`;

function prose({ photos }: Listed): string {
  if (photos.length === 0) return 'There are no photos of this trip.';
  return table(
    ['photo', 'state', 'from', 'taken', 'pixels', 'remarks'],
    photos.map(photo => [
      photo.id,
      photo.state,
      photo.by,
      photo.takenAt ?? '',
      photo.width === null ? '' : `${photo.width} × ${photo.height}`,
      [
        photo.removalAskedAt && 'a guest asked to have it taken down',
        photo.minors && 'children can be recognised',
        photo.reason,
        photo.caption && `“${photo.caption}”`,
      ]
        .filter(Boolean)
        .join('; '),
    ]),
  );
}
