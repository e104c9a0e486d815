import { beforeEach, describe, expect, it } from 'vitest';
import { meantByDelivery } from './explain.ts';
import { payload, testIntake, correction as whole } from './intake.fixture.ts';
import { mailTools } from './mail/mail-tools.ts';
import { meantIn } from './meant.ts';
import { expected, fixture, vendorSource } from './vendors/vendor.fixture.ts';

let house: ReturnType<typeof testIntake>;
beforeEach(() => {
  house = testIntake();
});

const room = () => ({
  inbox: house.inbox,
  sources: house.room.sources,
  fleet: house.room.desk.fleet,
  clock: house.clock,
  tools: mailTools(() => Promise.reject(new Error('nobody is asked'))),
});

const meantOf = async (body: unknown) => {
  const delivery = await house.deliver(body);
  expect(delivery.state).toBe('quarantined');
  return meantByDelivery(room(), delivery);
};

describe('what a person may start from who says what a held message means', () => {
  it('is everything, where only a rule forbids the trip', async () => {
    expect(await meantOf(payload({ end: '2027-05-30T10:30' }))).toEqual({
      ...whole,
      end: '2027-05-30T10:30',
    });
    expect(await meantOf(payload({ id: 'another', party_size: 70 }))).toEqual({
      ...whole,
      externalId: 'another',
      partySize: 70,
    });
  });

  it('leaves out what could not be read, and that only', async () => {
    const { vessel: _, ...withoutVessel } = whole;
    expect(await meantOf(payload({ vessel: 'queen-mary' }))).toEqual(withoutVessel);
    const { partySize: __, ...withoutParty } = whole;
    expect(await meantOf(payload({ party_size: 'some' }))).toEqual(withoutParty);
    const { start: ___, ...withoutStart } = whole;
    expect(await meantOf(payload({ start: '05/06/2027 16:30' }))).toEqual(withoutStart);
  });

  it('has an hour that the clocks skip as it was written', async () => {
    const gone = { start: '2027-03-14T02:30', end: '2027-03-14T05:30' };
    expect(await meantOf(payload(gone))).toEqual({ ...whole, ...gone });
  });

  it.each([
    ['to the minute', '2027-03-14T02:30', '2027-03-14T02:30'],
    ['to the second', '2027-03-14T02:30:59', '2027-03-14T02:30'],
    ['with something before it', 'x2027-03-14T02:30', undefined],
    ['with something behind it', '2027-03-14T02:30 or so', undefined],
    ['with half of the seconds', '2027-03-14T02:30:5', undefined],
    ['with seconds that are none', '2027-03-14T02:30:x9', undefined],
    ['in a list', ['2027-03-14T02:30'], undefined],
  ])('has a time as it was written %s', async (_, start, meant) => {
    expect((await meantOf(payload({ start }))).start).toBe(meant);
  });

  it('has it as a cancellation where the booking says so, whatever the event is called', async () => {
    const cancelled = payload({ status: 'cancelled', id: { no: 'id' } });
    expect(await meantOf(cancelled)).toMatchObject({ kind: 'cancelled' });
    expect(await meantOf({ ...cancelled, type: 7 })).toMatchObject({ kind: 'cancelled' });
  });

  it('has no kind where the event is none of ours', async () => {
    for (const type of ['booking.lost', 'toString', undefined]) {
      expect(await meantOf({ ...payload(), type })).not.toHaveProperty('kind');
    }
  });

  it('has no vessel where none is named', async () => {
    expect(await meantOf(payload({ vessel: undefined }))).not.toHaveProperty('vessel');
  });

  it('is nothing where the message says nothing of a booking, or only something of its money', () => {
    expect(meantIn({ nothing: true } as never)).toEqual({});
    expect(meantIn({ about: { source: 'market', externalId: 'x' }, finance: null } as never)).toEqual({});
  });

  it('never has what looks like an amount', async () => {
    const { guestName: _, ...rest } = whole;
    const named = payload({
      vessel: 'queen-mary',
      guest: { ...payload().booking.guest, name: 'Carole, $840.75' },
    });
    expect(await meantOf(named)).toEqual({ ...rest, vessel: undefined });
  });

  it('is read from a marketplace as well, without the number that contradicts itself', async () => {
    house = testIntake({ sourcesNow: [vendorSource(expected('fareharbor'))] });
    const meant = await meantOf(fixture('fareharbor', 'four-counted-three-listed.json').toString());
    expect(meant.partySize).toBeUndefined();
    expect(meant).toMatchObject({ kind: 'changed', vessel: 'heron', start: '2027-05-30T16:30' });
  });

  it('is nothing of a mail, whose account says it', async () => {
    const { delivery } = await house.inbox.receive({
      source: 'market',
      messageId: 'a mail',
      via: 'smtp',
      headers: { 'content-type': 'message/rfc822' },
      body: Buffer.from(JSON.stringify(payload({ vessel: 'queen-mary' }))),
    });
    expect(await meantByDelivery(room(), delivery)).toEqual({});
  });

  it('is nothing for what is no message at all', async () => {
    expect(await meantOf('{"a":')).toEqual({});
    expect(await meantOf('[]')).toEqual({});
  });
});
