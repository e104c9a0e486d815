import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Letter } from '#mail/letter.ts';
import { allThree, testBooking, testNote, testRules, wall } from './books.fixture.ts';
import { rulesFrom } from './fee-rules.ts';
import { belief, openScene, type Scene, say, withdraw } from './letters.fixture.ts';

const booking = testBooking();
const held = testBooking({ status: 'tentative' });
const moved = testBooking({ revision: 2, start: wall('2027-05-30T15:30'), end: wall('2027-05-30T18:30') });
const cancelled = testBooking({ revision: 3, status: 'cancelled' });
const other = testBooking({
  id: 'bkg_0000000000000002',
  start: wall('2027-06-01T10:00'),
  end: wall('2027-06-01T13:00'),
});
const joan = 'joan@crew.example';

/** The marketplace keeps its fee and pays the captain before it pays out. */
const keptBack = rulesFrom({
  currency: 'USD',
  fees: [
    {
      from: '2026-01-01',
      source: 'boatsetter',
      label: 'Service fee',
      percent: '18',
      paidBy: 'marketplace',
    },
    { from: '2026-01-01', label: 'Port fee', fixed: '20.00', paidBy: 'owner' },
  ],
  pay: [
    { from: '2026-01-01', role: 'captain', perTrip: '150.00', paidBy: 'marketplace' },
    { from: '2026-01-01', role: 'crew', perTrip: '125.00', paidBy: 'owner' },
  ],
});

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  await scene.world.store.note(booking.id, testNote());
});

/** The newest letter as its recipient reads it, its subject above; the mail program shows `preheader` in its list. */
function newest() {
  const letter = scene.world.sent.at(-1) as Letter;
  const preheader = /<div[^>]*>([^<]*)<\/div>/.exec(letter.html)?.[1];
  return `${letter.subject}\n(${preheader})\n\n${letter.text}`;
}

