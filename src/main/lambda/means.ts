import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';
import type { Clock } from '#lib/clock.ts';
import type { InTurn } from '#lib/one-at-a-time.ts';
import type { Random } from '#lib/random.ts';
import { uploadUrl } from '#photos/photo-grant.s3.ts';
import type { Outgoing } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import type { EmfMetrics } from '#platform/metrics.emf.ts';
import type { Outside } from '#platform/outside.ts';
import type { Table } from '#platform/table.ts';
import type { Config } from '../config/config.ts';
import { addresses } from '../rooms/addresses.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { FunctionName } from './function-parts.ts';
import type { Surroundings } from './surroundings.ts';

/** What a function has once it has started: the same for every invocation until its sandbox is thrown away. */
export type Means = {
  config: Config;
  /** What a distribution shows, one value or two while it is changed; none in functions that nobody reaches over HTTP. */
  origin: readonly string[];
  surroundings: Surroundings;
  clock: Clock;
  random: Random;
  log: Log;
  numbers: EmfMetrics;
  table: Table;
  inTurn: InTurn;
  outside: Outside;
  dns: Resolver;
  /** Sees every byte that leaves for a person. Tests only. */
  tap?: (outgoing: Outgoing) => void;
};

/** The alias under which workflows are started: an execution stays on the version it points to then. */
export const liveAlias = 'live';

/** The name of a function as it is deployed. */
export const deployedName = ({ surroundings }: Means, name: FunctionName): string =>
  `${surroundings.functions}${name}`;

/** The rooms' options on Lambda. Nobody watches a board here: the browser asks again. */
export const roomOptions = (means: Means): RoomOptions => {
  const { config, surroundings, clock, random, log, numbers, inTurn, outside, tap } = means;
  const url = config.shape.server.url ?? `https://${config.fleet.house.host}`;
  return {
    config,
    clock,
    random,
    log,
    numbers,
    at: addresses({ ...config.shape, server: { ...config.shape.server, url } }, 443),
    onProgress: () => {},
    inTurn,
    outside,
    canDevelop: true,
    photosTo: uploadUrl({ name: surroundings.originals, region: process.env.AWS_REGION ?? '' }),
    tap,
  };
};
