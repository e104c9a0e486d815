import { describe, expect, it } from 'vitest';
import { minute } from '#booking/booking.fixture.ts';
import { deskWorld } from './desk.fixture.tsx';
import { belief, canary, letter } from './desk-people.fixture.ts';

describe('failures', () => {
  it('say so when there are none', async () => {
    const { get } = deskWorld();
    expect(await (await get('/desk/failures')).text()).toContain('Everything is as it should be');
  });

  it('name what is stuck, for whom, why and since when; what waits for a person comes first', async () => {
    const { get, add, beliefs, drives } = deskWorld();
    const stuck = await add('Carole Whitfield', '2027-05-30T15:30');
    const failing = await add('Nell Harper', '2027-06-01T15:30');
    await beliefs.put(
      belief({
        booking: failing.id,
        surface: 'guest page',
        state: 'failing',
        at: minute(1),
        error: { code: 'disk-full', message: 'The disk is full.' },
      }),
    );
    await drives.aim(failing.id, '1');
    await drives.report(failing.id, '1', 1, 'incomplete');
    await beliefs.put(
      belief({
        booking: stuck.id,
        surface: 'crew letter',
        recipient: 'mara',
        state: 'stuck',
        at: minute(5),
        error: { code: 'letter-returned', message: '550 No such mailbox' },
      }),
    );
    const html = await (await get('/desk/failures')).text();
    expect(html).toMatch(
      /Waits for a person.*Carole Whitfield.*crew letter to Mara Finch.*550 No such mailbox.*1 Apr 2027, 03:05 PDT.*tried again by itself.*Nell Harper.*guest page.*The disk is full\..*Next try/s,
    );
  });

  it('try a surface again, or the letter it waits for', async () => {
    const { get, post, add, beliefs, letters, retried } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    letters.set('l1', letter({ id: 'l1', about: [id], state: 'returned' }));
    await beliefs.put(
      belief({
        booking: id,
        surface: 'guest letter',
        recipient: 'x@y.example',
        state: 'stuck',
        awaiting: 'l1',
      }),
    );
    const html = await (await get('/desk/failures')).text();
    expect(html.match(/Try again</g)).toHaveLength(1);
    expect(html).toMatch(/name="kind" value="letter"\/><input type="hidden" name="id" value="l1"/);
    expect((await post('/desk/failures', { kind: 'letter', id: 'l1' })).status).toBe(303);
    expect((await post('/desk/failures', { kind: 'booking', id })).status).toBe(303);
    expect(retried).toEqual(['l1', id]);
  });

  it('take a returned letter along when its booking is tried again', async () => {
    const { post, add, letters, retried } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    letters.set('l1', letter({ id: 'l1', about: [id], state: 'returned' }));
    await post(`/desk/bookings/${id}/retry`, {});
    expect(retried).toEqual(['l1', id]);
  });

  it('keep the owner’s surfaces and letters from an operator, and their retry too', async () => {
    const { get, post, add, ownerBeliefs, ownerLetters, retried } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    await ownerBeliefs.put(belief({ booking: id, surface: 'ledger', state: 'stuck' }));
    ownerLetters.set('o1', letter({ id: 'o1', about: [id], state: 'returned', kind: 'summary' }));
    const owner = await (await get('/desk/failures', 'olive')).text();
    expect(owner).toContain('ledger');
    expect(owner).toContain('summary letter');
    expect(await (await get('/desk/failures', 'perry')).text()).toContain('Everything is as it should be');
    const retry = { kind: 'owner letter', id: 'o1' };
    expect(await (await post('/desk/failures', retry, 'perry')).text()).toMatch(/^owner-only/);
    expect((await post('/desk/failures', retry, 'olive')).status).toBe(303);
    expect(retried).toEqual(['o1']);
  });

  it('list a message that came with the name of another, and not among the quarantined', async () => {
    const { get, holdBack, inbox } = deskWorld();
    await holdBack('msg_1');
    const again = { source: 'market', messageId: 'msg_1', via: 'signed' as const, headers: {} };
    await expect(inbox.receive({ ...again, body: new TextEncoder().encode('{}') })).rejects.toMatchObject({
      code: 'delivery-conflict',
    });
    expect(await (await get('/desk/failures')).text()).toContain('message from market');
    expect((await (await get('/desk/quarantine')).text()).match(/From market/g)).toHaveLength(1);
  });
});

