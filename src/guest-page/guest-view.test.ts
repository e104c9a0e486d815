import { describe, expect, it } from 'vitest';
import { testBooking, testBrand, testVessel } from './guest-page.fixture.ts';
import { line, parseGuestView } from './guest-view.ts';

const given = () => ({
  booking: testBooking(),
  brand: testBrand(),
  vessel: testVessel(),
  crew: [{ firstName: 'Ana', role: 'captain' as const }],
  uploads: { uploadDaysBefore: 0, uploadDaysAfter: 7 },
  gallery: [],
  url: 'https://queenofsandiego.example/g/x',
  calendarUid: 'uid',
});

describe('what a guest page may know', () => {
  it('is the listed keys and nothing that rides along', () => {
    const booking = { ...testBooking(), notes: 'pays 840.75', payout: '289.41' };
    const vessel = { ...testVessel(), owner: 'Joan' };
    const crew = [{ firstName: 'Ana', role: 'captain' as const, pay: '150.00', phone: '+1 619 555 0111' }];
    const view = parseGuestView({ ...given(), booking, vessel, crew });
    expect(JSON.stringify(view)).not.toMatch(
      /840\.75|289\.41|150\.00|Joan|0111|Whitfield|guests\.example|xhqgmdh/,
    );
    expect(view).toEqual(parseGuestView(given()));
    expect(Object.keys(view).sort()).toEqual(
      'berth brand bring calendar changedAt crew end firstName gallery language locale partySize phases photos revision start tentative tides url vessel weather'.split(
        ' ',
      ),
    );
  });

  it('is of a photo what the page shows, and a caption of one line', () => {
    const photo = { id: 'pho_a', width: 4, height: 3, caption: 'Under\nsail', takenAt: 'x', by: 'guest' };
    expect(parseGuestView({ ...given(), gallery: [photo] }).gallery).toEqual([
      { id: 'pho_a', width: 4, height: 3, caption: 'Under sail' },
    ]);
  });

  it('is a fresh object that nobody can change, and leaves its sources alone', () => {
    const from = given();
    const view = parseGuestView(from);
    expect(Object.isFrozen(view) && Object.isFrozen(view.berth) && Object.isFrozen(view.crew[0])).toBe(true);
    expect(Object.isFrozen(from.booking.start) || Object.isFrozen(from.vessel.bring)).toBe(false);
  });

  it('has limits to every text', () => {
    const long = 'x'.repeat(5000);
    const view = parseGuestView({
      ...given(),
      booking: testBooking({ guest: { name: long, email: null, phone: null } }),
      vessel: testVessel({ name: long, bring: Array.from({ length: 100 }, () => long) }),
      crew: Array.from({ length: 100 }, () => ({ firstName: long, role: 'crew' as const })),
    });
    expect(JSON.stringify(view).length).toBeLessThan(10_000);
  });
});

describe('a line', () => {
  it('holds no control character and nothing that turns the direction of writing', () => {
    expect(line('Car\u202eole\n\u0000<b> \u2066x', 40)).toBe('Carole <b> x');
    expect(line('\ud800x', 40)).toBe('\ufffdx');
  });
  it('is cut between characters, never inside one', () => {
    expect(line('🚤'.repeat(10), 5)).toBe('🚤🚤🚤🚤…');
  });
});
