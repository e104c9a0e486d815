import { type CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PageMistake } from './faulty-publishes.ts';

type Send = (command: unknown) => Promise<unknown>;

/** A client that sends otherwise than it should. */
const sending = <C extends S3Client | CloudFrontClient>(
  client: C,
  send: (command: unknown, go: Send) => Promise<unknown>,
): C => {
  const go: Send = command => (client.send as unknown as Send).call(client, command);
  return Object.assign(Object.create(client) as C, { send: (command: unknown) => send(command, go) });
};

/** Mistakes one could make, each of which some history must notice. */
export const pageMistakes: readonly PageMistake[] = [
  {
    name: 'no edge is ever told',
    parts: parts => ({ ...parts, cloudFront: sending(parts.cloudFront, async () => ({})) }),
  },
  {
    name: 'an edge that is busy counts as told',
    parts: parts => ({
      ...parts,
      cloudFront: sending(parts.cloudFront, (command, go) => go(command).catch(() => ({}))),
    }),
  },
  {
    name: 'an edge is told the address of the viewer alone',
    parts: parts => ({
      ...parts,
      cloudFront: sending(parts.cloudFront, (command, go) => {
        const { DistributionId, InvalidationBatch } = (command as CreateInvalidationCommand).input;
        const Items = InvalidationBatch?.Paths?.Items?.filter(path => !path.endsWith('.html')) ?? [];
        const CallerReference = InvalidationBatch?.CallerReference ?? '';
        const Paths = { Quantity: Items.length, Items };
        return go(
          new CreateInvalidationCommand({ DistributionId, InvalidationBatch: { CallerReference, Paths } }),
        );
      }),
    }),
  },
  {
    name: 'a bucket that did not answer counts as written',
    parts: parts => ({
      ...parts,
      s3: sending(parts.s3, (command, go) =>
        command instanceof PutObjectCommand ? go(command).catch(() => ({})) : go(command),
      ),
    }),
  },
  {
    name: 'what is put right is seen in its time',
    host: host => ({ ...host, publish: (brand, slug, html) => host.publish(brand, slug, html) }),
  },
  {
    name: 'two brands have one bucket',
    parts: parts => ({
      ...parts,
      placeOf: brand => parts.placeOf(brand.id === 'grand' ? { ...brand, id: 'blue' } : brand),
    }),
  },
];
