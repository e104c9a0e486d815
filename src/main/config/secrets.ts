import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkKeyHashes } from '#access/key-hash.ts';
import {
  absence,
  checkSecret,
  checkSecrets,
  checkSharedSecret,
  checkWebhookSecret,
  type Problem,
} from '#access/secret.ts';
import { mannerOf } from '#intake/sources.ts';
import type { ConfigProblem, Environment } from './problem.ts';
import type { ConfigShape } from './shape.ts';

/** What a secret is for. */
export type SecretSlot =
  | 'link key'
  | 'service key hash'
  | 'dashboard token hash'
  | 'smtp password'
  | `${string} webhook secret`
  | `${string} next webhook secret`
  | `${string} url secret`
  | `${string} api key`
  | `${string} endpoint secret`
  | `${string} next endpoint secret`
  | `${string} api secret`
  | `${string} mail address`
  | `${string} calendar password`
  | `${string} mailbox password`
  | `${string} calendar of ${string}`;

/** A secret with the name people know it by (the variable or file), and the rule it is held to. */
export type NamedSecret = {
  slot: SecretSlot;
  name: string;
  value: string | undefined;
  kind: 'key' | 'webhook' | 'shared' | 'hash' | 'password' | 'address' | 'calendar';
};

type From = { env: string } | { file: string };

/** A secret as the configuration asks for it. */
type AskedSecret = { slot: SecretSlot; kind: NamedSecret['kind']; from: From };

function secretsAsked(shape: ConfigShape): readonly AskedSecret[] {
  const asked: AskedSecret[] = [];
  const add = (slot: SecretSlot, kind: NamedSecret['kind'], from: From | undefined) => {
    if (from) asked.push({ slot, kind, from });
  };

  add('link key', 'key', shape.access.linkKey);
  add('service key hash', 'hash', shape.access.serviceKeyHash);
  add('dashboard token hash', 'hash', shape.access.dashboardTokenHash);
  for (const source of shape.sources) {
    const { proof } = mannerOf({
      kind: source.kind,
      mapping: null,
      signature: source.signature ?? null,
      isSigned: true,
    });
    const signed = proof?.secret === 'shared' ? 'shared' : 'webhook';
    add(`${source.id} webhook secret`, signed, source.secret);
    add(`${source.id} next webhook secret`, signed, source.nextSecret);
    add(`${source.id} api key`, 'password', source.api?.key);
    add(`${source.id} api secret`, 'password', source.api?.secret);
    add(`${source.id} url secret`, 'key', source.urlSecret);
    add(`${source.id} mail address`, 'address', source.mail?.address);
    add(`${source.id} mailbox password`, 'password', source.mail?.imap?.password);
    for (const { vessel, url } of source.feeds) add(`${source.id} calendar of ${vessel}`, 'calendar', url);
  }
  for (const endpoint of shape.webhooks) {
    add(`${endpoint.id} endpoint secret`, 'webhook', endpoint.secret);
    add(`${endpoint.id} next endpoint secret`, 'webhook', endpoint.nextSecret);
  }
  for (const { id, password } of shape.calendarServers) add(`${id} calendar password`, 'password', password);
  if (shape.mail.kind === 'smtp') add('smtp password', 'password', shape.mail.password);
  return asked;
}

/** The variables that a configuration wants its secrets from, each once; those for some of its slots, where it is said for which. */
export const secretVariables = (
  shape: ConfigShape,
  isWanted: (slot: SecretSlot) => boolean = () => true,
): readonly string[] => [
  ...new Set(
    secretsAsked(shape).flatMap(({ slot, from }) => ('env' in from && isWanted(slot) ? [from.env] : [])),
  ),
];

/** How secrets are kept where they are not in this process's environment. */
export type KeptElsewhere = {
  /** What a variable is called there, for whoever has to set it. */
  readonly spelled?: (variable: string) => string;
  /** Whether the secret of a variable is read here at all; one that is not is neither missed nor known. */
  readonly isRead?: (variable: string) => boolean;
};

/**
 * Collects the secrets that a configuration names and that are read here. A file that cannot be read is a problem, not an
 * exception.
 */
export function namedSecrets(
  shape: ConfigShape,
  folder: string,
  environment: Environment,
  { spelled = variable => variable, isRead = () => true }: KeptElsewhere = {},
) {
  const problems: ConfigProblem[] = [];
  const values: NamedSecret[] = [];

  for (const { slot, kind, from } of secretsAsked(shape)) {
    if ('env' in from) {
      if (isRead(from.env))
        values.push({ slot, kind, name: spelled(from.env), value: environment[from.env] });
      continue;
    }
    const file = resolve(folder, from.file);
    try {
      values.push({ slot, kind, name: from.file, value: readFileSync(file, 'utf8').trim() });
    } catch {
      problems.push({
        path: from.file,
        message: `The secret file ${file} cannot be read.`,
        cure: 'Create it, mode 0600.',
      });
    }
  }

  return { problems, values, bySlot: new Map(values.map(({ slot, value }) => [slot, value])) };
}

/** Everything wrong with the secrets, the same one under two names included. Says names and cures, never a value. */
export function secretProblems(secrets: readonly NamedSecret[]): ConfigProblem[] {
  const hashes = secrets
    .filter(({ kind }) => kind === 'hash')
    .map(({ name, value }) => [name, value] as const);
  const found = [
    ...secrets.map(judge).filter(problem => problem !== null),
    ...checkKeyHashes(Object.fromEntries(hashes)),
  ];
  const faulty = new Set(found.map(problem => problem.key));
  const sound = secrets.filter(
    ({ name, kind }) => !faulty.has(name) && (kind === 'key' || kind === 'webhook'),
  );
  const alike = checkSecrets(Object.fromEntries(sound.map(({ name, value }) => [name, value])));
  return [...found, ...alike].map(({ key, message, cure }) => ({ path: key, message, cure }));
}

function judge({ name, value, kind }: NamedSecret): Problem | null {
  switch (kind) {
    case 'hash':
      return null; // judged together, because no two settings may hold the same one
    case 'webhook':
      return checkWebhookSecret(name, value);
    case 'shared':
      return checkSharedSecret(name, value);
    case 'key':
      return checkSecret(name, value);
    case 'address':
      return checkSecret(name, value) ?? addressable(name, value);
    case 'calendar':
      return /^(?:https|webcals?):\/\/\S+$/i.test(value ?? '') ? null : noCalendar(name);
    case 'password': {
      const fault = absence(value);
      return fault
        ? {
            key: name,
            message: `${name} ${fault}.`,
            cure: `Set ${name} to what the other side gave you.`,
          }
        : null;
    }
  }
}

const noCalendar = (name: string): Problem => ({
  key: name,
  message: `${name} is not the address of a calendar.`,
  cure: `Set ${name} to the address the marketplace shows for exporting its calendar; it begins with https:// or webcal://.`,
});

/** What can stand behind the + of an address, where mail servers make no difference between capitals and small letters. */
function addressable(name: string, value: string | undefined): Problem | null {
  return value !== undefined && /^[a-z0-9-]{32,48}$/i.test(value)
    ? null
    : {
        key: name,
        message: `${name} cannot stand in a mail address.`,
        cure: 'Use 32 to 48 letters, digits and hyphens, such as the output of: openssl rand -hex 16.',
      };
}
