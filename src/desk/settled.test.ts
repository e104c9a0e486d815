import { describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Drive } from '#fulfilment/drives.ts';
import { belief } from './desk-people.fixture.ts';
import { isSettled, standingText } from './settled.ts';

const booking = { id: 'bkg_1', revision: 3 } satisfies Pick<Booking, 'id' | 'revision'>;
const drive = (state: Drive['state'], tag = '3'): Drive => ({
  booking: 'bkg_1',
  tag,
  run: 1,
  tries: 0,
  state,
  nextAt: null,
});
const page = belief({ booking: 'bkg_1', surface: 'guest page' });

describe('a booking has come to rest', () => {
  it('when its run at the present revision is over and no letter is on its way', () => {
    expect(isSettled(booking, [page], [drive('done')])).toBe(true);
    expect(isSettled(booking, [page], [drive('done'), drive('done', '3.k7')])).toBe(true);
  });

  it('also when what is left waits for a person', () => {
    expect(isSettled(booking, [{ ...page, state: 'stuck' }], [drive('stuck')])).toBe(true);
  });

  it('when its guest was erased, since nothing about it is driven any more', () => {
    expect(isSettled({ ...booking, forgottenAt: '2028-05-30T04:00:00.000Z' }, [], [null, null])).toBe(true);
  });

  it('not before its run has begun, nor at an older revision, nor while something is tried again', () => {
    expect(isSettled(booking, [], [null])).toBe(false);
    expect(isSettled(booking, [page], [drive('done', '2')])).toBe(false);
    expect(isSettled(booking, [page], [drive('waiting')])).toBe(false);
    expect(isSettled(booking, [{ ...page, state: 'pending', awaiting: 'l1' }], [drive('done')])).toBe(false);
    expect(isSettled(booking, [page], [drive('done'), null])).toBe(false);
  });
});

describe('how the surfaces stand', () => {
  it('is one sentence', () => {
    const rows = [page, { ...page, surface: 'crew event' as const }];
    expect(standingText(booking, [])).toBe('Nothing has been said yet.');
    expect(standingText(booking, rows)).toBe('All 2 surfaces say revision 3.');
    expect(standingText(booking, [...rows, { ...page, state: 'pending' }, { ...page, state: 'stuck' }])).toBe(
      '2 of 4 surfaces say what they should; 1 pending, 1 stuck.',
    );
    expect(standingText(booking, [{ ...page, state: 'withdrawn' }])).toBe('Everything was withdrawn.');
  });
});
