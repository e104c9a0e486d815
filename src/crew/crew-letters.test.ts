import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { fleet } from '#booking/fleet.ts';
import type { Letter } from '#mail/letter.ts';
import { crewByHand } from './assign.ts';
import { aBooking, crewFleet, crewWorld, hourLater, wall } from './crew.fixture.ts';
import { crewReminders } from './remind-crew.ts';
import { crewTelling } from './tell-crew.ts';

const kinds = (letters: readonly Letter[]) => letters.map(({ kind }) => kind);
const eventIn = (letter: Letter | undefined) => {
  const found = new ICAL.Component(ICAL.parse(letter?.invite?.ics ?? '')).getFirstSubcomponent('vevent');
  if (!found) throw new Error('no event in the letter');
  return found;
};
const linkIn = (letter: Letter | undefined) =>
  /https:\/\/crew\.example\/c#([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';

describe('an invitation', () => {
  it('goes to each of the crew once, with a link of their own and an entry for the calendar', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    await world.converge(aBooking());
    expect(world.sent.map(({ to, kind, audience }) => [to.address, kind, audience])).toEqual([
      ['ana@crew.example', 'invitation', 'crew'],
      ['luis@crew.example', 'invitation', 'crew'],
    ]);
    const { id } = await world.eventOf(aBooking());
    const [letter] = world.lettersTo('luis');
    expect(letter?.id).toMatch(/^bkg_7zk3\/crew letter\/luis\/invitation\/[0-9a-f]{32}$/);
    expect(letter?.subject).toBe('Can you sail on Sunday 30 May 2027? Charter on Heron, call time 15:30 PDT');
    expect(letter?.text).toContain('Harbor Island, dock C, slip 12');
    expect(await world.links.open(linkIn(letter))).toMatchObject({
      purpose: 'crew',
      subject: id,
      holder: 'luis',
      expiresAt: '2027-06-07T02:30:00.000Z',
    });
    const entry = eventIn(letter);
    expect(letter?.invite?.method).toBe('REQUEST');
    expect(entry.getFirstPropertyValue('uid')).toBe(`${id}@crew.example`);
    expect(entry.getFirstPropertyValue('sequence')).toBe(1);
    expect(letter?.invite?.ics).not.toContain(linkIn(letter));
  });

  it('is not repeated by a crash between writing and noting, nor by asking again', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    const [statement] = await world.letters.desired(aBooking());
    if (!statement) throw new Error('nobody to write to');
    const again = await world.letters.state(aBooking(), statement, null);
    expect(again).toEqual({ state: 'posted', letter: world.lettersTo('ana')[0]?.id });
    await world.telling.tellCrew((await world.eventOf(aBooking())).id);
    await world.post.deliverDue();
    expect(world.sent).toHaveLength(2);
  });

  it('is posted after all when a crash came between noting and posting', async () => {
    const world = crewWorld();
    await world.events.state(aBooking(), { recipient: '-', digest: '' }, null);
    const event = await world.eventOf(aBooking());
    const crashing = { ...world.post, post: () => Promise.reject(new Error('killed')) };
    await expect(crewTelling({ ...world.parts, post: crashing }).tellCrew(event.id)).rejects.toThrow(
      'killed',
    );
    expect(await world.store.told(event.id)).toHaveLength(2);
    await world.converge(aBooking());
    expect(kinds(world.sent)).toEqual(['invitation', 'invitation']);
  });

  it('is still an invitation when the trip moves before a crash let it be posted', async () => {
    const world = crewWorld();
    await world.events.state(aBooking(), { recipient: '-', digest: '' }, null);
    const { id } = await world.eventOf(aBooking());
    world.mail.isShut = true;
    await expect(world.telling.tellCrew(id)).rejects.toMatchObject({ code: 'disk-full' });
    world.mail.isShut = false;
    await world.converge(hourLater(aBooking()));
    expect(kinds(world.sent)).toEqual(['invitation', 'invitation']);
    expect(world.sent[0]?.subject).toContain('call time 16:30 PDT');
  });

  it('is written anew when it was taken back and a crash kept the next one from being written', async () => {
    const world = crewWorld();
    world.mail.isDown = true;
    await world.converge(aBooking());
    for (const { id } of await world.post.list({ state: 'waiting' })) await world.post.recall(id);
    world.mail.isDown = false;
    await world.telling.tellCrew((await world.eventOf(aBooking())).id);
    world.clock.advance(3_600_000);
    await world.post.deliverDue();
    expect(kinds(world.sent)).toEqual(['invitation', 'invitation']);
  });

  it('is not written for a trip that is over', async () => {
    const world = crewWorld({ now: '2027-06-01T00:00:00Z' });
    await world.converge(aBooking());
    expect(world.sent).toEqual([]);
  });

  it('waits while a booking is tentative', async () => {
    const world = crewWorld();
    await world.converge(aBooking({ status: 'tentative' }));
    expect(world.sent).toEqual([]);
    await world.converge(aBooking({ revision: 2 }));
    expect(kinds(world.sent)).toEqual(['invitation', 'invitation']);
  });

  it('waits for the event to say what the booking says', async () => {
    const world = crewWorld();
    await expect(world.letters.desired(aBooking())).rejects.toMatchObject({ code: 'crew-event-behind' });
    await world.converge(aBooking());
    await expect(world.letters.desired(hourLater(aBooking()))).rejects.toMatchObject({
      code: 'crew-event-behind',
    });
  });
});

