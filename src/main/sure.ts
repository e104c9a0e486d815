import { Refusal } from '#lib/refusal.ts';

/**
 * Asks a person before what cannot be undone, or what costs; nobody does it by a slip of the hand, and a script says so
 * with its option. Throws the refusal `not-confirmed`.
 */
export async function sure(message: string, otherwise: string): Promise<void> {
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  if (interactive) {
    const { confirm } = await import('@clack/prompts');
    if ((await confirm({ message, initialValue: false })) === true) return;
  }
  throw new Refusal(
    'not-confirmed',
    otherwise,
    interactive ? 'Run it again when you are sure.' : 'There is nobody to ask here: say --yes.',
  );
}
