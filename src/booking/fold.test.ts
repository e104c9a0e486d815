import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { message, minute, wall, wholeTrip } from './booking.fixture.ts';
import { fold } from './fold.ts';
import type { Fields, Message } from './message.ts';

const said = (at: number, fields: Partial<Fields> = {}, rest: Partial<Message> = {}) =>
  message({ at: minute(at), kind: 'changed', fields: { ...wholeTrip, ...fields }, ...rest });
const created = (at: number, rest: Partial<Message> = {}) => message({ at: minute(at), ...rest });
const cancelled = (at: number, rest: Partial<Message> = {}) =>
  message({ at: minute(at), kind: 'cancelled', ...rest });
const fromDesk = (at: number, fields: Fields, rest: Partial<Message> = {}) =>
  message({
    source: 'desk',
    externalId: 'bkg_1',
    messageId: `desk-${at}`,
    at: minute(at),
    kind: 'changed',
    fields,
    ...rest,
  });

const early = wall('2027-05-30T15:30');
const late = wall('2027-05-30T18:00');

describe('the messages of one name', () => {
  it('order by the time they happened, not by the time they came', () => {
    expect(fold([said(5, { partySize: 6 }), created(1), said(3, { partySize: 5 })]).fields.partySize).toBe(6);
  });
  it('order by version where the source counts, whatever its clock says', () => {
    const account = fold([
      said(9, { partySize: 5 }, { version: 2 }),
      said(3, { partySize: 6 }, { version: 3 }),
    ]);
    expect(account.fields.partySize).toBe(6);
  });
  it('order by id at the same instant', () => {
    const both = [
      said(3, { partySize: 5 }, { messageId: 'a' }),
      said(3, { partySize: 6 }, { messageId: 'b' }),
    ];
    expect(fold(both)).toEqual(fold(both.toReversed()));
    expect(fold(both).fields.partySize).toBe(6);
  });
  it('stay cancelled, however late or highly versioned a change comes', () => {
    const account = fold([created(1), cancelled(2), said(8, { partySize: 6 }, { version: 99 }), created(9)]);
    expect(account.status).toBe('cancelled');
    expect(account.fields.partySize).toBe(4);
    expect(account.origins.status).toEqual({
      source: 'market',
      message: `xhqgmdh-cancelled-${minute(2)}`,
      at: minute(2),
    });
  });
  it('may begin with the end', () => {
    expect(fold([cancelled(5)])).toMatchObject({ status: 'cancelled', fields: {} });
    expect(fold([cancelled(5), created(1)]).status).toBe('cancelled');
  });
});

describe('a reschedule under a new name', () => {
  const rebooked = created(11, {
    externalId: 'second',
    replaces: 'xhqgmdh',
    fields: { ...wholeTrip, start: late },
  });

  it('lives on under the last name, whatever came first', () => {
    const account = fold([rebooked, cancelled(10), created(1)]);
    expect(account).toMatchObject({ status: 'confirmed', fields: { start: late } });
    expect(account.names.map(name => name.externalId)).toEqual(['xhqgmdh', 'second']);
  });
  it('is deaf to what the old name still says', () => {
    const before = fold([created(1), rebooked]);
    const after = fold([created(1), rebooked, said(20, { partySize: 6 }), cancelled(21)]);
    expect(after).toEqual(before);
  });
  it('ends with the last name', () => {
    expect(fold([created(1), rebooked, cancelled(12, { externalId: 'second' })]).status).toBe('cancelled');
  });
  it('knows a chain of three told backwards', () => {
    const third = created(21, { externalId: 'third', replaces: 'second' });
    expect(fold([third, rebooked, created(1)]).names.map(name => name.externalId)).toEqual([
      'xhqgmdh',
      'second',
      'third',
    ]);
    expect(fold([third, created(1), cancelled(20, { externalId: 'second' })]).status).toBe('confirmed');
  });
  it('that runs in a circle is settled by age', () => {
    const circle = [rebooked, created(30, { replaces: 'second' })];
    expect(fold(circle).names.map(name => name.externalId)).toEqual(['xhqgmdh', 'second']);
    expect(fold(circle.toReversed())).toEqual(fold(circle));
  });
  it("keeps the operator's correction of what the new name merely repeats", () => {
    const account = fold([created(1), fromDesk(5, { guestName: 'Carol Whitfield' }), rebooked]);
    expect(account.fields).toMatchObject({ guestName: 'Carol Whitfield', start: late });
  });
});

