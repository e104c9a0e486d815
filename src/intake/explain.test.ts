import { describe, expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import { explainDelivery, explainFile, meantByDelivery } from './explain.ts';
import { payload, testIntake } from './intake.fixture.ts';
import { sampleMail, signedBy } from './mail/mail.fixture.ts';
import { mailIntake } from './mail/mail-intake.fixture.ts';
import { mailTools } from './mail/mail-tools.ts';

const honest = () => signedBy('boatsetter.com', sampleMail('boatsetter-new'));
const tools = mailTools(() => Promise.reject(new Error('nobody is asked')));

describe('a kept mail is explained', () => {
  it('as it was vouched for when it came in', async () => {
    const { sample, account } = mailIntake();
    expect((await account(await sample('boatsetter-new')))?.vouch).toMatchObject({ by: 'signature' });
  });

  it('as one for which nobody vouches where none of that was kept', async () => {
    const { bring, account } = mailIntake();
    const delivery = await bring(await honest());
    const unknown = await account({ ...delivery, vouched: null });
    expect(unknown?.vouch).toEqual({ by: 'nobody', why: 'nothing proves where it is from' });
  });

  it('not at all where its body was erased, or its source is no more', async () => {
    const { bring, account } = mailIntake();
    const delivery = await bring(await honest());
    expect(await account({ ...delivery, erasedAt: '2027-04-12T18:00:00Z' })).toBeNull();
    expect(await account({ ...delivery, source: 'gone' })).toBeNull();
    expect(await account({ ...delivery, id: 'dlv_unknown' })).toBeNull();
  });

  it('not at all where it cannot be opened', async () => {
    const { bring, account } = mailIntake();
    expect(await account(await bring(Buffer.from('\r\n\r\nhello')))).toBeNull();
  });

  it('not at all where it is none', async () => {
    const { deliver, room, clock } = testIntake();
    const explainRoom = { ...room, tools, fleet: testFleet, clock };
    expect(await explainDelivery(explainRoom, await deliver(payload()))).toBeNull();
  });

  it('a fault of our own is no answer', async () => {
    const broken = mailIntake({}, () => Promise.reject(new TypeError('a defect')));
    const delivery = await broken.bring(await honest());
    await expect(broken.account(delivery)).rejects.toThrow('a defect');
  });
});

describe('a mail in hand', () => {
  it('of a source that takes no mails is refused', async () => {
    const { room, clock } = testIntake();
    const explainRoom = { ...room, tools, fleet: testFleet, clock };
    const explain = (source: string) =>
      explainFile(explainRoom, { source, by: 'ana', body: sampleMail('boatsetter-new') });
    await expect(explain('market')).rejects.toMatchObject({ code: 'mail-not-taken' });
    await expect(explain('nobody')).rejects.toMatchObject({ code: 'source-unknown' });
  });
});

describe('what a kept message may mean', () => {
  it('is nothing where its body is gone, its source is gone or it cannot be opened', async () => {
    const { deliver, room, clock } = testIntake();
    const explainRoom = { ...room, tools, fleet: testFleet, clock };
    const held = await deliver(payload({ vessel: 'kayak' }));
    expect(await meantByDelivery(explainRoom, held)).toMatchObject({ externalId: 'xhqgmdh' });
    const gone = { erasedAt: '2027-04-12T18:00:00Z' };
    expect(await meantByDelivery(explainRoom, { ...held, ...gone })).toEqual({});
    expect(await meantByDelivery(explainRoom, { ...held, source: 'gone' })).toEqual({});
    expect(await meantByDelivery(explainRoom, await deliver('{'))).toEqual({});
  });

  it('is not hidden by a fault of our own', async () => {
    const { deliver, room, clock } = testIntake();
    const held = await deliver(payload({ vessel: 'kayak' }));
    const known = room.sources('market');
    const broken = known && {
      ...known,
      read: () => {
        throw new TypeError('a defect');
      },
    };
    const explainRoom = { ...room, sources: () => broken, tools, fleet: testFleet, clock };
    await expect(meantByDelivery(explainRoom, held)).rejects.toThrow('a defect');
  });
});
