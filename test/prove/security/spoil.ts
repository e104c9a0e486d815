import { createHmac } from 'node:crypto';
import type { Dice } from '../sim/dice.ts';

/** A message with its headers in order, repeated ones included. */
export type Signed = {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};

type Parts = { id: string; timestamp: string; body: Buffer };

/** The right signature, written down from the specification and not taken from the program. */
const signatureOf = (secret: string, { id, timestamp, body }: Parts) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]))
    .digest('base64')}`;

export function signedWith(secret: string, parts: Parts): Signed {
  return whole(parts, signatureOf(secret, parts));
}

const whole = ({ id, timestamp, body }: Parts, signature: string): Signed => ({
  id,
  timestamp,
  signature,
  body,
  headers: [
    ['webhook-id', id],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', signature],
  ],
});

type Spoiler = (good: Signed, dice: Dice, now: number) => Signed;

const changedText = (text: string, { below, pick }: Dice): string => {
  const at = below(text.length);
  const other = pick([...'abcXYZ019_-']);
  return pick([
    text.slice(0, at) + (text[at] === other ? '~' : other) + text.slice(at + 1),
    `${text}${other}`,
    text.slice(0, at) + text.slice(at + 1),
    `${text.slice(0, at)}.${text.slice(at)}`,
    '',
    text.repeat(20),
  ]);
};

const changedBytes = (bytes: Buffer, { below, pick }: Dice): Buffer => {
  const at = below(bytes.length);
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << below(8));
  return pick([
    flipped,
    Buffer.alloc(0),
    Buffer.concat([bytes, Buffer.from([pick([0, 10, 32, 13, 255])])]),
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    bytes.subarray(0, at),
    Buffer.concat([bytes, bytes]),
  ]);
};

const changedTime = (text: string, { below, pick }: Dice): string =>
  pick([
    String(Number(text) + 1 + below(300)),
    String(Number(text) - 1 - below(300)),
    `0${text}`,
    `+${text}`,
    `${text}.0`,
    `${text}e0`,
    `${text} x`,
    `0x${Number(text).toString(16)}`,
    `${text}000`,
    '',
    '-1',
    'NaN',
  ]);

const changedSignature = (text: string, it: Dice): string => {
  const encoded = text.slice(3);
  const bytes = Buffer.from(encoded, 'base64');
  const at = it.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << it.below(8));
  return it.pick([
    `v1,${bytes.toString('base64')}`,
    `v1a,${encoded}`,
    `v2,${encoded}`,
    `V1,${encoded}`,
    `v1,${encoded.replace(/=+$/, '')}`,
    `v1, ${encoded}`,
    `v1,${encoded}=`,
    `v1,${encoded.slice(0, it.below(encoded.length))}`,
    `v1,${Buffer.from(encoded, 'base64').toString('hex')}`,
    encoded,
    'v1,',
    '',
    `v1,${Buffer.alloc(32).toString('base64')}`,
    Array.from({ length: 11 }, () => text).join(' '),
    `${text},${text}`,
    `${text};`,
  ]);
};

const otherKeys = (dice: Dice): string =>
  `whsec_${dice
    .pick([
      Buffer.alloc(0),
      Buffer.alloc(32),
      Buffer.from('another key entirely, of 32 bytes'),
      Buffer.from('a key of the proofs, 32 bytes lonG'),
      Buffer.from('a key of the proofs, 32 bytes lon'),
    ])
    .toString('base64')}`;

const without = (headers: Signed['headers'], name: string) => headers.filter(([each]) => each !== name);

const spoilers: Readonly<Record<string, Spoiler>> = {
  'another id': (good, dice) => whole({ ...good, id: changedText(good.id, dice) }, good.signature),
  'another time': (good, dice) =>
    whole({ ...good, timestamp: changedTime(good.timestamp, dice) }, good.signature),
  'other bytes': (good, dice) => whole({ ...good, body: changedBytes(good.body, dice) }, good.signature),
  'another signature': (good, dice) => whole(good, changedSignature(good.signature, dice)),
  'another key': (good, dice) => signedWith(otherKeys(dice), good),
  'the dot moved': good =>
    // What is signed reads the same when the id takes part of the time, were an id allowed to hold a dot.
    whole(
      { ...good, id: `${good.id}.${good.timestamp.slice(0, 5)}`, timestamp: good.timestamp.slice(5) },
      good.signature,
    ),
  'a header less': (good, { pick }) => {
    const gone = pick(['webhook-id', 'webhook-timestamp', 'webhook-signature']);
    return { ...good, headers: without(good.headers, gone) };
  },
  'a header twice': (good, { pick }) => {
    const twice = pick(good.headers.map(([name]) => name));
    return { ...good, headers: good.headers.flatMap(each => (each[0] === twice ? [each, each] : [each])) };
  },
  'a second header in capitals': (good, { pick }) => {
    const name = pick(good.headers.map(([name]) => name));
    return { ...good, headers: [...good.headers, [name.toUpperCase(), 'forged'] as const] };
  },
  'signed long ago or far ahead': (good, { below, chance }, now) => {
    const seconds = 301 + below(366 * 24 * 3600);
    const timestamp = String(Math.floor(now / 1000) + (chance(0.5) ? -seconds : seconds));
    return signedWith(honestSecret, { ...good, timestamp });
  },
};

/** The key that signs for the proofs; it guards nothing. */
export const honestSecret = `whsec_${Buffer.from('a key of the proofs, 32 bytes long').toString('base64')}`;

const names = Object.keys(spoilers);

/** The message as a forger could send it: never the one that was signed. */
export function spoil(good: Signed, it: Dice, now: number): { sent: Signed; how: string } {
  for (;;) {
    const how = it.pick(names);
    const sent = (spoilers[how] as Spoiler)(good, it, now);
    if (!sameMessage(sent, good)) return { sent, how };
  }
}

const sameMessage = (a: Signed, b: Signed) =>
  a.body.equals(b.body) && JSON.stringify(a.headers) === JSON.stringify(b.headers);