describe('the quarantine', () => {
  it('says what would be here while it is empty', async () => {
    const { get } = deskWorld();
    expect(await (await get('/desk/quarantine')).text()).toContain('Nothing is held back');
  });

  it('names the source, the field, the reason and the cure', async () => {
    const { get, holdBack } = deskWorld();
    await holdBack();
    const html = await (await get('/desk/quarantine')).text();
    for (const text of ['From market', 'partySize', 'A party of 7 is too many', 'Agree on at most 6']) {
      expect(html).toContain(text);
    }
  });

  it('shows the message itself to an owner only', async () => {
    const { get, holdBack } = deskWorld();
    const { id } = await holdBack();
    expect(await (await get(`/desk/quarantine/${id}`, 'olive')).text()).toContain(canary);
    const operator = await (await get(`/desk/quarantine/${id}`, 'perry')).text();
    expect(operator).toContain('A party of 7 is too many');
    expect(operator).not.toContain(canary);
    expect(operator).not.toContain('Nell');
  });

  it('reads a message again and says what came of it', async () => {
    const { get, post, holdBack } = deskWorld();
    const { id } = await holdBack();
    const answer = await post(`/desk/quarantine/${id}/rerun`, {});
    const html = await (await get(answer.headers.get('location') ?? '')).text();
    expect(html).toContain('It was read again and is still held back.');
    expect(html).toContain('run again by Perry Quill');
  });

  it('discards with a reason that is kept, and not without one', async () => {
    const { get, post, holdBack } = deskWorld();
    const { id } = await holdBack();
    const missing = await post(`/desk/quarantine/${id}/discard`, { reason: '  ' });
    expect(missing.status).toBe(422);
    expect(await missing.text()).toContain('The reason is missing.');
    await post(`/desk/quarantine/${id}/discard`, { reason: 'A test by the marketplace' });
    expect(await (await get('/desk/quarantine')).text()).toContain('Nothing is held back');
    expect(await (await get(`/desk/quarantine/${id}`)).text()).toContain('A test by the marketplace');
  });

  const meant = {
    kind: 'created',
    externalId: 'xhqgmdh',
    vessel: 'heron',
    start: '2027-05-30T15:30',
    end: '2027-05-30T18:30',
    guestName: 'Nell Harper',
    guestEmail: '',
    guestPhone: '',
    partySize: '4',
  };

  it('takes what a person says a message means, field by field', async () => {
    const { get, post, holdBack, inbox } = deskWorld();
    const { id } = await holdBack();
    const answer = await post(`/desk/quarantine/${id}/correct`, meant);
    expect(await inbox.find(id)).toMatchObject({
      correction: { ...meant, guestEmail: null, guestPhone: null, partySize: 4 },
    });
    const html = await (await get(answer.headers.get('location') ?? '')).text();
    expect(html).toContain('said what it means by Perry Quill');
    expect(html).toContain('value="2027-05-30T15:30"');
  });

  it.each([
    ['no name of the booking', { externalId: '' }, 'field-externalId', 'This is not said yet.'],
    ['no vessel', { vessel: '' }, 'field-vessel', 'This is not said yet.'],
    ['an hour that the clocks skip', { start: '2027-03-14T02:30' }, 'field-start', 'does not exist'],
    ['an hour that comes twice', { start: '2027-11-07T01:30' }, 'field-start', 'happens twice'],
  ])(
    'says at the field what is wrong with %s, and keeps what was typed',
    async (_what, typed, field, reason) => {
      const { post, holdBack, inbox } = deskWorld();
      const { id } = await holdBack();
      const answer = await post(`/desk/quarantine/${id}/correct`, { ...meant, ...typed });
      const html = await answer.text();
      expect(answer.status).toBe(422);
      expect(html).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
      expect(html).toContain(reason);
      expect(html).toContain('value="Nell Harper"');
      expect(await inbox.find(id)).toMatchObject({ correction: null, state: 'quarantined' });
    },
  );

  it('is loud about a marketplace that changed its mails', async () => {
    const { get, inbox } = deskWorld();
    const headers = { 'content-type': 'message/rfc822' };
    const vouched = { by: 'signature', domain: 'market.example' } as const;
    const body = new TextEncoder().encode('a mail');
    const { delivery } = await inbox.receive({
      source: 'market',
      messageId: 'm',
      via: 'signed',
      headers,
      body,
      vouched,
    });
    const reason = 'The text part lacks the row “Guests”, unlike the template “market new”.';
    await inbox.quarantine(delivery.id, [
      { field: 'message', code: 'mail-template-drift', reason, cure: '' },
    ]);
    for (const page of ['/desk', '/desk/quarantine']) {
      const html = await (await get(page)).text();
      expect(html).toContain('The mails of market no longer read as before: 1 waits.');
      expect(html).toContain(reason);
    }
  });

  it('is refused without the token of the session', async () => {
    const { post, holdBack, inbox } = deskWorld();
    const { id } = await holdBack();
    for (const verb of ['rerun', 'discard', 'correct']) {
      const forged = { reason: 'because', formToken: 'forged' };
      expect((await post(`/desk/quarantine/${id}/${verb}`, forged)).status).toBe(403);
    }
    expect((await inbox.find(id))?.state).toBe('quarantined');
  });
});

describe('the first page', () => {
  it('greets an empty house with the way to the first booking', async () => {
    const { get } = deskWorld();
    expect(await (await get('/desk')).text()).toContain('No bookings yet');
  });

  it('puts what needs a person before what sails next, and counts both', async () => {
    const { get, add, beliefs, holdBack } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-04-03T15:30');
    await add('Nell Harper', '2027-04-20T15:30');
    await beliefs.put(belief({ booking: id, surface: 'guest page', state: 'stuck' }));
    await holdBack();
    const html = await (await get('/desk')).text();
    expect(html).toMatch(/<strong>1<\/strong><span class="quiet">sail in the next 7 days/);
    expect(html).toMatch(/Needs a person now.*guest page.*Message from market.*Next trips.*Carole.*Nell/s);
    expect(html).toMatch(/Failures<b>1/);
  });
});
