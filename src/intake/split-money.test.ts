import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { changed, payload, testIntake } from './intake.fixture.ts';

describe('money and free text', () => {
  const gross = (value: unknown) => payload({}, { payout: { gross: value, currency: 'USD' } });
  const booked = async (body: unknown) => {
    const { deliver, bookings, notes } = testIntake();
    const delivery = await deliver(body);
    const booking = await bookings.byName('market', 'xhqgmdh');
    return {
      delivery,
      booking,
      notes,
      all: JSON.stringify([booking, booking && (await bookings.messages(booking.id))]),
    };
  };

  it('go to the books, word for word, and nowhere else', async () => {
    const { booking, notes, all } = await booked(
      payload(
        { note: 'Her 60th; we paid $840.75.' },
        {
          payout: {
            gross: '840.75',
            currency: 'USD',
            lines: [{ kind: 'tip', label: 'Tip', amount: '51.20' }],
          },
        },
      ),
    );
    expect(notes).toEqual([
      {
        booking: booking?.id,
        note: {
          source: 'market',
          message: 'm1',
          at: '2027-04-12T17:00:00.000Z',
          gross: '840.75',
          currency: 'USD',
          lines: [{ kind: 'tip', label: 'Tip', amount: '51.20' }],
          note: 'Her 60th; we paid $840.75.',
        },
      },
    ]);
    expect(all).not.toMatch(/840|51\.20|60th|USD/);
  });

  it.each<[unknown, string | null]>([
    ['-840.75', '-840.75'],
    ['0', '0'],
    ['a lot', 'a lot'],
    ['840,75', '840,75'],
    [840.75, '840.75'],
    [null, null],
    [{}, '{}'],
    [['840.75'], '["840.75"]'],
    [true, 'true'],
    ['9'.repeat(300), '9'.repeat(100)],
  ])('a gross of %j leaves the booking byte for byte the same', async (value, handedOn) => {
    const plain = await booked(payload());
    const { delivery, booking, notes, all } = await booked(gross(value));
    expect(delivery.state).toBe('recorded');
    expect(booking).toEqual(plain.booking);
    expect(all).toBe(plain.all);
    expect(plain.notes).toEqual([]);
    expect(notes[0]?.note.gross).toBe(handedOn);
  });

  it.each([['a lot'], [17], [[]], [null]])(
    'a payout of %j does not stop the booking either',
    async payout => {
      const { delivery, notes } = await booked(payload({}, { payout }));
      expect(delivery.state).toBe('recorded');
      expect(notes).toHaveLength(1);
    },
  );

  it('are handed on line by line, whatever a line is, and no more than a hundred of them', async () => {
    const line = { kind: 'fee', amount: 12 };
    const odd = [line, { kind: 'tip', label: 'Tip', amount: '5.00' }, null, 'x', {}];
    const { notes } = await booked(payload({}, { payout: { lines: [...odd, ...Array(200).fill(line)] } }));
    const [first] = notes;
    expect(first?.note.gross).toBeNull();
    expect(first?.note.lines).toHaveLength(100);
    expect(first?.note.lines?.slice(0, 5)).toEqual([
      { kind: 'charge', label: '', amount: '12' },
      { kind: 'tip', label: 'Tip', amount: '5.00' },
      { kind: 'charge', label: '', amount: '' },
      { kind: 'charge', label: '', amount: '' },
      { kind: 'charge', label: '', amount: '' },
    ]);
    const without = await booked(payload({}, { payout: { gross: '1.00', lines: [] } }));
    expect(without.notes[0]?.note).not.toHaveProperty('lines');
  });

  it.each([
    [[], '[]'],
    [null, null],
    ['a lot', 'a lot'],
    [17, '17'],
  ])('a payout of %j is a gross of %j', async (payout, gross) => {
    expect((await booked(payload({}, { payout }))).notes[0]?.note).toMatchObject({ gross, currency: null });
  });

  it('a note the books refuse does not stop it', async () => {
    const refusing = { note: () => Promise.reject(new Refusal('currency-unknown', 'No.', 'Yes.')) };
    const { deliver } = testIntake({ books: refusing });
    expect(await deliver(gross('840.75'))).toMatchObject({ state: 'recorded', outcome: { kind: 'created' } });
  });

  it('a repeat with another price is no change of the booking, but reaches the books', async () => {
    const noted: string[] = [];
    const { deliver, notes } = testIntake({ onNoted: async booking => void noted.push(booking) });
    await deliver(gross('840.75'));
    expect(await deliver(gross('900.00'))).toMatchObject({ outcome: { kind: 'unchanged', revision: 1 } });
    expect(notes.map(({ note }) => note.gross)).toEqual(['840.75', '900.00']);
    expect(noted).toHaveLength(2);
  });

  it('follow a booking that turned out to be another', async () => {
    const { deliver, notes, bookings, inbox, clock } = testIntake();
    await deliver(payload({ version: 1 }, { payout: { gross: '840.75' } }));
    clock.advance(1000);
    await deliver(payload({ id: 'second', version: 1 }, { payout: { gross: '900.00' } }));
    expect(await bookings.count()).toBe(2);
    await deliver({ ...changed(2, { id: 'second', replaces: 'xhqgmdh' }) });
    const kept = await bookings.byName('market', 'second');
    expect(await bookings.count()).toBe(1);
    expect(notes.filter(({ booking }) => booking === kept?.id).map(({ note }) => note.gross)).toEqual([
      '840.75',
      '900.00',
    ]);
    expect(await inbox.list({ booking: kept?.id ?? 'bkg_' })).toHaveLength(3);
  });
});