describe("the owner's letter, word for word", () => {
  it('when the trip is booked', async () => {
    await say(scene, scene.owner, booking);
    expect(newest()).toMatchInlineSnapshot(`
      "JADA, Sunday 30 May 2027: booked
      (Sunday 30 May 2027, 16:30–19:30 PDT, party of 5.)

      JADA, Sunday 30 May 2027: booked
      ================================

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      JADA
      Guest:       Maya Lindqvist
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran

      Breakdown
      What               Paid by    Amount
      Charter price                $840.75
      Port and dock fee  you      -$151.34
      Captain Ana Reyes  you      -$150.00
      Crew Luis Ortega   you      -$125.00
      Crew Kim Tran      you      -$125.00
      ------------------------------------
      Net                          $289.41

      Open on the desk:
      https://sailjada.example/desk/bookings/bkg_0000000000000001

      The month in figures:
      https://sailjada.example/desk/money?month=2027-05

      -- 
      From Sail JADA, to the owner only: it holds amounts. Booking bkg_0000000000000001, revision 1.
      "
    `);
  });

  it('when the marketplace keeps its part, there are tips, and not everything is said yet', async () => {
    scene = await openScene(keptBack);
    const tip = { kind: 'tip', label: 'Gratuity', amount: '60.00' } as const;
    await scene.world.store.note(booking.id, testNote({ lines: [tip] }));
    scene.world.beliefs = [
      belief({ surface: 'guest page' }),
      belief({ surface: 'calendar entry', state: 'failing', recipient: '-' }),
      belief({ surface: 'crew letter', recipient: 'luis', state: 'withdrawn' }),
      belief({ surface: 'owner letter', recipient: joan, state: 'pending' }),
    ];
    await say(scene, scene.owner, booking);
    expect(newest()).toMatchInlineSnapshot(`
      "JADA, Sunday 30 May 2027: booked
      (Sunday 30 May 2027, 16:30–19:30 PDT, party of 5.)

      JADA, Sunday 30 May 2027: booked
      ================================

      FAILED: calendar entry.

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      JADA
      Guest:       Maya Lindqvist
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran

      Breakdown
      What                             Paid by       Amount
      Charter price                                 $840.75
      Service fee                      boatsetter  -$151.34
      Port fee                         you          -$20.00
      Captain Ana Reyes                boatsetter  -$150.00
      Crew Luis Ortega                 you         -$125.00
      Crew Kim Tran                    you         -$125.00
      Of which reaches your account                 $539.41
      Tips, for the crew, not counted                $60.00
      -----------------------------------------------------
      Net                                           $269.41

      What is said where
      Place           State
      guest page      1 stated
      calendar entry  1 FAILED
      crew letter     1 withdrawn

      Open on the desk:
      https://sailjada.example/desk/bookings/bkg_0000000000000001

      The month in figures:
      https://sailjada.example/desk/money?month=2027-05

      -- 
      From Sail JADA, to the owner only: it holds amounts. Booking bkg_0000000000000001, revision 1.
      "
    `);
  });

  it('when the trip is held, nobody has named a price and nobody sails', async () => {
    scene = await openScene(keptBack);
    scene.world.sailing = [{ person: 'ana', role: 'captain' }];
    await say(scene, scene.owner, { ...held, names: [], vessel: 'unlisted' });
    expect(newest()).toMatchInlineSnapshot(`
      "unlisted, Sunday 30 May 2027: held
      (Sunday 30 May 2027, 16:30–19:30 PDT, party of 5.)

      unlisted, Sunday 30 May 2027: held
      ==================================

      Not confirmed yet: nobody has promised anything.

      To be looked at: Nobody has said yet what the guest pays. Enter the amount, or ask the marketplace.

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      unlisted
      Guest:       Maya Lindqvist
      Party size:  5
      Who sails:   Ana Reyes (captain)

      Breakdown
      What               Paid by         Amount
      Charter price                   not known
      Port fee           you            -$20.00
      Captain Ana Reyes  marketplace   -$150.00
      -----------------------------------------
      Net                             not known

      Open on the desk:
      https://sailjada.example/desk/bookings/bkg_0000000000000001

      The month in figures:
      https://sailjada.example/desk/money?month=2027-05

      -- 
      From Sail JADA, to the owner only: it holds amounts. Booking bkg_0000000000000001, revision 1.
      "
    `);
  });

  it('when it changed', async () => {
    await say(scene, scene.owner, booking);
    scene.world.sailing = [];
    await say(scene, scene.owner, moved);
    expect(newest()).toMatchInlineSnapshot(`
      "JADA, Sunday 30 May 2027: changed
      (Sunday 30 May 2027, 15:30–18:30 PDT, party of 5.)

      JADA, Sunday 30 May 2027: changed
      =================================

      When:        Sunday 30 May 2027, 15:30–18:30 PDT
      Vessel:      JADA
      Guest:       Maya Lindqvist
      Party size:  5
      Who sails:   nobody yet

      What changed
                         Before                                      Now
      When               Sunday 30 May 2027, 16:30–19:30 PDT         Sunday 30 May 2027, 15:30–18:30 PDT
      Who sails          Ana Reyes (captain), Luis Ortega, Kim Tran  nobody yet
      Net                $289.41                                     $689.41
      Captain Ana Reyes  $150.00                                     nothing
      Crew Luis Ortega   $125.00                                     nothing
      Crew Kim Tran      $125.00                                     nothing

      Breakdown
      What               Paid by    Amount
      Charter price                $840.75
      Port and dock fee  you      -$151.34
      ------------------------------------
      Net                          $689.41

      Open on the desk:
      https://sailjada.example/desk/bookings/bkg_0000000000000001

      The month in figures:
      https://sailjada.example/desk/money?month=2027-05

      -- 
      From Sail JADA, to the owner only: it holds amounts. Booking bkg_0000000000000001, revision 2.
      "
    `);
  });

  it('when it is off', async () => {
    await say(scene, scene.ledger, booking);
    await say(scene, scene.owner, booking);
    await withdraw(scene, scene.owner, cancelled, joan);
    expect(newest()).toMatchInlineSnapshot(`
      "JADA, Sunday 30 May 2027: cancelled
      (The trip is off and its figures are reversed.)

      JADA, Sunday 30 May 2027: cancelled
      ===================================

      The trip is off. None of its figures count any more; what has been paid already has to be paid back by hand.

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      JADA
      Guest:       Maya Lindqvist
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran

      Reversed
      What               Paid by    Amount
      Charter price                $840.75
      Port and dock fee  you      -$151.34
      Captain Ana Reyes  you      -$150.00
      Crew Luis Ortega   you      -$125.00
      Crew Kim Tran      you      -$125.00
      ------------------------------------
      Net                          $289.41

      Open on the desk:
      https://sailjada.example/desk/bookings/bkg_0000000000000001

      -- 
      From Sail JADA, to the owner only: it holds amounts. Booking bkg_0000000000000001, revision 3.
      "
    `);
  });

  it('when it is off before there was a ledger', async () => {
    await say(scene, scene.owner, booking);
    await withdraw(scene, scene.owner, cancelled, joan);
    expect(scene.world.sent.at(-1)?.text).not.toContain('Reversed');
    expect(scene.world.sent.at(-1)?.text).not.toContain('$');
  });

  it('when it turns out to be the same as another one', async () => {
    await say(scene, scene.owner, booking);
    await absorbed(scene, 'owner', other, joan);
    expect(newest()).toMatchInlineSnapshot(`
      "JADA, Sunday 30 May 2027: the same as Tuesday 1 June 2027
      (Two bookings are one, and count once.)

      JADA, Sunday 30 May 2027: the same as Tuesday 1 June 2027
      =========================================================

      This booking and the one of Tuesday 1 June 2027, 10:00–13:00 PDT are the same. What was said about its amounts counts there; the figures below count no more.

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      JADA
      Guest:       Maya Lindqvist
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran

      Open on the desk:
      https://sailjada.example/desk/bookings/bkg_0000000000000002

      -- 
      From Sail JADA, to the owner only: it holds amounts. Booking bkg_0000000000000002, revision 1.
      "
    `);
  });

  it('says that it is off when the one it is the same as is off as well', async () => {
    await say(scene, scene.owner, booking);
    await absorbed(scene, 'owner', { ...other, status: 'cancelled' }, joan);
    expect(scene.world.sent.at(-1)?.subject).toBe('JADA, Sunday 30 May 2027: cancelled');
  });
});