describe('a change', () => {
  it('says old and new, that answers are open again, and carries a higher sequence', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    await world.converge(hourLater(aBooking()));
    const [first, second] = world.lettersTo('luis');
    expect(second?.kind).toBe('change');
    expect(second?.text).toContain('Start: 16:30 → 17:30 PDT');
    expect(second?.text).toContain('Call time: 15:30 → 16:30 PDT');
    expect(second?.text).toContain('please accept or decline again');
    expect(eventIn(second).getFirstPropertyValue('sequence')).toBe(2);
    expect(String(eventIn(second).getFirstPropertyValue('dtstart'))).toBe('2027-05-31T00:30:00Z');
    expect(linkIn(second)).toBe(linkIn(first));
  });

  it('is not written for a head count', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    await world.converge(aBooking({ revision: 2, partySize: 6 }));
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation']);
  });

  it('leaves answers alone when only the berth changes, and says so', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    await world.byHand.assign(id, { person: 'kim', role: 'crew' }, { by: 'joan' });
    await world.byHand.answerFor(id, 'kim', 'accepted', { by: 'kim' });
    await world.converge(aBooking({ revision: 2, vessel: 'tern' }));
    expect(world.lettersTo('kim')[2]?.text).toContain(
      'Berth: Harbor Island, dock C, slip 12 → Shelter Island, slip 3',
    );
    expect(world.lettersTo('kim')[2]?.text).toContain('Your answer stays as it is');
    expect((await world.eventOf(aBooking())).roster.at(-1)?.answer).toBe('accepted');
  });

  it('carries a higher sequence even where the event itself is as it was', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    const vessels = crewFleet.vessels.map(vessel => ({ ...vessel, name: `${vessel.name} II` }));
    const renamed = crewTelling({ ...world.parts, fleet: fleet({ ...crewFleet, vessels }) });
    await renamed.tellCrew((await world.eventOf(aBooking())).id);
    await world.post.deliverDue();
    expect(world.lettersTo('luis')[1]?.text).toContain('Vessel: Heron → Heron II');
    expect(eventIn(world.lettersTo('luis')[1]).getFirstPropertyValue('sequence')).toBe(2);
  });

  it('is told each time a trip goes there and back', async () => {
    const world = crewWorld();
    const there = hourLater(aBooking());
    await world.converge(aBooking());
    for (const booking of [there, aBooking({ revision: 3 }), { ...there, revision: 4 }]) {
      await world.converge(booking);
    }
    expect(kinds(world.lettersTo('ana'))).toEqual(['invitation', 'change', 'change', 'change']);
    expect(new Set(world.lettersTo('ana').map(({ id }) => id)).size).toBe(4);
  });

  it('takes the place of a letter that could not go out yet', async () => {
    const world = crewWorld();
    world.mail.isDown = true;
    await world.converge(aBooking());
    await world.converge(hourLater(aBooking()));
    world.mail.isDown = false;
    world.clock.advance(3_600_000);
    await world.post.deliverDue();
    expect(kinds(world.lettersTo('ana'))).toEqual(['invitation']);
    expect(world.lettersTo('ana')[0]?.subject).toContain('call time 16:30 PDT');
  });

  it('asks again when the time changed and changed back before a letter could go out', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'luis' });
    world.mail.isDown = true;
    await world.converge(hourLater(aBooking()));
    await world.converge(aBooking({ revision: 3 }));
    world.mail.isDown = false;
    world.clock.advance(3_600_000);
    await world.post.deliverDue();
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'change']);
    expect(world.lettersTo('luis')[1]?.text).toContain('changed back');
  });
});

