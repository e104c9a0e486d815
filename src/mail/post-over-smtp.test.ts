import { describe, expect, it } from 'vitest';
import { messageIdOf } from './letter-key.ts';
import { openLetter } from './opened-letter.postal-mime.ts';
import { minute, named, office, subjects, using } from './post.testing.ts';
import { faultyServer, keepingServer, mailerTo } from './smtp-servers.testing.ts';

describe('when the mail server is down', () => {
  it('letters wait with the reason, visible, and all go out once it is back', async () => {
    const gone = await keepingServer();
    await gone.close();
    const { post, pass, changes, clock } = office(c => mailerTo(gone.port, c));
    for (let n = 0; n < 20; n++) await post.post(named(n));
    await post.deliverDue();
    const waiting = await post.list({ state: 'waiting' });
    expect(waiting).toHaveLength(20);
    const reason = `Nothing answers at the mail server 127.0.0.1:${gone.port} (connection refused).`;
    expect(new Set(waiting.map(letter => letter.error))).toEqual(new Set([reason]));
    expect(new Set(changes)).toEqual(new Set(waiting.map(letter => `${letter.id}: waiting: ${reason}`)));
    expect(clock.nextDue()).toBe(clock.now() + minute);

    const back = using(await keepingServer({}, gone.port));
    await pass(1);
    expect(await subjects(back.arrived)).toEqual(Array.from({ length: 20 }, (_, n) => `Letter ${n}`).sort());
    expect(await post.list({ state: 'waiting' })).toEqual([]);
  });

  it('a few letters find out that it does not answer, and the rest wait with them instead of queueing for it', async () => {
    const silent = using(await faultyServer('greeting', { hang: true }));
    const { post } = office(clock => mailerTo(silent.port, clock, 200));
    // All before the first hears nothing: one by one, a slow disk would outlast that.
    await Promise.all(Array.from({ length: 40 }, (_, n) => post.post(named(n))));
    await post.deliverDue();
    const waiting = await post.list({ state: 'waiting' });
    expect(waiting).toHaveLength(40);
    for (const { error } of waiting) expect(error).toContain('did not answer in time');
    expect(waiting.filter(letter => letter.attempts > 0).length).toBeLessThan(10);
  });

  it('a letter that has waited for hours goes as soon as any letter gets through', async () => {
    const gone = await keepingServer();
    await gone.close();
    const { post, pass } = office(clock => mailerTo(gone.port, clock));
    await post.post(named('old'));
    for (const minutes of [0, 1, 5, 15, 60]) await pass(minutes);
    expect(await post.find('letter/old')).toMatchObject({ attempts: 5, nextAt: '2027-05-01T10:21:00.000Z' });

    const back = using(await keepingServer({}, gone.port));
    await pass(10);
    expect(back.arrived).toEqual([]);
    await post.post(named('new'));
    await post.deliverDue();
    expect(await subjects(back.arrived)).toEqual(['Letter new', 'Letter old']);
  });

  it('gives a letter back after five days, and sends it when a person asks', async () => {
    const gone = await keepingServer();
    await gone.close();
    const { post, pass } = office(clock => mailerTo(gone.port, clock));
    await post.post(named(1));
    await post.deliverDue();
    await pass(5 * 24 * 60);
    expect(await post.find('letter/1')).toMatchObject({
      state: 'returned',
      error: expect.stringMatching(/^Given up after five days. Nothing answers/),
    });
    const back = using(await keepingServer({}, gone.port));
    await post.retry('letter/1');
    await post.deliverDue();
    expect(back.arrived).toHaveLength(1);
    expect(await post.find('letter/1')).toMatchObject({ state: 'sent', error: null });
  });

  it('a posted letter outlives the program and goes out after a restart', async () => {
    const gone = await keepingServer();
    await gone.close();
    const before = office(clock => mailerTo(gone.port, clock));
    await before.post.post(named(1));
    await before.post.close();

    const back = using(await keepingServer({}, gone.port));
    const after = office(clock => mailerTo(back.port, clock), { place: before.place, clock: before.clock });
    await after.pass(1);
    expect(await subjects(back.arrived)).toEqual(['Letter 1']);
    expect(after.changes).toEqual(['letter/1: sent']);
  });
});

