import { expect, it } from 'vitest';
import { photoName, photoNamed } from './photo-names.ts';

const [one, other, alike] = [
  'pho_ggggggggaaaaaaaaaaaa',
  'pho_hhhhhhhhaaaaaaaaaaaa',
  'pho_ggggggggbbbbbbbbbbbb',
];

it('calls a photo by the first letters of its id, and finds it again by them or by all', () => {
  const photos = [one, other].map(id => ({ id }));
  expect(photoName(one, [one, other])).toBe('gggggggg');
  expect(photoNamed('gggggggg', photos)).toEqual({ id: one });
  expect(photoNamed(one, photos)).toEqual({ id: one });
});

it('calls two that begin alike by their whole ids, and finds none of them by less', () => {
  const photos = [one, other, alike].map(id => ({ id }));
  expect(photos.map(({ id }) => photoName(id, [one, other, alike]))).toEqual([one, 'hhhhhhhh', alike]);
  for (const name of ['gggggggg', 'ggggggg', 'g', '', 'pho_', 'pho_gggg'])
    expect([name, photoNamed(name, photos)]).toEqual([name, null]);
  expect(photoNamed(alike, photos)).toEqual({ id: alike });
});