describe('a cancellation', () => {
  const off = aBooking({ revision: 2, status: 'cancelled' });

  it('is told once, takes the trip out of calendars and leaves the link to a page that says so', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    await world.converge(off);
    await world.converge(off);
    const { id } = await world.eventOf(off);
    await world.telling.tellCrew(id);
    await world.post.deliverDue();
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'cancel']);
    const [first, last] = world.lettersTo('luis');
    expect(last?.subject).toBe('Cancelled: Charter on Heron, Sunday 30 May 2027');
    expect(last?.invite?.method).toBe('CANCEL');
    expect(eventIn(last).getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(eventIn(last).getFirstPropertyValue('uid')).toBe(eventIn(first).getFirstPropertyValue('uid'));
    expect(Number(eventIn(last).getFirstPropertyValue('sequence'))).toBeGreaterThan(1);
    expect(await world.links.open(linkIn(first))).not.toBeNull();
  });

  it('that is taken back asks everybody anew', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'luis' });
    await world.converge(off);
    await world.converge(aBooking({ revision: 3 }));
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'cancel', 'invitation']);
    expect((await world.eventOf(aBooking())).roster[1]?.answer).toBe('unknown');
  });

  it('is not told to those whom no letter ever reached', async () => {
    const world = crewWorld();
    world.mail.isDown = true;
    await world.converge(aBooking());
    expect(await world.converge(off)).toEqual([{ state: 'stated' }, { state: 'stated' }]);
    world.mail.isDown = false;
    world.clock.advance(3_600_000);
    await world.post.deliverDue();
    expect(world.sent).toEqual([]);
  });

  it('is not written for a trip that is over', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    world.clock.set('2027-06-02T00:00:00Z');
    await world.converge(off);
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation']);
  });
});

describe('somebody taken off the crew', () => {
  it('loses the link at once, is told once, and is asked anew when needed again', async () => {
    const world = crewWorld();
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    const token = linkIn(world.lettersTo('luis')[0]);
    await world.byHand.release(id, 'luis', { by: 'joan' });
    expect(await world.links.open(token)).toBeNull();
    await world.converge(aBooking());
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'cancel']);
    expect(world.lettersTo('luis')[1]?.subject).toContain('You are off the crew');
    expect(linkIn(world.lettersTo('luis')[1])).toBe('');
    await world.byHand.assign(id, { person: 'luis', role: 'crew' }, { by: 'joan' });
    await world.converge(aBooking());
    expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'cancel', 'invitation']);
    expect(await world.links.open(token)).toBeNull();
    expect(await world.links.open(linkIn(world.lettersTo('luis')[2]))).not.toBeNull();
    const sequences = world
      .lettersTo('luis')
      .map(letter => Number(eventIn(letter).getFirstPropertyValue('sequence')));
    expect(sequences).toEqual([1, 2, 3]);
  });
});