describe('the operator and the marketplace', () => {
  it("the operator's move survives an identical repeat", () => {
    const account = fold([created(1), fromDesk(5, { start: early }), said(9), said(10)]);
    expect(account.fields.start).toEqual(early);
    expect(account.origins.start?.source).toBe('desk');
  });
  it('the marketplace changing the same field later wins', () => {
    expect(fold([created(1), fromDesk(5, { start: early }), said(9, { start: late })]).fields.start).toEqual(
      late,
    );
  });
  it('a late message from before the move does not undo it', () => {
    const account = fold([created(1), fromDesk(5, { start: early }), said(3, { start: late })]);
    expect(account.fields.start).toEqual(early);
  });
  it('the operator may say the same thing twice and mean it twice', () => {
    const account = fold([
      created(1),
      fromDesk(5, { start: early }),
      said(7, { start: late }),
      fromDesk(9, { start: early }),
    ]);
    expect(account.fields.start).toEqual(early);
  });
  it('the operator cancels, and takes it back', () => {
    const off = fromDesk(5, {}, { kind: 'cancelled', messageId: 'off' });
    expect(fold([created(1), off]).status).toBe('cancelled');
    expect(fold([created(1), off, said(9, { partySize: 6 })]).status).toBe('cancelled');
    expect(fold([created(1), off, fromDesk(9, { status: 'confirmed' })]).status).toBe('confirmed');
  });
  it('nobody takes back what the marketplace cancelled', () => {
    expect(fold([created(1), cancelled(4), fromDesk(9, { status: 'confirmed' })]).status).toBe('cancelled');
  });
  it("the desk's cancel does not reach a booking the guest makes anew afterwards", () => {
    const off = fromDesk(5, {}, { kind: 'cancelled' });
    const anew = created(11, { externalId: 'second', replaces: 'xhqgmdh' });
    expect(fold([created(1), off, anew]).status).toBe('confirmed');
    expect(fold([created(1), anew, fromDesk(15, {}, { kind: 'cancelled' })]).status).toBe('cancelled');
  });
});

describe('any order and any number', () => {
  const start = fc.constantFrom(early, late, wholeTrip.start);
  const fields = fc.record({
    start,
    partySize: fc.integer({ min: 1, max: 3 }),
    guestName: fc.constantFrom('A', 'B'),
  });
  const names = ['n1', 'n2', 'n3'] as const;
  const anyMessage = fc
    .record({
      desk: fc.boolean(),
      name: fc.constantFrom(...names),
      replaces: fc.option(fc.constantFrom(...names), { nil: undefined }),
      kind: fc.constantFrom('created', 'changed', 'changed', 'cancelled' as const),
      at: fc.integer({ min: 0, max: 6 }),
      version: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      fields: fc.oneof(
        fields,
        fields.map(({ start }) => ({ start })),
        fc.constant({ status: 'tentative' as const }),
      ),
    })
    .map(({ desk, name, replaces, version, at, ...rest }) => ({
      ...rest,
      at: minute(at),
      source: desk ? 'desk' : 'market',
      externalId: desk ? 'bkg_1' : name,
      ...(desk || replaces === undefined ? {} : { replaces }),
      ...(desk || version === undefined ? {} : { version }),
    }));
  const anySet = fc
    .array(anyMessage, { maxLength: 9 })
    .map(all => all.map((one, index): Message => ({ ...one, messageId: `m${index}` })));
  const shuffledTwice = anySet.chain(set =>
    fc.tuple(
      fc.constant(set),
      fc
        .tuple(
          fc.shuffledSubarray(set, { minLength: set.length }),
          fc.array(fc.constantFrom(...set, null), { maxLength: 6 }),
        )
        .map(([all, again]) => [...again.filter(one => one !== null), ...all]),
    ),
  );

  it('add up to the same', () => {
    fc.assert(
      fc.property(shuffledTwice, ([set, heard]) => {
        expect(fold(heard)).toEqual(fold(set));
      }),
      { numRuns: 4_000 },
    );
  });
  it('a source repeating its last word under a new id changes nothing', () => {
    const oneAfterTheOther = anySet.map(set =>
      set.map(({ version: _none, ...one }, index): Message => ({ ...one, at: minute(index) })),
    );
    fc.assert(
      fc.property(oneAfterTheOther, set => {
        const before = fold(set);
        const name = before.names.at(-1)?.externalId;
        const last = set.findLast(one => one.externalId === name);
        fc.pre(last !== undefined && last.kind !== 'cancelled');
        const again: Message = { ...last, messageId: 'again', at: minute(60) };
        expect(fold([...set, again])).toEqual(before);
      }),
      { numRuns: 2_000 },
    );
  });
});
