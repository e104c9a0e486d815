import type { Photo } from './photo.ts';

/** A photo that was just asked for. For tests. */
export const testPhoto = (given: Partial<Photo> = {}): Photo => ({
  id: 'pho_ggggggggggggggghaaaa',
  booking: 'bkg_0000000000000001',
  by: 'guest',
  type: 'image/jpeg',
  size: 100,
  mark: 'mark',
  state: 'expected',
  reason: null,
  twin: null,
  digest: null,
  width: null,
  height: null,
  takenAt: null,
  caption: '',
  minors: false,
  consentAt: '2027-05-30T20:00:00.000Z',
  askedAt: '2027-05-30T20:00:00.000Z',
  receivedAt: null,
  removalAskedAt: null,
  decidedBy: null,
  ...given,
});