it('ends the link of who falls off the crew because the booking changed', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const token = linkIn(world.lettersTo('luis')[0]);
  await world.converge(aBooking({ revision: 2, vessel: 'tern' }));
  expect(await world.links.open(token)).toBeNull();
  expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'cancel']);
});

it('ends the link of who is released before anybody is told', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const token = linkIn(world.lettersTo('luis')[0]);
  const deaf = { onEventChanged: async () => {}, onAnswered: async () => {} };
  const { id } = await world.eventOf(aBooking());
  await crewByHand({ ...world.parts, crewing: world.crewing, ...deaf }).release(id, 'luis', { by: 'joan' });
  expect(await world.links.open(token)).toBeNull();
  expect(await world.store.untold(9)).toEqual([id]);
});

it('tells the person of every answer once, and how to change it, whoever gave it', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  const answers = () => world.lettersTo('luis').slice(1);
  await world.byHand.answerFor(id, 'luis', 'accepted', { by: 'luis' });
  await world.telling.tellCrew(id);
  await world.telling.tellCrew(id);
  expect(answers().map(({ subject }) => subject)).toEqual([
    'You are coming: Charter on Heron, Sunday 30 May 2027',
  ]);
  expect(answers()[0]?.text).toContain('If it was not you');
  expect(linkIn(answers()[0])).toBe(linkIn(world.lettersTo('luis')[0]));
  expect(answers()[0]?.invite).toBeUndefined();
  await world.byHand.answerFor(id, 'luis', 'declined', { by: 'ana' });
  await world.telling.tellCrew(id);
  expect(answers()[1]?.text).toContain('Ana Reyes put this in for you');
  world.clock.advance(1000);
  await world.byHand.answerFor(id, 'luis', 'unknown', { by: 'luis' });
  expect(await world.store.untold(9)).toEqual([id]);
  await world.telling.tellUntold();
  expect(kinds(world.lettersTo('luis'))).toEqual(['invitation', 'answer', 'answer', 'answer']);
  expect(answers()[2]?.subject).toContain('Your answer is taken back');
});

it('keeps the digest of what each person was told, for reading back', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const [statement] = await world.letters.desired(aBooking());
  expect(await world.letters.readBack(aBooking(), 'ana')).toBe(statement?.digest);
  expect(await world.letters.readBack(aBooking(), 'kim')).toBeNull();
  await world.converge(aBooking({ revision: 2, status: 'cancelled' }));
  expect(await world.letters.readBack(aBooking(), 'ana')).toBeNull();
});

it('reminds those who have not declined, and asks those who have not answered', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  await world.byHand.assign(id, { person: 'kim', role: 'crew' }, { by: 'joan' });
  await world.byHand.answerFor(id, 'ana', 'accepted', { by: 'ana' });
  await world.byHand.answerFor(id, 'luis', 'declined', { by: 'luis' });
  const eve = Date.parse('2027-05-29T23:30:00Z');
  const letters = await crewReminders(world.parts, await world.eventOf(aBooking()), eve);
  expect(letters.map(({ to }) => to.name)).toEqual(['Ana Reyes', 'Kim Tran']);
  expect(letters[0]?.subject).toBe('Tomorrow: Charter on Heron, call time 15:30 PDT');
  expect(letters[0]?.text).not.toContain('accept or decline');
  expect(letters[1]?.text).toContain('accept or decline');
  expect(await crewReminders(world.parts, await world.eventOf(aBooking()), eve)).toEqual(letters);
  const late = await crewReminders(world.parts, await world.eventOf(aBooking()), eve + 12 * 3_600_000);
  expect(late[0]?.subject).toBe('Today: Charter on Heron, call time 15:30 PDT');
  expect(late[0]?.id).toBe(letters[0]?.id);
  await world.converge(aBooking({ revision: 2, status: 'cancelled' }));
  expect(await crewReminders(world.parts, await world.eventOf(aBooking()), eve)).toEqual([]);
});