describe("the captain's letter, word for word", () => {
  it('when the trip is booked', async () => {
    await say(scene, scene.captain, booking);
    expect(newest()).toMatchInlineSnapshot(`
      "Captain's summary: JADA, Sunday 30 May 2027
      (Sunday 30 May 2027, 16:30–19:30 PDT.)

      Captain's summary: JADA, Sunday 30 May 2027
      ===========================================

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      JADA
      Guest:       Maya
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran
      Call time:   15:30 PDT
      Berth:       Harbor Island, dock C, slip 12, 1880 Harbor Island Drive, San Diego
      Your pay:    $150.00

      -- 
      From Sail JADA, about your own pay: please keep it to yourself. Booking bkg_0000000000000001.
      "
    `);
  });

  it('when the trip is held and the marketplace pays', async () => {
    scene = await openScene(keptBack);
    await say(scene, scene.captain, held);
    expect(newest()).toMatchInlineSnapshot(`
      "Captain's summary: JADA, Sunday 30 May 2027
      (Sunday 30 May 2027, 16:30–19:30 PDT.)

      Captain's summary: JADA, Sunday 30 May 2027
      ===========================================

      Not confirmed yet.

      When:        Sunday 30 May 2027, 16:30–19:30 PDT
      Vessel:      JADA
      Guest:       Maya
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran
      Call time:   15:30 PDT
      Berth:       Harbor Island, dock C, slip 12, 1880 Harbor Island Drive, San Diego
      Your pay:    $150.00, paid by the marketplace

      -- 
      From Sail JADA, about your own pay: please keep it to yourself. Booking bkg_0000000000000001.
      "
    `);
  });

  it('when it changed', async () => {
    await say(scene, scene.captain, booking);
    await say(scene, scene.captain, moved);
    expect(newest()).toMatchInlineSnapshot(`
      "Captain's summary: JADA, Sunday 30 May 2027 (changed)
      (Sunday 30 May 2027, 15:30–18:30 PDT.)

      Captain's summary: JADA, Sunday 30 May 2027 (changed)
      =====================================================

      When:        Sunday 30 May 2027, 15:30–18:30 PDT
      Vessel:      JADA
      Guest:       Maya
      Party size:  5
      Who sails:   Ana Reyes (captain), Luis Ortega, Kim Tran
      Call time:   14:30 PDT
      Berth:       Harbor Island, dock C, slip 12, 1880 Harbor Island Drive, San Diego
      Your pay:    $150.00

      What changed
                 Before                               Now
      When       Sunday 30 May 2027, 16:30–19:30 PDT  Sunday 30 May 2027, 15:30–18:30 PDT
      Call time  15:30 PDT                            14:30 PDT

      -- 
      From Sail JADA, about your own pay: please keep it to yourself. Booking bkg_0000000000000001.
      "
    `);
  });

  it('when it is off', async () => {
    await say(scene, scene.captain, booking);
    await withdraw(scene, scene.captain, cancelled, 'ana');
    expect(newest()).toMatchInlineSnapshot(`
      "Captain's summary: JADA, Sunday 30 May 2027 is off
      (The trip is off.)

      Captain's summary: JADA, Sunday 30 May 2027 is off
      ==================================================

      The trip is off. The pay we told you about does not apply any more.

      -- 
      From Sail JADA, about your own pay: please keep it to yourself. Booking bkg_0000000000000001.
      "
    `);
  });

  it('when somebody else takes it', async () => {
    await say(scene, scene.captain, booking);
    await withdraw(scene, scene.captain, booking, 'ana');
    expect(newest()).toMatchInlineSnapshot(`
      "Captain's summary: JADA, Sunday 30 May 2027: not yours any more
      (Somebody else takes this trip.)

      Captain's summary: JADA, Sunday 30 May 2027: not yours any more
      ===============================================================

      You are not the captain of this trip any more. The pay we told you about does not apply.

      -- 
      From Sail JADA, about your own pay: please keep it to yourself. Booking bkg_0000000000000001.
      "
    `);
  });

  it('when it turns out to be the same as another trip of theirs', async () => {
    await say(scene, scene.captain, booking);
    await absorbed(scene, 'captain', other, 'ana');
    expect(newest()).toMatchInlineSnapshot(`
      "Captain's summary: JADA, Sunday 30 May 2027, is the trip of Tuesday 1 June 2027
      (Two trips are one, and paid once.)

      Captain's summary: JADA, Sunday 30 May 2027, is the trip of Tuesday 1 June 2027
      ========================================================================

      This trip and the one of Tuesday 1 June 2027, 10:00–13:00 PDT turned out to be the same booking. It is sailed and paid once: what the summary of that trip says counts.

      -- 
      From Sail JADA, about your own pay: please keep it to yourself. Booking bkg_0000000000000001.
      "
    `);
  });

  it('when the trip it is the same as has another captain, or is off', async () => {
    await say(scene, scene.captain, booking);
    scene.world.sailing = [
      { person: 'ana', role: 'crew' },
      { person: 'joan', role: 'captain' },
    ];
    await absorbed(scene, 'captain', other, 'ana');
    expect(scene.world.sent.at(-1)?.subject).toBe(
      "Captain's summary: JADA, Sunday 30 May 2027: not yours any more",
    );
    scene = await openScene();
    await say(scene, scene.captain, booking);
    await absorbed(scene, 'captain', { ...other, status: 'cancelled' }, 'ana');
    expect(scene.world.sent.at(-1)?.subject).toBe("Captain's summary: JADA, Sunday 30 May 2027 is off");
  });

  it('says who pays only where the marketplace pays all of it', async () => {
    const both = {
      ...keptBack,
      pay: [...testRules.pay, ...keptBack.pay],
    };
    scene = await openScene(both);
    await say(scene, scene.captain, booking);
    expect(scene.world.sent.at(-1)?.text).toMatch(/Your pay: +\$150\.00$/m);
    scene = await openScene(keptBack);
    scene.world.sailing = [
      { person: 'ana', role: 'captain' },
      { person: 'ana', role: 'crew' },
    ];
    await say(scene, scene.captain, booking);
    expect(scene.world.sent.at(-1)?.text).toMatch(/Your pay: +\$275\.00$/m);
  });

  it('is not followed by another to somebody who has left the roster since', async () => {
    const said = { booking: booking.id, surface: 'captain letter', recipient: 'gone', facts: {} } as const;
    await say(scene, scene.captain, booking);
    const letter = scene.world.sent.at(-1)?.id ?? '';
    await scene.world.store.remember({ ...said, digest: 'd', letter });
    expect(await withdraw(scene, scene.captain, cancelled, 'gone')).toEqual({ state: 'stated' });
    expect(scene.world.sent).toHaveLength(1);
  });

  it('speaks of no call time and berth for a vessel that is not in the fleet any more', async () => {
    await say(scene, scene.captain, { ...booking, vessel: 'sold' });
    expect(scene.world.sent.at(-1)?.text).not.toMatch(/Call time|Berth/);
    expect(scene.world.sent.at(-1)?.text).toMatch(/Vessel: +sold/);
  });

  it('goes to nobody who has left the roster, nor about a trip that is off', async () => {
    scene.world.sailing = [{ person: 'gone', role: 'captain' }];
    expect(await scene.captain.desired(booking)).toEqual([]);
    expect(await withdraw(scene, scene.captain, booking, 'gone')).toEqual({ state: 'stated' });
    expect(await scene.captain.state(booking, { recipient: 'gone', digest: 'd', facts: {} }, null)).toEqual({
      state: 'stated',
    });
    scene = await openScene();
    expect(await scene.captain.desired(cancelled)).toEqual([]);
    expect(scene.world.sent).toEqual([]);
  });
});

