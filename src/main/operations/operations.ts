import * as z from 'zod';
import { Refusal } from '#lib/refusal.ts';

/** Something a person can have done from the command line, on a running server or on a data folder at rest: the same function either way. */
export type Operation<Shape extends z.ZodType = z.ZodType> = {
  input: Shape;
  run: (input: z.output<Shape>, by: string) => Promise<unknown>;
};

export type Operations = Readonly<Record<string, Operation>>;

export const operation = <Shape extends z.ZodType>(
  input: Shape,
  run: (input: z.output<Shape>, by: string) => Promise<unknown>,
): Operation => ({ input, run: run as Operation['run'] });

/** Checks the input and runs it. Refusals: `operation-unknown`, `input-invalid`, and whatever the operation refuses. */
export async function operate(
  operations: Operations,
  name: string,
  input: unknown,
  by: string,
): Promise<unknown> {
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!found) {
    throw new Refusal(
      'operation-unknown',
      `This server knows no operation ${name}.`,
      'Use a gangway command of the same version as the server.',
    );
  }
  const parsed = found.input.safeParse(input);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new Refusal(
      'input-invalid',
      `${first?.path.join('.') || 'The input'}: ${first?.message}`,
      'Correct it; --help shows what is expected.',
    );
  }
  return found.run(parsed.data, by);
}

export const text = z.string().min(1).max(500);
export const bookingIdShape = z
  .string()
  .regex(/^bkg_[0-9a-z]{16}$/, 'not a booking id such as bkg_0123456789abcdef');
