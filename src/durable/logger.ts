import type { DurableLogger } from '@aws/durable-execution-sdk-js';
import type { Log, LogFields } from '#platform/log.ts';

type Context = Parameters<NonNullable<DurableLogger['configureDurableLoggingContext']>>[0];

/**
 * The logger of one invocation: `run.logger.info('words', { fields })` goes to our log with the execution's name and, inside
 * a step, the step's. One object per invocation, because the SDK writes the identity into the logger it is given, so a shared
 * one would speak for whoever came last. Debug lines are dropped.
 */
export function invocationLogger(log: Log, identity: { workflow: string; execution: string }): DurableLogger {
  let context: Context | undefined;
  const say =
    (level: keyof Log) =>
    (what: unknown, fields?: unknown): void => {
      const at = context?.getDurableLogData();
      log[level](typeof what === 'string' ? what : 'workflow says', {
        ...fieldsOf(what),
        ...fieldsOf(fields),
        ...identity,
        ...(at?.operationName !== undefined && { step: at.operationName }),
        ...(at?.attempt !== undefined && { attempt: at.attempt }),
      });
    };
  return {
    configureDurableLoggingContext: given => {
      context = given;
    },
    debug: () => {},
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
  };
}

function fieldsOf(value: unknown): LogFields {
  if (value instanceof Error) return { error: value };
  return typeof value === 'object' && value !== null ? (value as LogFields) : {};
}