it('writes no letter that names the guest, the party or an amount', async () => {
  const world = crewWorld({ amounts: ['84075', '840.75'] });
  await world.converge(aBooking());
  await world.converge(hourLater(aBooking()));
  await world.converge(aBooking({ revision: 3, status: 'cancelled' }));
  const mails = world.said.filter(({ channel }) => channel === 'mail').map(({ body }) => String(body));
  // Two people, three times; each letter passes the egress once.
  expect(mails).toHaveLength(6);
  for (const body of mails) expect(body).not.toMatch(/Whitfield|Carole|party of|840/);
});

it('moves past midnight with both dates said', async () => {
  const world = crewWorld();
  await world.converge(aBooking());
  await world.converge(aBooking({ revision: 2, end: wall('2027-05-31T01:00') }));
  expect(world.lettersTo('ana')[1]?.text).toContain(
    'End: Sunday 30 May 2027, 19:30 PDT → Monday 31 May 2027, 01:00 PDT',
  );
});

describe('a trip that turned out to be another one', () => {
  const other = aBooking({ id: 'bkg_other', start: wall('2027-06-06T16:30'), end: wall('2027-06-06T19:30') });
  const off = aBooking({ revision: 2, status: 'cancelled' });

  /** Both trips were told to everybody; then the first is the other, which `gone` does not sail on. */
  async function merged(gone: string | null = null) {
    const world = crewWorld();
    await world.converge(other);
    await world.events.state(aBooking(), { recipient: '-', digest: '' }, null);
    const first = await world.eventOf(aBooking());
    await world.telling.tellCrew(first.id);
    await world.post.deliverDue();
    const counts = await world.eventOf(other);
    if (gone) await world.byHand.release(counts.id, gone, { by: 'joan' });
    world.absorbed.set(aBooking().id, other.id);
    world.sent.length = 0;
    await world.events.withdraw(off, {} as never);
    const tellAll = async () => {
      for (const person of ['ana', 'luis'])
        await world.letters.absorbed?.(off, other, { recipient: person } as never);
      await world.telling.tellCrew(first.id);
      await world.post.deliverDue();
    };
    return { world, first, counts, tellAll };
  }

  it('is told once as one trip, with the time and the link that count, and leaves the calendar', async () => {
    const { world, first, counts, tellAll } = await merged();
    for (const _ of [1, 2]) await tellAll();
    expect(kinds(world.sent)).toEqual(['cancel', 'cancel']);
    const [letter] = world.lettersTo('luis');
    expect(letter?.subject).toBe(
      'One trip, not two: Charter on Heron, Sunday 6 June 2027, call time 15:30 PDT',
    );
    expect(letter?.text).toContain('you were asked for Sunday 30 May 2027, 16:30–19:30 PDT as well');
    expect(await world.links.open(linkIn(letter))).toMatchObject({ subject: counts.id, holder: 'luis' });
    expect(letter?.invite?.method).toBe('CANCEL');
    expect(eventIn(letter).getFirstPropertyValue('uid')).toBe(`${first.id}@crew.example`);
  });

  it('is simply off for who does not sail on the other', async () => {
    const { world, tellAll } = await merged('luis');
    await tellAll();
    const subjects = world.lettersTo('luis').map(({ subject }) => subject);
    expect(subjects.filter(subject => subject.startsWith('Cancelled: '))).toHaveLength(1);
    expect(subjects.filter(subject => subject.startsWith('One trip'))).toEqual([]);
    expect(world.lettersTo('ana').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^One trip, not two/),
    ]);
  });

  it('waits with its letters until the trip that counts says what it should', async () => {
    const { world } = await merged();
    const later = { ...other, revision: 2, start: wall('2027-06-06T17:30'), end: wall('2027-06-06T20:30') };
    await expect(world.letters.absorbed?.(off, later, { recipient: 'ana' } as never)).rejects.toMatchObject({
      code: 'crew-event-behind',
    });
  });
});
