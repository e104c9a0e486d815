import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { configuredKeys } from './configured-keys.ts';

const old = `$2b$04$${'o'.repeat(53)}`;
const older = `$2b$04$${'p'.repeat(53)}`;

/** Keys as the configuration knows them, and every comparison with a bcrypt hash that was asked for. */
function fresh(hashes: readonly string[], isKey: (key: string, hash: string) => boolean = () => false) {
  const clock = settableClock('2027-05-30T10:00:00Z');
  const asked: string[] = [];
  const line = { isDown: false };
  const keys = configuredKeys({
    configured: [{ label: 'crew script', scopes: ['crew-events'] as never, hashes }],
    clock,
    async compareLegacy(key, hash) {
      asked.push(hash);
      if (line.isDown) throw new Error('no threads');
      return isKey(key, hash);
    },
  });
  return { clock, asked, line, verify: (key: string) => keys.verify(key, sha256(key)), list: keys.list };
}

describe('keys of the configuration', () => {
  it('are named after their label and place', () => {
    const { list } = fresh([sha256('one'), old]);
    expect(list.map(({ id, label, createdAt, revokedAt }) => [id, label, createdAt, revokedAt])).toEqual([
      ['configured_crew-script_1', 'crew script', null, null],
      ['configured_crew-script_2', 'crew script', null, null],
    ]);
  });

  it('are looked up by SHA-256, without a comparison and without an end, where no old hash is left', async () => {
    const { asked, verify } = fresh([sha256('one'), sha256('two')]);
    expect((await verify('two'))?.id).toBe('configured_crew-script_2');
    for (let n = 0; n < 50; n++) expect(await verify(`wrong ${n}`)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('are compared with old hashes alone, once for each key, however often it comes', async () => {
    const { asked, verify } = fresh(
      [sha256('one'), old, older],
      (key, hash) => key === 'two' && hash === older,
    );
    const found = await Promise.all([verify('two'), verify('two'), verify('two')]);
    expect(found.map(key => key?.id)).toEqual(Array(3).fill('configured_crew-script_3'));
    expect(asked).toEqual([old, older]);
    expect(await verify('wrong')).toBeNull();
    expect(await verify('wrong')).toBeNull();
    expect(asked).toHaveLength(4);
  });

  it('are not tried out: ten unknown keys, then a pause that is said', async () => {
    const { clock, verify } = fresh([old]);
    for (let n = 0; n < 10; n++) await verify(`wrong ${n}`);
    await expect(verify('another')).rejects.toMatchObject({
      code: 'too-many-attempts',
      data: { retryAfterMs: 6000 },
    });
    expect(await verify('wrong 3')).toBeNull();
    clock.advance(6000);
    expect(await verify('another')).toBeNull();
  });

  it('are compared again after a comparison that broke', async () => {
    const { line, verify } = fresh([old], key => key === 'two');
    line.isDown = true;
    await expect(verify('two')).rejects.toThrow('no threads');
    line.isDown = false;
    expect(await verify('two')).not.toBeNull();
  });

  it('forget what was refused when that is a thousand keys, and begin anew', async () => {
    const { asked, clock, verify } = fresh([old]);
    for (let n = 0; n < 1000; n++) {
      clock.advance(6000);
      await verify(`wrong ${n}`);
    }
    await verify('wrong 0');
    expect(asked).toHaveLength(1000);
    clock.advance(6000);
    await verify('one more');
    clock.advance(6000);
    await verify('wrong 0');
    expect(asked).toHaveLength(1002);
  });
});
