import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brandPlaces } from '#guest-page/brand-places.ts';
import { brandHeader } from '#guest-page/page-headers.ts';
import { Refusal } from '#lib/refusal.ts';
import type { ReadParameters } from '#platform/parameters.ssm.ts';
import { loadFleet, loadShape } from '../config/config.ts';
import type { ConfigShape } from '../config/shape.ts';
import type { Finding } from '../doctor/finding.ts';
import { headersThrough, whyNot } from '../doctor/headers-through.ts';
import { functions } from '../lambda/functions.ts';
import { originSecret, originValues } from '../lambda/past-the-edge.ts';
import { variablesOf } from '../lambda/secret-uses.ts';
import { parameterOf } from '../lambda/secrets.ts';
import { originFinding } from './doctor-origin.ts';
import { outputsFile, stackFolder } from './stack-folder.ts';

export type AwsDoctor = {
  config: string;
  /** Where people and scripts reach the house, through its distribution; https://{house.host} if not said. */
  url?: string;
  /** The HTTP API behind it; what the last deployment from here wrote down, if not said. */
  origin?: string;
  /** Where the brand's pages are asked for; https://{host} if not said. */
  brandUrl?: (brand: { id: string; host: string }) => string;
  /** Null where there are no credentials to ask with. */
  parameters: ReadParameters | null;
  /** What the names of the secrets begin with. */
  prefix?: string;
  folder?: string;
};

/** What the last deployment wrote down, as far as it is read here. */
type Outputs = { origin?: string | undefined; places?: unknown };

/** Looks at an installation on AWS from outside, and at what this machine knows of it. Changes nothing. */
export async function awsFindings(options: AwsDoctor): Promise<Finding[]> {
  const { folder, findings } = packages(options.folder);
  const fleet = await loadFleet(options.config);
  const shape = await loadShape(options.config);
  const outputs = folder === null ? {} : outputsOf(folder);
  const origin = options.origin ?? outputs.origin;
  const url = options.url ?? `https://${fleet.house.host}`;
  return [
    ...findings,
    { what: 'configuration', state: 'ok', detail: resolve(options.config) },
    places(fleet.brands, outputs.places),
    ...(await secrets(shape, options)),
    await headers(url, origin),
    await originFinding(url, origin),
    ...(await Promise.all(
      fleet.brands.map(brand => edge(brand, options.brandUrl?.(brand) ?? `https://${brand.host}`)),
    )),
  ];
}

function packages(given: string | undefined): { folder: string | null; findings: Finding[] } {
  try {
    const folder = stackFolder(given);
    return { folder, findings: [{ what: 'stack', state: 'ok', detail: `${folder}, packages installed` }] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      folder: null,
      findings: [{ what: 'stack', state: 'failing', detail: error.message, cure: error.cure }],
    };
  }
}

function outputsOf(folder: string): Outputs {
  const file = outputsFile(folder);
  if (!existsSync(file)) return {};
  const { Gangway = {} } = JSON.parse(readFileSync(file, 'utf8')) as { Gangway?: Record<string, string> };
  const named = (start: string) => Object.entries(Gangway).find(([key]) => key.startsWith(start))?.[1];
  const told = named('Places');
  return { origin: named('FrontOrigin'), places: told === undefined ? undefined : JSON.parse(told) };
}

/** Whether what was deployed last is what the configuration says: every brand with its own bucket and distribution. */
function places(brands: Parameters<typeof brandPlaces>[0], told: unknown): Finding {
  const what = 'places of brands';
  if (told === undefined)
    return {
      what,
      state: 'warning',
      detail: 'nothing was deployed from here',
      cure: 'Deploy with gangway deploy; until then name the API with --origin.',
    };
  try {
    const found = brandPlaces(brands, told);
    return { what, state: 'ok', detail: [...found].map(([id, { bucket }]) => `${id}: ${bucket}`).join(', ') };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { what, state: 'failing', detail: error.message, cure: error.cure };
  }
}

/** Each secret that a function reads, by its name: without it those that do do not start. */
async function secrets(
  shape: ConfigShape,
  { parameters, prefix = '/gangway/' }: AwsDoctor,
): Promise<Finding[]> {
  const what = 'secrets in SSM';
  if (!parameters)
    return [
      {
        what,
        state: 'warning',
        detail: 'not looked at: there are no credentials in the environment',
        cure: 'eval "$(aws configure export-credentials --format env)", then again.',
      },
    ];
  const names = [...new Set(functions.flatMap(it => variablesOf(shape, it)))];
  const spelled = (name: string) => parameterOf(prefix, name, shape.aws.secretsManager);
  try {
    const found = await parameters([...names.map(spelled), originSecret]);
    const missing = names.filter(name => !found.get(spelled(name)));
    return [
      ...(missing.length === 0
        ? [{ what, state: 'ok' as const, detail: `all ${names.length} are there` }]
        : missing.map(name => missingSecret(name, spelled(name)))),
      shownSecret(found.get(originSecret), shape.aws.originSecret),
    ];
  } catch (error) {
    return [
      {
        what,
        state: 'failing',
        detail: (error as Error).message,
        cure: 'Look at the credentials and at aws.region of the configuration.',
      },
    ];
  }
}

