import { secretVariables } from '../config/secrets.ts';
import type { ConfigShape } from '../config/shape.ts';
import type { LambdaFunction, SecretUse } from './function-parts.ts';

/** Which secrets of the configuration are for what, by what they are for there. Passwords of mail servers and mailboxes are one machine's. */
const slots: Readonly<Record<SecretUse, RegExp>> = {
  links: /^link key$/,
  'service keys': /^(service key|dashboard token) hash$/,
  'webhooks in': / (webhook|url) secret$/,
  marketplaces: / api (key|secret)$/,
  'mails in': / mail address$/,
  'calendars in': / calendar of /,
  'calendar servers': / calendar password$/,
  'webhooks out': / endpoint secret$/,
};

/** The variables whose secrets a function reads, each once. */
export const variablesOf = (
  shape: ConfigShape,
  { secrets }: Pick<LambdaFunction, 'secrets'>,
): readonly string[] => secretVariables(shape, slot => secrets.some(use => slots[use].test(slot)));
