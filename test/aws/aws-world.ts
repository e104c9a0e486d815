import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { iamPrefix } from '#guest-page/page-routing.ts';
import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';
import { type Clock, settableClock, systemClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import { checkConfig } from '#main/config/config.ts';
import { hostOf, mailerOf, photoStoreOf } from '#main/lambda/beside.ts';
import { meansFrom } from '#main/lambda/boot.ts';
import type { FunctionName } from '#main/lambda/function-parts.ts';
import { functions } from '#main/lambda/functions.ts';
import { liveAlias, type Means } from '#main/lambda/means.ts';
import { variablesOf } from '#main/lambda/secret-uses.ts';
import { type SurroundingsText, surroundingsVariable } from '#main/lambda/surroundings.ts';
import { takingIn } from '#main/lambda/taking-in.ts';
import { wholeSide } from '#main/lambda/whole-side.ts';
import { notHere } from '#main/not-here.ts';
import { operations } from '#main/operations/all.ts';
import { operate } from '#main/operations/operations.ts';
import { feedsIn } from '#main/rooms/feeds-in.ts';
import { photoRoom } from '#main/rooms/photos.ts';
import type { Outgoing } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { emfMetrics } from '#platform/metrics.emf.ts';
import { through } from '#platform/table.ts';
import { dynamoTurns } from '#platform/turns.dynamodb.ts';
import jada from '../../examples/jada/gangway.config.ts';
import type { DynamoStandIn } from '../stand-ins/dynamodb.ts';
import { openLambdaService } from '../stand-ins/lambda-service.ts';
import { openS3 } from '../stand-ins/s3.ts';
import { noAccount, serve } from '../stand-ins/serve.ts';
import {
  keysFor,
  type LetterFilter,
  linksOf,
  lookingAt,
  postedIn,
  type Senders,
  senders,
} from '../story-world.ts';
import { originShown, pagesOf } from './edge.ts';
import { makers } from './makers.ts';
import { openSandboxes } from './sandboxes.ts';

export type AwsWorldOptions = {
  now?: string;
  /** Secrets by the names of their variables, over the generated ones. */
  keys?: Record<string, string>;
  config?: (config: typeof jada) => unknown;
  dns?: Resolver;
};

export type AwsWorld = Awaited<ReturnType<typeof openAwsWorld>>;

const prefix = 'gangway-';
const root = dirname(fileURLToPath(new URL('../../package.json', import.meta.url)));

/**
 * The AWS edition on stand-ins: the very handlers that are deployed, built by the very code that builds them there, reached
 * by events of the real shapes, over Amazon's DynamoDB Local and small servers for S3, SES, CloudFront and Lambda. One at a
 * time in a process, because the clients find the stand-ins by the environment.
 */
export async function openAwsWorld(dynamo: DynamoStandIn, options: AwsWorldOptions = {}) {
  const clock = settableClock(options.now ?? '2027-05-01T19:00:00Z');
  const written = (options.config?.(structuredClone(jada)) ?? jada) as typeof jada;
  const { keys, environment } = keysFor(written, options.keys);
  const config = checkConfig(written, `${root}/gangway.config.ts`, environment);
  const { fleet } = config;
  /** The configuration as a function has it: with the secrets its role is let at and no other. */
  const readBy = (name: FunctionName) => {
    const variables = functions.filter(it => it.name === name).flatMap(it => variablesOf(config.shape, it));
    return checkConfig(written, config.path, environment, {
      isRead: variable => variables.includes(variable),
    });
  };
  const tapped: Outgoing[] = [];

  const letters: Buffer[] = [];
  /** To whom SES was to send, and under which tag. */
  const tags: { to: string; tag: string }[] = [];
  const ses = await serve(({ url, body }) => {
    if (url.pathname !== '/v2/email/outbound-emails') return { status: 404 };
    const { Content, Destination, EmailTags } = JSON.parse(body.toString());
    letters.push(Buffer.from(Content.Raw.Data, 'base64'));
    tags.push({ to: Destination.ToAddresses[0], tag: EmailTags[0].Value });
    return { status: 200, body: JSON.stringify({ MessageId: `m${letters.length}` }) };
  });
  const forgotten: string[] = [];
  const cloudFront = await serve(({ body }) => {
    forgotten.push(...[...body.toString().matchAll(/<Path>(.*?)<\/Path>/g)].map(([, path = '']) => path));
    return { status: 201, body: '<Invalidation><Id>I1</Id></Invalidation>' };
  });
  const tellings = new Set<Promise<void>>();
  const tellOf = (path: string, how: string) => {
    const [bucket = '', ...key] = path.split('/');
    if (bucket !== surroundings.originals) return;
    const telling = landed(bucket, key, how).finally(() => tellings.delete(telling));
    tellings.add(telling);
  };
  const s3 = await openS3({ now: clock.now, onCreated: tellOf });

  const surroundings: SurroundingsText = {
    table: await dynamo.freshTable(),
    originals: 'originals',
    renditions: 'renditions',
    mails: 'mails',
    configurationSet: 'gangway',
    functions: prefix,
    secrets: '/gangway/',
    reads: [],
    isBehindTheEdge: false,
    brands: Object.fromEntries(
      fleet.brands.map(({ id, bucket, host, layout }) => [
        id,
        { bucket, distribution: `E${id.toUpperCase()}`, host, prefix: iamPrefix(layout) },
      ]),
    ),
  };

  /** Which partitions each function has asked for. */
  const reached = new Map<string, Set<string>>();
  let starts = 0;
  const means = (over: Partial<Means> = {}): Means =>
    meansFrom(
      over.config ?? config,
      { [surroundingsVariable]: JSON.stringify(surroundings) },
      {
        clock,
        random: seededRandom(`sandbox ${starts++}`),
        log: silentLog,
        numbers: emfMetrics({ write: () => {}, clock }),
        outside: nobodyAnswers,
        dns: options.dns ?? noSuchName,
        tap: outgoing => tapped.push(outgoing),
        origin: originShown,
        ...over,
      },
    );
  const sandboxes = openSandboxes((name, mortal) => {
    const own = name.slice(prefix.length) as FunctionName;
    const plain = means({ config: readBy(own) });
    const table = through(mortal(plain.table), place => {
      reached.set(name, (reached.get(name) ?? new Set()).add(place.pk));
      return place;
    });
    // Held by one who died, a turn is void when the house's clock says so; nobody waits long for it meanwhile.
    const inTurn = dynamoTurns({ table, clock: moving(clock), random: plain.random, patienceMs: 500 });
    return makers[own]({ ...plain, table, inTurn });
  });
  const lambda = await openLambdaService({
    sandboxes,
    clock,
    environment: { [surroundingsVariable]: JSON.stringify(surroundings) },
    workflows: Object.fromEntries(
      functions.map(({ name, triggers }) => [
        `${prefix}${name}:${liveAlias}`,
        triggers.flatMap(trigger => (trigger.on === 'workflow' ? [trigger.workflow] : [])),
      ]),
    ),
  });
  Object.assign(process.env, {
    AWS_REGION: noAccount.region,
    AWS_ACCESS_KEY_ID: noAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: noAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SESV2: ses.endpoint,
    AWS_ENDPOINT_URL_CLOUDFRONT: cloudFront.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
  });

  const invoke = (name: FunctionName, event: unknown) => lambda.invoke(`${prefix}${name}`, event);
  const pages = pagesOf({ fleet, objects: s3.objects, invoke });
  const settle = async () => {
    await Promise.all(tellings);
    await lambda.idle();
  };
  /** As S3 tells of an object that was created. */
  const landed = async (bucket: string, key: readonly string[], how: string) => {
    await invoke('photos', {
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: `ObjectCreated:${how}`,
          s3: {
            bucket: { name: bucket },
            object: { key: encodeURIComponent(key.join('/')).replaceAll('%2F', '/') },
          },
        },
      ],
    });
  };
  const minute = async () => {
    const schedule = { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.scheduler', detail: {} };
    await invoke('tick', schedule);
    await invoke('tick-books', schedule);
    await settle();
  };

  const house = `https://${fleet.house.host}`;
  const sending: Senders = senders({ clock, environment, house, http: pages });
  const looking = lookingAt(async (name, input = {}) => {
    // A person's terminal: the same verbs as the desk's, over the same stores.
    const mine = means();
    const side = wholeSide(mine, {
      mailer: mailerOf(mine),
      host: hostOf(mine),
      photoStore: photoStoreOf(mine),
    });
    const { of, options: parts, fulfil, after } = side;
    const its = operations({
      of,
      options: parts,
      fulfil,
      photos: photoRoom(of, parts, fulfil, notHere('darkroom')),
      settle,
      intake: takingIn(side, mine),
      feeds: feedsIn(of, parts, mine.outside, notHere('feeds') as never),
      backUp: notHere('backup') as never,
    });
    const answer = await operate(its, name, input, 'command line');
    await after.done();
    return answer;
  });

  return {
    ...looking,
    ...sending,
    clock,
    keys,
    config,
    tapped,
    s3,
    ses,
    tags,
    lambda,
    sandboxes,
    surroundings,
    /** As a terminal with credentials of the account has them. */
    means,
    reached: (name: FunctionName) => [...(reached.get(`${prefix}${name}`) ?? [])],
    /** Paths that the edge was asked to forget. */
    forgotten,
    house,
    brand: (id: string) => `https://${fleet.brands.find(brand => brand.id === id)?.host}`,
    http: pages,
    invoke,
    settle,
    minute,
    async later(ms: number) {
      clock.advance(ms);
      await minute();
    },
    letters: (filter: LetterFilter = {}) =>
      postedIn(
        letters.map((bytes, index) => ({ bytes, file: String(index).padStart(5, '0'), owner: false })),
        filter,
      ),
    links: linksOf,
    async restart() {
      await settle();
      sandboxes.renew();
      await minute();
    },
    async close() {
      await lambda.stop();
      for (const place of [s3, ses, cloudFront]) place.stop();
    },
  };
}

/** Goes on by itself from wherever the house's clock is put. */
const moving = (clock: Clock): Clock => {
  const start = systemClock.now();
  return { now: () => clock.now() + systemClock.now() - start, after: systemClock.after };
};

const nobodyAnswers = () =>
  Promise.reject(new Unavailable('outside-unreachable', 'No answer: there is nobody.'));

const noSuchName: Resolver = name =>
  Promise.reject(Object.assign(new Error(`there is no ${name}`), { code: 'ENOTFOUND' }));