describe('what is not known', () => {
  it('is said so, and becomes news when it is: who sails, and a price that cannot be read any more', async () => {
    scene.world.sailing = null;
    expect(await scene.captain.desired(booking)).toEqual([]);
    await say(scene, scene.owner, booking);
    expect(scene.world.sent.at(-1)?.text).toMatch(/Who sails: +not known yet/);
    scene.world.sailing = [{ person: 'gone', role: 'captain' }];
    await say(scene, scene.owner, booking);
    expect(scene.world.sent.at(-1)?.text).toMatch(/Who sails +not known yet +gone \(captain\)/);
    scene.world.sailing = allThree;
    await scene.world.store.note(
      booking.id,
      testNote({ message: 'b', at: '2027-05-02T12:00:00Z', gross: 'some' }),
    );
    await say(scene, scene.owner, booking);
    const { text = '' } = scene.world.sent.at(-1) ?? {};
    expect(text).toMatch(/Charter price +\$840\.75 +not known/);
    expect(text).toMatch(/Captain Ana Reyes +nothing +\$150\.00/);
    expect(text).toMatch(/Net +\$689\.41 +not known/);
  });

  it('is no reason to take somebody for the captain of both trips', async () => {
    await say(scene, scene.captain, booking);
    scene.world.sailing = null;
    await absorbed(scene, 'captain', other, 'ana');
    expect(scene.world.sent.at(-1)?.subject).toContain('not yours any more');
  });
});