describe('a mail server that minds one letter', () => {
  const refusing = (code: number, text: string) => ({
    onRcptTo: (recipient: { address: string }, _session: unknown, done: (error?: Error) => void) =>
      done(
        recipient.address.startsWith('carole')
          ? Object.assign(new Error(text), { responseCode: code })
          : undefined,
      ),
  });

  it('and says 451 keeps that one waiting, and holds up no other', async () => {
    const server = using(await keepingServer(refusing(451, '4.3.0 Try later')));
    const { post } = office(clock => mailerTo(server.port, clock));
    await post.post(named('carole'));
    await post.post(named('mia', { to: { name: 'Mia', address: 'mia@example.org' } }));
    await post.deliverDue();
    expect(await subjects(server.arrived)).toEqual(['Letter mia']);
    expect(await post.find('letter/carole')).toMatchObject({
      state: 'waiting',
      nextAt: '2027-05-01T08:01:00.000Z',
      error: expect.stringContaining('451'),
    });
  });

  it('and says 550 gives that one back with its own words', async () => {
    const server = using(await keepingServer(refusing(550, '5.1.1 No such person')));
    const { post, pass, changes } = office(clock => mailerTo(server.port, clock));
    await post.post(named('carole'));
    await post.deliverDue();
    await pass(24 * 60);
    expect(await post.find('letter/carole')).toMatchObject({
      state: 'returned',
      attempts: 1,
      error: expect.stringContaining('550 5.1.1 No such person'),
    });
    expect(changes).toHaveLength(1);
  });

  it('and lets it hang does not hold up the others', async () => {
    const server = using(
      await keepingServer({
        onRcptTo: (recipient, _session, done) => {
          if (!recipient.address.startsWith('carole')) done();
        },
      }),
    );
    const mailer = mailerTo(server.port);
    const { post } = office(() => mailer);
    await post.post(named('carole'));
    for (let n = 0; n < 12; n++)
      await post.post(named(n, { to: { name: '', address: `guest${n}@example.org` } }));
    while (server.arrived.length < 12) await new Promise(resolve => setImmediate(resolve));
    await mailer.close();
    await post.deliverDue();
    expect(await post.find('letter/carole')).toMatchObject({ state: 'waiting', attempts: 1 });
  });
});

describe('a letter that may have arrived', () => {
  it('is held a quarter of an hour and sent once more under the same Message-ID', async () => {
    let breaks = true;
    const arrived: Buffer[] = [];
    const server = using(
      await keepingServer({
        onData(stream, _session, done) {
          const chunks: Buffer[] = [];
          stream.on('data', chunk => chunks.push(chunk));
          stream.on('end', () => {
            arrived.push(Buffer.concat(chunks));
            if (breaks) server.cut();
            else done();
          });
        },
      }),
    );
    const { post, pass } = office(clock => mailerTo(server.port, clock));
    await post.post(named(1));
    await post.deliverDue();
    expect(await post.find('letter/1')).toMatchObject({
      state: 'waiting',
      nextAt: '2027-05-01T08:15:00.000Z',
    });
    breaks = false;
    await post.post(named(2));
    await pass(14);
    expect(await subjects(arrived.map(bytes => ({ bytes })))).toEqual(['Letter 1', 'Letter 2']);
    await pass(1);
    const read = await Promise.all(arrived.map(openLetter));
    const copies = read.filter(one => one.subject === 'Letter 1');
    expect(copies).toHaveLength(2);
    for (const copy of copies) expect(copy.headers).toContainEqual(['Message-ID', messageIdOf(named(1))]);
    expect(await post.find('letter/1')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('comes back to a person after the second time, and is never sent a third', async () => {
    const server = using(await faultyServer('dot', { drop: true }));
    const { post, pass } = office(clock => mailerTo(server.port, clock));
    await post.post(named(1));
    await post.deliverDue();
    await pass(15);
    await pass(24 * 60);
    expect(server.handedOver()).toBe(2);
    expect(await post.find('letter/1')).toMatchObject({
      state: 'returned',
      error: expect.stringContaining('Ask the recipient whether it is there'),
    });
  });

  it('is not caught by a recall, but goes out no more', async () => {
    const server = using(await faultyServer('dot', { drop: true }));
    const { post, pass } = office(clock => mailerTo(server.port, clock));
    await post.post(named(1));
    await post.deliverDue();
    expect(await post.recall('letter/1')).toBe(false);
    await pass(15);
    expect(server.handedOver()).toBe(1);
    expect(await post.find('letter/1')).toMatchObject({ state: 'recalled' });
  });

  it('is what a kill in the middle of a hand-over leaves: sent once more, after the wait', async () => {
    const hanging = using(await faultyServer('dot', { hang: true }));
    const patient = mailerTo(hanging.port);
    const killed = office(() => patient);
    await killed.post.post(named(1));
    while (hanging.handedOver() === 0) await new Promise(resolve => setImmediate(resolve));

    const server = using(await keepingServer());
    const after = office(clock => mailerTo(server.port, clock), { place: killed.place, clock: killed.clock });
    await after.post.deliverDue();
    expect(server.arrived).toEqual([]);
    expect(await after.post.find('letter/1')).toMatchObject({
      state: 'waiting',
      error: expect.stringContaining('Gangway was stopped'),
      nextAt: '2027-05-01T08:15:00.000Z',
    });
    await after.pass(15);
    expect(await subjects(server.arrived)).toEqual(['Letter 1']);
    await patient.close();
  });
});
