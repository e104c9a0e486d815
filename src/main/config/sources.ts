import { adapters, mannerOf } from '#intake/sources.ts';
import type { ConfigProblem } from './problem.ts';
import type { ConfigShape } from './shape.ts';

type Declared = ConfigShape['sources'][number];
type Say = (field: string, message: string, cure: string) => void;

/** What a source's kind asks for beyond the shape: its way of proving itself, what its times mean, the keys to its API, vessels that exist. */
export function sourceChecks(shape: ConfigShape): ConfigProblem[] {
  const vessels = new Set(shape.vessels.map(({ id }) => id));
  return shape.sources.flatMap(declared => {
    const problems: ConfigProblem[] = [];
    const say: Say = (field, message, cure) =>
      problems.push({ path: `sources.${declared.id}.${field}`, message, cure });
    checkMapping(declared, say);
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

function checkMapping({ kind, mapping, signature, hours, party }: Declared, say: Say): void {
  if (kind !== 'json') {
    if (mapping) say('mapping', `The kind ${kind} knows where things stand.`, 'Leave it out.');
    if (signature) say('signature', `The kind ${kind} knows how it signs.`, 'Leave it out.');
    return;
  }
  if (!mapping) {
    say(
      'mapping',
      'It is not said where in its messages things stand.',
      'Write the mapping; docs/operating/intake.md has one.',
    );
    return;
  }
  const meanings = Object.values(mapping.state.words);
  for (const needed of ['confirmed', 'cancelled'] as const) {
    if (!meanings.includes(needed))
      say(
        'mapping.state.words',
        `No word means ${needed}, so that nothing ever is.`,
        `Add the word that means ${needed}.`,
      );
  }
  if (mapping.end === undefined && Object.keys(hours).length === 0)
    say(
      'mapping.end',
      'It is not said when a trip ends.',
      'Say where its end or its length stands, or give hours by listing.',
    );
  if (mapping.partySize === undefined && Object.keys(party.byListing).length === 0)
    say(
      'mapping.partySize',
      'It is not said how many come.',
      'Say where that stands, or give party.byListing.',
    );
}

function checkProof({ kind, mapping, signature, secret, nextSecret, urlSecret }: Declared, say: Say): void {
  const { proof } = mannerOf({
    kind,
    mapping: mapping ?? null,
    signature: signature ?? null,
    isSigned: secret !== undefined || (kind === 'json' && urlSecret === undefined),
  });
  if (proof) {
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
