import { adapters } from '#intake/sources.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { ConfigShape } from './config-shape.ts';

type Declared = ConfigShape['sources'][number];
type Say = (field: string, message: string, cure: string) => void;

/** What a source's kind asks for beyond the shape: its way of proving itself, what its times mean, the keys to its API, vessels that exist. */
export function sourceChecks(shape: ConfigShape): ConfigProblem[] {
  const vessels = new Set(shape.vessels.map(({ id }) => id));
  return shape.sources.flatMap(declared => {
    const problems: ConfigProblem[] = [];
    const say: Say = (field, message, cure) =>
      problems.push({ path: `sources.${declared.id}.${field}`, message, cure });
    checkProof(declared, say);
    checkTimes(declared, say);
    checkApi(declared, say);
    for (const [word, vessel] of Object.entries(declared.listings)) {
      if (!vessels.has(vessel))
        say(`listings.${word}`, `There is no vessel ${vessel}.`, 'Name one of vessels[].id.');
    }
    return problems;
  });
}

function checkProof({ kind, secret, nextSecret, urlSecret }: Declared, say: Say): void {
  if (adapters[kind].proof) {
    if (!secret)
      say(
        'secret',
        `Webhooks of the kind ${kind} are signed.`,
        'Name where the secret they are signed with stands.',
      );
    return;
  }
  for (const [field, given] of Object.entries({ secret, nextSecret })) {
    if (given)
      say(field, `Webhooks of the kind ${kind} are not signed.`, 'Leave it out, and name a urlSecret.');
  }
  if (!urlSecret) {
    say(
      'urlSecret',
      `Webhooks of the kind ${kind} are not signed.`,
      'Name where a secret stands that is the last part of the address you give to the marketplace.',
    );
  }
}

function checkTimes({ kind, times }: Declared, say: Say): void {
  const known = adapters[kind].times;
  if (known === null && times === undefined)
    say('times', 'It is not said what the times mean.', 'Set local for the clock at the berth, or instant.');
  if (known !== null && times !== undefined && times !== known)
    say('times', `The kind ${kind} is clear about its times: ${known}.`, 'Leave it out.');
}

function checkApi({ kind, api }: Declared, say: Say): void {
  const vendor = adapters[kind].api;
  if (!vendor) {
    if (api) say('api', `The kind ${kind} has no API that is asked.`, 'Leave it out.');
    return;
  }
  if (!api) {
    if (vendor.isNeeded)
      say(
        'api',
        `Webhooks of the kind ${kind} are notices: what they are about has to be asked for.`,
        'Give the keys to its API.',
      );
    return;
  }
  for (const field of vendor.needs) {
    if (api[field] === undefined)
      say(`api.${field}`, `The API of ${kind} needs it.`, 'Copy it from the settings of the marketplace.');
  }
}