describe('what makes it another letter', () => {
  const digests = async () => {
    const [owner] = await scene.owner.desired(booking);
    const [captain] = await scene.captain.desired(booking);
    return { owner: owner?.digest, captain: captain?.digest };
  };

  it('is who sails and as what, for the owner; not when they are due on board', async () => {
    const before = await digests();
    const [ana, luis, kim] = scene.world.sailing ?? [];
    if (!ana || !luis || !kim) throw new Error('three sail');
    scene.world.sailing = [{ ...ana, callTime: wall('2027-05-30T14:00') }, luis, kim];
    const called = await digests();
    expect(called.owner).toBe(before.owner);
    expect(called.captain).not.toBe(before.captain);
    scene.world.sailing = [ana, luis, { ...luis, person: 'joan' }];
    expect((await digests()).owner).not.toBe(before.owner);
  });

  it('is who sails also where nobody keeps books on pay', async () => {
    scene = await openScene({ ...testRules, pay: [] });
    scene.world.sailing = [{ person: 'luis', role: 'crew' }];
    const before = await digests();
    scene.world.sailing = [{ person: 'kim', role: 'crew' }];
    expect((await digests()).owner).not.toBe(before.owner);
  });

  it('is what a captain earns and who pays it', async () => {
    const { captain } = await digests();
    const seen = new Set([captain]);
    for (const pay of [
      [{ from: '2026-01-01', person: 'ana', perTrip: '150.00', paidBy: 'marketplace' as const }],
      [{ from: '2026-01-01', person: 'ana', perTrip: '151.00', paidBy: 'owner' as const }],
      [],
    ]) {
      scene = await openScene({ ...testRules, pay: rulesFrom({ currency: 'USD', fees: [], pay }).pay });
      seen.add((await digests()).captain);
    }
    expect(seen.size).toBe(4);
  });

  it('is known again by both when the books are gone over', async () => {
    await say(scene, scene.captain, booking);
    await say(scene, scene.owner, booking);
    const { owner, captain } = await digests();
    expect(await scene.captain.readBack(booking, 'ana')).toBe(captain);
    expect(await scene.owner.readBack(booking, joan)).toBe(owner);
    expect([scene.owner, scene.captain, scene.ledger].map(({ name, fence }) => [name, fence])).toEqual([
      ['owner letter', 'owner'],
      ['captain letter', 'owner'],
      ['ledger', 'owner'],
    ]);
  });
});

async function absorbed(it: Scene, which: 'owner' | 'captain', into: Booking, recipient: string) {
  const surface = it[which];
  await surface.absorbed?.(cancelled, into, belief({ surface: surface.name, recipient }));
  await it.post.deliverDue();
}
