import { paths } from '#ui/paths.ts';
import type { Operation, Parameter } from './operation.ts';

const slug: Parameter = {
  name: 'slug',
  in: 'path',
  required: true,
  description: 'From the letter to the guest.',
};
const photo: Parameter = { name: 'photo', in: 'path', required: true, description: 'From the grant.' };
const of = { tag: 'Guest pages', access: 'address', onBrandHost: true } as const;
const noPage = { description: 'No such page.', type: 'text/html' } as const;
const id = 'pho_glnokfchaddbkepjmnoi';

/** Photos on the host of a brand. */
export const photoOperations: readonly Operation[] = [
  {
    ...of,
    id: 'askForUploads',
    method: 'post',
    path: paths.guestUploads('{slug}'),
    summary: 'Ask to add a photo',
    description:
      'Asked at the moment of sending, for one file: `{ "type": "image/jpeg", "size": 4123456, "mark": "…", "consent": true, "minors": false }` as JSON, at most 4 KB. `mark` is what the device knows the file by (1 to 100 letters, digits and `_ . : -`): asked again with the same mark and size, the same photo goes on at `at`. The grant is good for one key, this type, exactly this size, and ten minutes; `fields` are those of an S3 POST policy.',
    parameters: [slug],
    answers: {
      200: {
        description: 'Leave to send it, or how it stands if it is here already.',
        schema: 'UploadGrant',
        example: {
          photo: id,
          state: 'expected',
          at: 0,
          part: 524288,
          expiresAt: '2027-05-30T22:40:00.000Z',
          fields: { key: `originals/bkg_7zk3q0m4x8c2v9tn/${id}`, 'Content-Type': 'image/jpeg' },
        },
      },
      404: noPage,
    },
    refusals: ['upload-not-open', 'upload-unreadable', 'upload-unusable', 'upload-quota', 'disk-full'],
  },
  {
    ...of,
    id: 'sendUpload',
    method: 'patch',
    path: paths.guestUpload('{slug}', '{photo}'),
    summary: 'Send bytes of a photo',
    description:
      'The body is bytes of the file from `Upload-Offset` on, as many as you like (512 KB at a time suits a bad line). What arrived before a cut counts. `stored` means that the whole file is on disk.',
    parameters: [
      slug,
      photo,
      { name: 'Upload-Offset', in: 'header', required: true, description: 'The first byte of the body.' },
      {
        name: 'Upload-Grant',
        in: 'header',
        required: true,
        description: '`fields` of the grant as JSON, in base64.',
      },
    ],
    answers: {
      200: {
        description: 'How it stands.',
        schema: 'UploadState',
        example: { photo: id, state: 'stored', at: 4123456 },
      },
      404: noPage,
    },
    refusals: [
      'upload-not-open',
      'upload-unreadable',
      'upload-forbidden',
      'upload-elsewhere',
      'disk-full',
      'photo-store-failed',
    ],
  },
  {
    ...of,
    id: 'uploadState',
    method: 'get',
    path: paths.guestUpload('{slug}', '{photo}'),
    summary: 'How does an upload stand?',
    description:
      'A picture is opened after it was stored: one that turns out to be damaged is `refused` then, with a reason and a cure.',
    parameters: [slug, photo],
    answers: {
      200: {
        description: 'So.',
        schema: 'UploadState',
        example: { photo: id, state: 'stored', at: 4123456 },
      },
      404: noPage,
    },
    refusals: [],
  },
  {
    ...of,
    id: 'sentPhotos',
    method: 'get',
    path: paths.guestUploads('{slug}'),
    summary: 'What was sent from this device',
    description: 'A page for the guest, who can take a photo back there until somebody has looked at it.',
    parameters: [slug],
    answers: { 200: { description: 'The page.', type: 'text/html' }, 404: noPage },
    refusals: [],
  },
  ...(
    [
      ['delete', 'takePhotoBack', 'Take a photo back', 'withdrawn'],
      ['put', 'putPhotoBack', 'Undo that', 'stored'],
    ] as const
  ).map(
    ([method, named, summary, state]): Operation => ({
      ...of,
      id: named,
      method,
      path: paths.guestUpload('{slug}', '{photo}'),
      summary,
      description:
        'By the device that sent it, until a person has looked at it. What was taken back is deleted two days after it was asked for, and can be put back until then.',
      parameters: [
        slug,
        photo,
        { name: 'Upload-Key', in: 'header', required: true, description: '`key` of the grant.' },
      ],
      answers: {
        200: {
          description: 'How it stands.',
          schema: 'UploadState',
          example: { photo: id, state, at: 4123456 },
        },
        404: noPage,
      },
      refusals: ['photo-decided'],
    }),
  ),
  {
    ...of,
    id: 'readPhoto',
    method: 'get',
    path: paths.guestPhoto('{slug}', '{file}'),
    summary: 'See a photo',
    description:
      'A rendition of a photo that was approved: `{name}-{width}.{avif|webp|jpg}`, where `name` is the first eight letters of its id after `pho_`, or the whole id. Made anew from its pixels, so it says nothing of where and with what it was taken.',
    parameters: [slug, { name: 'file', in: 'path', required: true, description: 'As on the page.' }],
    answers: { 200: { description: 'The picture.', type: 'image/jpeg' }, 404: noPage },
    refusals: [],
  },
  {
    ...of,
    id: 'takePhotosHome',
    method: 'get',
    path: paths.guestPhotosZip('{slug}'),
    summary: 'Take all photos home',
    description: 'Every photo of the page in its largest rendition, in order.',
    parameters: [slug],
    answers: { 200: { description: 'The photos.', type: 'application/zip' }, 404: noPage },
    refusals: [],
  },
  {
    ...of,
    id: 'askRemoval',
    method: 'post',
    path: paths.guestPhotoRemoval('{slug}'),
    summary: 'Ask to have a photo taken down',
    description: 'A form with `photo`, its name or id. It is off the page at once, and a person decides.',
    parameters: [slug],
    answers: { 200: { description: 'A page that says so.', type: 'text/html' }, 404: noPage },
    refusals: [],
  },
];
