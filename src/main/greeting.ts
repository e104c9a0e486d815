import type { App } from './embedded/embedded.ts';
import type { Held } from './operations/held-letters.ts';

/**
 * What `serve` says once it serves: how the owner gets to the desk, and what waits for a person. The sign-in link itself at
 * a terminal only: what a service says rests in its journal.
 */
export async function greeting(
  app: Pick<App, 'owner' | 'ownerSignIn' | 'operate'>,
  isTerminal: boolean,
): Promise<string[]> {
  const { count } = (await app.operate('post held', { limit: 0 })) as Held;
  return [
    ...(await wayToTheDesk(app, isTerminal)),
    ...(count > 0 ? [`${count} letters are held since a restore. Look: gangway post held`] : []),
  ];
}

async function wayToTheDesk(
  { owner, ownerSignIn }: Pick<App, 'owner' | 'ownerSignIn'>,
  isTerminal: boolean,
): Promise<string[]> {
  if (!owner) return [];
  if (!isTerminal) return [`Desk sign-in for ${owner.name}: gangway key sign-in ${owner.id}`];
  const signIn = await ownerSignIn();
  return signIn ? [`Desk sign-in for ${owner.name} (works for a day): ${signIn.url}`] : [];
}
