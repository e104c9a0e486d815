import { Refusal } from '#lib/refusal.ts';
import { isExecutionName, limits, sizeBytes } from './limits.ts';

/** Refuses what cannot be started whatever is stored. */
export function checkStart(workflow: string, name: string, input: string): void {
  if (!isExecutionName(name)) {
    throw new Refusal(
      'execution-name-invalid',
      `An execution cannot be called ${JSON.stringify(name)}.`,
      'Use 1 to 64 letters, digits, hyphens and underscores.',
    );
  }
  if (sizeBytes(input) > limits.inputBytes) {
    throw new Refusal(
      'execution-input-too-large',
      `The input of ${workflow} ${name} is larger than 6 MB.`,
      'Store the data elsewhere and hand over where it is.',
    );
  }
}

/** The refusal of a name that is another input's. */
export const nameTaken = (workflow: string, name: string) =>
  new Refusal(
    'execution-name-taken',
    `${workflow} ${name} was started before with another input.`,
    'Start it under another name, or with the input it had.',
  );
