import * as z from 'zod';
import type { Brand } from '#booking/fleet.ts';
import { type BrandPlace, brandPlaces } from '#guest-page/brand-places.ts';
import { Refusal } from '#lib/refusal.ts';

/** The variable under which the stack tells a function what is around it, as JSON. */
export const surroundingsVariable = 'GANGWAY_SURROUNDINGS';

const shape = z.strictObject({
  /** Name of the one table. */
  table: z.string().min(3),
  /** Bucket of what guests and crew send, before it was opened. Nobody but functions reads it. */
  originals: z.string().min(3),
  /** Bucket of what was developed from that. */
  renditions: z.string().min(3),
  /** Bucket where SES lays down what comes in; raw mails may hold amounts. */
  mails: z.string().min(3),
  /** Of SES: under it the fate of letters is reported. */
  configurationSet: z.string().min(1),
  /** What the name of every function begins with; of a workflow the alias `live` is started. */
  functions: z.string().min(1),
  /** What the name of every secret in SSM begins with; behind it stands the name the configuration uses. */
  secrets: z.string().startsWith('/'),
  /** The variables whose secrets this function reads; its role is let at no other. */
  reads: z.array(z.string()),
  /** Whether it is asked over HTTP, and so has to tell distributions from others. */
  isBehindTheEdge: z.boolean(),
  brands: z.unknown(),
});

/** What the stack made and a function uses; checked at boot, before anything is answered. */
export type Surroundings = Omit<z.output<typeof shape>, 'brands'> & {
  readonly placeOf: (brand: Brand) => BrandPlace;
};

/** What the stack writes into the variable. */
export type SurroundingsText = Omit<z.input<typeof shape>, 'brands'> & {
  readonly brands: Readonly<Record<string, BrandPlace>>;
};

/**
 * Reads the variable and holds it to the configuration. Throws the refusals `surroundings-missing`, where it is not there or
 * no such text, and `brand-place-wrong`, where a brand would get what is another's.
 */
export function readSurroundings(
  environment: Readonly<Record<string, string | undefined>>,
  brands: readonly Brand[],
): Surroundings {
  const { brands: told, ...rest } = parsed(environment[surroundingsVariable]);
  const places = brandPlaces(brands, told);
  return {
    ...rest,
    placeOf(brand) {
      const place = places.get(brand.id);
      if (!place) throw new TypeError(`the brand ${brand.id} is of another installation`);
      return place;
    },
  };
}

function parsed(text: string | undefined): z.output<typeof shape> {
  try {
    const found = shape.safeParse(JSON.parse(text ?? ''));
    if (found.success) return found.data;
  } catch {
    // Said below, as whatever else is wrong with it.
  }
  throw new Refusal(
    'surroundings-missing',
    `${surroundingsVariable} does not say what this function works with.`,
    'The stack sets it: gangway deploy. Set nothing by hand.',
  );
}