const missingSecret = (name: string, parameter: string): Finding => ({
  what: `secret ${name}`,
  state: 'failing',
  detail: `there is no parameter ${parameter}: no function that needs it starts`,
  cure: parameter.startsWith('/aws/')
    ? `aws secretsmanager create-secret --name gangway/${name} --secret-string …`
    : `aws ssm put-parameter --type SecureString --name ${parameter} --value …`,
});

/** Whether what distributions show is there, and under the number that they show. */
function shownSecret(text: string | undefined, shown: number): Finding {
  const what = 'secret gangway/origin';
  try {
    const values = originValues(text);
    const isThere = Object.hasOwn(JSON.parse(text ?? '{}') as object, String(shown));
    return isThere
      ? { what, state: 'ok', detail: values.length === 1 ? 'one value' : `${values.length} values are taken` }
      : {
          what,
          state: 'failing',
          detail: `it has no value ${shown}, which aws.originSecret has distributions show`,
          cure: 'Add it to the JSON (docs/operating/aws.md), or name one that is there.',
        };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { what, state: 'failing', detail: error.message, cure: error.cure };
  }
}

/** Asks the house through its distribution and behind it, so that it is known who takes a header away. */
async function headers(url: string, origin: string | undefined): Promise<Finding> {
  const what = `headers through ${url}`;
  const [through, behind] = await Promise.all([
    headersThrough(url),
    origin === undefined ? null : headersThrough(origin),
  ]);
  const where = origin ?? 'the API, which is not known here';
  if (behind && behind.kind !== 'asked')
    return {
      what: `API at ${where}`,
      state: 'failing',
      detail: behind.kind === 'refused' ? `answered ${behind.status}` : behind.why,
      cure: 'A function that does not start answers 500; its log says why: aws logs tail /aws/lambda/gangway-house',
    };
  if (through.kind !== 'asked')
    return {
      what,
      state: 'failing',
      detail: through.kind === 'refused' ? `answered ${through.status}` : through.why,
      cure: behind
        ? `The API itself answers: look at the DNS record of the host and at its distribution.`
        : 'Look at the DNS record of the host, then name the API with --origin.',
    };
  if (through.lost.length === 0) return { what, state: 'ok', detail: 'all arrive' };
  const lost = through.lost.join(', ');
  if (!behind)
    return {
      what,
      state: 'failing',
      detail: `lost on the way: ${lost}`,
      cure: 'Name the API with --origin, to see whether the distribution takes them away.',
    };
  const early = through.lost.filter(name => behind.lost.includes(name));
  return early.length > 0
    ? {
        what,
        state: 'failing',
        detail: `lost at the API itself, ${where}: ${early.join(', ')}`,
        cure: 'That is before any distribution: look at the API’s parameter mapping.',
      }
    : {
        what,
        state: 'failing',
        detail: `the distribution takes away ${lost}; at ${where} they arrive`,
        cure: `Its behaviour needs the cache policy CachingDisabled and the origin request policy AllViewerExceptHostHeader, as gangway deploy makes it.`,
      };
}

/** Whether a brand's host is answered by its own distribution, and its function turns away what is no page. */
async function edge({ id }: { id: string }, url: string): Promise<Finding> {
  const what = `edge of ${id}`;
  try {
    const answer = await fetch(new URL('/g/', url), {
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    await answer.body?.cancel();
    const brand = answer.headers.get(brandHeader);
    if (brand === null)
      return {
        what,
        state: 'failing',
        detail: `${url} does not say which brand it is of (${answer.status})`,
        cure: 'Look where the DNS record of the host leads: to the distribution that gangway deploy names.',
      };
    if (brand !== id)
      return {
        what,
        state: 'failing',
        detail: `${url} is answered for the brand ${brand}: its guests would get that brand’s pages`,
        cure: `Lead the host to the distribution of ${id}, then gangway deploy.`,
      };
    return answer.status === 404
      ? { what, state: 'ok', detail: `${url} is its own` }
      : {
          what,
          state: 'failing',
          detail: `${url}/g/ answered ${answer.status} where there is no page`,
          cure: 'The function is not on the behaviour of its pages: gangway deploy.',
        };
  } catch (error) {
    return {
      what,
      state: 'failing',
      detail: `${url}: ${whyNot(error)}`,
      cure: 'Look at the DNS record of the host and at the certificate.',
    };
  }
}
