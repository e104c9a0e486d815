import { paths } from '#ui/paths.ts';
import type { SignInDoor } from './sign-in.tsx';
import type { Staff } from './staff.ts';

/** The way to the desk. */
export const deskDoor = (staff: Staff): SignInDoor => ({
  sessions: staff,
  at: {
    page: paths.deskSignIn,
    script: paths.deskSignInScript,
    letter: paths.deskSignInLetter,
    session: paths.deskSession,
    signOut: paths.deskSignOut,
    inside: paths.desk,
  },
  words: {
    title: 'Sign in',
    heading: 'Sign in to the desk',
    lede: 'With the link from your letter. There is no password.',
    who: 'staff',
  },
  cure: 'Ask for a new one below, or on the machine itself: gangway key sign-in',
});
