import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { silentLog } from '#platform/log.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { outboxMailer, outboxName } from './mailer.outbox.ts';
import { postContract } from './post.contract.ts';
import { sqlitePost } from './post.sqlite.ts';
import { named, office, using } from './post.testing.ts';
import { keepingServer, mailerTo } from './smtp-servers.testing.ts';

postContract(office);

describe('whatever breaks on our side', () => {
  it('with the outbox folder a letter is written exactly once, even when the mark of it was lost', async () => {
    const folder = temporaryFolder('mail');
    const clock = settableClock('2027-05-01T08:00:00Z');
    await outboxMailer({ folder, clock }).send(named(1));
    const { post } = office(c => outboxMailer({ folder, clock: c }), { clock });
    await post.post(named(1));
    await post.deliverDue();
    expect(readdirSync(folder)).toEqual([`${outboxName('letter/1')}.eml`]);
    expect(await post.find('letter/1')).toMatchObject({ state: 'sent' });
  });

  it('a letter that went out while the disk would not take the mark is marked later, not sent again', async () => {
    const server = using(await keepingServer());
    const { post, db, pass } = office(clock => mailerTo(server.port, clock));
    await db.write(tx =>
      tx.run(
        "CREATE TRIGGER full BEFORE UPDATE OF sent_at ON letters BEGIN SELECT RAISE(ABORT, 'full'); END",
      ),
    );
    await post.post(named(1));
    await post.deliverDue();
    await db.write(tx => tx.run('DROP TRIGGER full'));
    expect(await post.find('letter/1')).toMatchObject({ state: 'waiting' });
    await pass(1);
    expect(await post.find('letter/1')).toMatchObject({ state: 'sent' });
    expect(server.arrived).toHaveLength(1);
  });

  it('what a listener in the same file takes down stands in the commit that says the letter went out', async () => {
    const folder = temporaryFolder('mail');
    const { db, clock } = office(c => outboxMailer({ folder, clock: c }));
    db.migrate('listener', ['CREATE TABLE heard (letter TEXT NOT NULL) STRICT']);
    const told: string[] = [];
    const post = using(
      sqlitePost({
        db,
        mailer: using(outboxMailer({ folder, clock })),
        egress: { emit: async () => {} },
        clock,
        log: silentLog,
        onChange: id => void told.push(id),
        noteSent(tx, letter) {
          if (letter === 'letter/2') throw new Error('not now');
          tx.run('INSERT INTO heard (letter) VALUES (?)', letter);
          return () => void told.push(`${letter} in the same commit`);
        },
      }),
    );
    await post.post(named(1));
    await post.post(named(2));
    await post.deliverDue();
    expect(db.all('SELECT letter FROM heard')).toEqual([{ letter: 'letter/1' }]);
    expect(await post.list({ state: 'sent' })).toHaveLength(2);
    expect(told.sort()).toEqual(['letter/1 in the same commit', 'letter/2']);
  });

  it('closing finishes what is on the wire and starts nothing new', async () => {
    const server = using(await keepingServer());
    const { post, clock } = office(c => mailerTo(server.port, c));
    for (let n = 0; n < 30; n++) await post.post(named(n));
    await post.close();
    const sent = await post.list({ state: 'sent' });
    const waiting = await post.list({ state: 'waiting' });
    expect(server.arrived).toHaveLength(sent.length);
    expect(sent.length + waiting.length).toBe(30);
    expect(clock.nextDue()).toBeNull();
  });
});
