import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isoInstant } from '#lib/clock.ts';
import type { PostFields } from './post-policy.ts';

/** A place that grants uploads, and takes or refuses them. Both editions are held to this suite. */
export type GrantPlace = {
  readonly grant: (file: {
    type: string;
    size: number;
    nowMs: number;
    untilMs: number;
    key?: 'other';
  }) => Promise<PostFields>;
  /** Offers a whole file at the key of the first grant, with the fields as they are given. */
  readonly offer: (fields: PostFields, bytes: Uint8Array, nowMs: number) => Promise<'stored' | 'refused'>;
};

const now = Date.parse('2027-05-30T20:00:00Z');
const file = { type: 'image/jpeg', size: 1000, nowMs: now, untilMs: now + 3_600_000 };
const whole = Buffer.alloc(1000, 7);
const minute = 60_000;

const policyOf = (fields: PostFields) =>
  JSON.parse(Buffer.from(fields.policy ?? '', 'base64').toString('utf8'));
const spoilt = (
  fields: PostFields,
  edit: (policy: Record<string, unknown> & { conditions: unknown[] }) => unknown,
) => ({
  ...fields,
  policy: Buffer.from(JSON.stringify(edit(policyOf(fields)))).toString('base64'),
});

/** One grant, one file: what S3 enforces for a POST policy, and our own store with it. */
export function uploadGrantContract(name: string, open: () => GrantPlace): void {
  describe(`${name}: leave to send one file`, () => {
    it('lets in just that file', async () => {
      const place = open();
      expect(await place.offer(await place.grant(file), whole, now + minute)).toBe('stored');
    });

    it('takes no byte more and no byte less', async () => {
      const place = open();
      const fields = await place.grant(file);
      expect(await place.offer(fields, Buffer.alloc(999), now)).toBe('refused');
      expect(await open().offer(fields, Buffer.alloc(1001), now)).toBe('refused');
      expect(await open().offer(fields, Buffer.alloc(0), now)).toBe('refused');
    });

    it('is over after ten minutes, whatever was asked for, and when photos close', async () => {
      const place = open();
      expect(await open().offer(await place.grant(file), whole, now + 10 * minute - 1)).toBe('stored');
      expect(await place.offer(await place.grant(file), whole, now + 10 * minute)).toBe('refused');
      const short = await place.grant({ ...file, untilMs: now + minute });
      expect(await place.offer(short, whole, now + minute)).toBe('refused');
      expect(policyOf(short).expiration).toBe(isoInstant(now + minute));
    });

    it('is for one key', async () => {
      const place = open();
      const other = await place.grant({ ...file, key: 'other' });
      expect(await place.offer(other, whole, now)).toBe('refused');
      expect(await place.offer({ ...other, key: (await place.grant(file)).key ?? '' }, whole, now)).toBe(
        'refused',
      );
    });

    it('is for one type', async () => {
      const place = open();
      const fields = await place.grant(file);
      for (const type of ['image/svg+xml', 'image/png', 'image/jpeg; charset=x', 'IMAGE/JPEG', ''])
        expect(await place.offer({ ...fields, 'Content-Type': type }, whole, now)).toBe('refused');
    });

    it('takes no field that it does not speak of, and misses none', async () => {
      const place = open();
      const fields = await place.grant(file);
      expect(await place.offer({ ...fields, acl: 'public-read' }, whole, now)).toBe('refused');
      expect(await place.offer({ ...fields, 'x-amz-meta-a': 'b' }, whole, now)).toBe('refused');
      expect(await open().offer({ ...fields, 'x-ignore-a': 'b' }, whole, now)).toBe('stored');
      for (const name of Object.keys(fields)) {
        const { [name]: _gone, ...rest } = fields;
        expect([name, await place.offer(rest, whole, now)]).toEqual([name, 'refused']);
        expect([name, await place.offer({ ...rest, [name]: '' }, whole, now)]).toEqual([name, 'refused']);
      }
    });

    it('holds for nobody who writes a policy of their own', async () => {
      const place = open();
      const fields = await place.grant(file);
      const longer = spoilt(fields, policy => ({ ...policy, expiration: isoInstant(now + 99 * minute) }));
      const larger = spoilt(fields, policy => ({
        ...policy,
        conditions: [...policy.conditions.slice(0, -1), ['content-length-range', 0, 1e9]],
      }));
      for (const forged of [longer, larger]) {
        expect(await place.offer(forged, whole, now)).toBe('refused');
        for (const secret of ['', 'guess', 'AWS4']) {
          const signature = createHmac('sha256', secret)
            .update(forged.policy ?? '')
            .digest('hex');
          expect(await place.offer({ ...forged, 'x-amz-signature': signature }, whole, now)).toBe('refused');
        }
      }
      for (const policy of ['', '{}', 'e30=', 'bnVsbA==', 'W10='])
        expect(await place.offer({ ...fields, policy }, whole, now)).toBe('refused');
    });

    it('says the same for the same, and grants nothing that is over already', async () => {
      const place = open();
      expect(await place.grant(file)).toEqual(await place.grant(file));
      await expect(place.grant({ ...file, untilMs: now })).rejects.toThrow(RangeError);
    });
  });
}
