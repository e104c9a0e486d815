import type { Clock } from '#lib/clock.ts';
import type { ReadParameters } from '#platform/parameters.ssm.ts';
import type { Environment } from '../config/problem.ts';

/** Where AWS lets a parameter's name lead to a secret of Secrets Manager. */
const inSecretsManager = '/aws/reference/secretsmanager';

/**
 * The parameter that holds what the configuration calls `variable`. Of those that are rotated by themselves the secret
 * in Secrets Manager has the same name, without the slash before it.
 */
export const parameterOf = (prefix: string, variable: string, rotated: readonly string[]): string =>
  rotated.includes(variable) ? `${inSecretsManager}${prefix}${variable}` : `${prefix}${variable}`;

/** Where a function has its secrets from. */
export type SecretSource = {
  /**
   * The secrets as the configuration asks for them. The same object for as long as they are the same, so that who made
   * something of them knows when to make it anew.
   */
  current(): Promise<Environment>;
};

const keptForMs = 5 * 60_000;
const triedAgainMs = 30_000;

/**
 * Secrets that are read at the cold start and then every five minutes, by whoever asks first. At the start everything
 * must be there and right: what `check` or reading throws is thrown, and nothing is answered. Later what is known stays
 * in use while reading fails or what is read is refused (half of a rotation), and `onKept` hears why.
 */
export function secretSource(it: {
  read: ReadParameters;
  variables: readonly string[];
  spelled: (variable: string) => string;
  /** Throws the refusal that names what is missing, blank or too short: that of the configuration. */
  check: (secrets: Environment) => void;
  clock: Clock;
  onKept: (error: unknown) => void;
}): SecretSource {
  const { read, variables, spelled, check, clock, onKept } = it;
  let known: { secrets: Environment; until: number } | null = null;
  let reading: Promise<Environment> | null = null;

  const fresh = async (): Promise<Environment> => {
    const found = await read(variables.map(spelled));
    const secrets = Object.fromEntries(variables.map(variable => [variable, found.get(spelled(variable))]));
    check(secrets);
    const isSame = known && variables.every(variable => known?.secrets[variable] === secrets[variable]);
    return isSame && known ? known.secrets : Object.freeze(secrets);
  };

  const renewed = async (): Promise<Environment> => {
    try {
      known = { secrets: await fresh(), until: clock.now() + keptForMs };
    } catch (error) {
      if (!known) throw error;
      onKept(error);
      known = { ...known, until: clock.now() + triedAgainMs };
    }
    return known.secrets;
  };

  return {
    async current() {
      if (known && clock.now() < known.until) return known.secrets;
      reading ??= renewed().finally(() => {
        reading = null;
      });
      return reading;
    },
  };
}
