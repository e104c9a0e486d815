import type { StaffSession } from '#access/staff.ts';
import { minute, testFleet } from '#booking/booking.fixture.ts';
import { fleet, type Person } from '#booking/fleet.ts';
import type { Problem } from '#booking/problem.ts';
import type { Belief } from '#booking/surface.ts';
import type { Posted } from '#mail/post.ts';

const person = (id: string, name: string, roles: Person['roles']): Person => ({
  id,
  name,
  firstName: name.split(' ')[0] ?? name,
  email: `${id}@crew.example`,
  phone: '+1 619 555 0100',
  roles,
});

/** The test fleet with people: one owner, one operator, a captain and a hand who sail on the heron. */
export const staffedFleet = fleet({
  ...testFleet,
  people: [
    person('olive', 'Olive Marsh', ['owner']),
    person('perry', 'Perry Quill', ['operator']),
    person('mara', 'Mara Finch', ['captain']),
    person('theo', 'Theo Drake', ['crew']),
    person('kim', 'Kim Tran', ['crew']),
    {
      ...person('bo', 'Bo Larsen', ['captain']),
      credentials: [{ kind: 'mmc', expires: '2027-04-30', neededAs: ['captain'] }],
    },
  ],
  vessels: testFleet.vessels.map(vessel =>
    vessel.id === 'heron'
      ? {
          ...vessel,
          crew: [
            { person: 'mara', role: 'captain' },
            { person: 'theo', role: 'crew' },
          ],
        }
      : vessel,
  ),
});

/** The one amount the owner's panel of the tests shows; nobody else may ever see it. */
export const canary = '7731.94';

export const sessionOf = (who: 'olive' | 'perry'): StaffSession => ({
  id: `session-of-${who}`,
  person: who,
  role: who === 'olive' ? 'owner' : 'operator',
  createdAt: minute(0),
  expiresAt: minute(600),
});

/** What a surface is believed to say; stated at revision 1 unless told otherwise. */
export const belief = (about: Partial<Belief> & Pick<Belief, 'booking' | 'surface'>): Belief => ({
  recipient: '-',
  desiredRevision: 1,
  desiredDigest: 'd1',
  statedRevision: 1,
  statedDigest: 'd1',
  state: 'stated',
  at: minute(1),
  attempts: 0,
  error: null,
  url: null,
  awaiting: null,
  ...about,
});

export const letter = (about: Partial<Posted> & { id: string; about: readonly string[] }): Posted => ({
  kind: 'welcome',
  to: 'carole@example.org',
  subject: 'Your sail on Sunday 30 May',
  state: 'sent',
  attempts: 1,
  postedAt: minute(2),
  sentAt: minute(3),
  mayHaveGone: false,
  nextAt: null,
  error: null,
  ...about,
});

/** Why a message of the tests was held back. */
export const tooMany: readonly Problem[] = [
  {
    field: 'partySize',
    code: 'party-over-limit',
    reason: 'A party of 7 is too many for Heron.',
    cure: 'Agree on at most 6 with the guest.',
  },
];
