import { make as books } from '#main/lambda/books.ts';
import { make as crew } from '#main/lambda/crew.ts';
import { make as fulfil } from '#main/lambda/fulfil.ts';
import type { FunctionName } from '#main/lambda/function-parts.ts';
import { make as guest } from '#main/lambda/guest.ts';
import { make as house } from '#main/lambda/house.ts';
import { make as intake } from '#main/lambda/intake.ts';
import { make as leaks } from '#main/lambda/leaks.ts';
import { make as mailEvents } from '#main/lambda/mail-events.ts';
import { make as mailIn } from '#main/lambda/mail-in.ts';
import type { Means } from '#main/lambda/means.ts';
import { make as openBooks } from '#main/lambda/open-books.ts';
import { make as photos } from '#main/lambda/photos.ts';
import { make as tick } from '#main/lambda/tick.ts';
import { make as tickBooks } from '#main/lambda/tick-books.ts';

type Make = (means: Means) => (event: never, context: never) => Promise<unknown>;

/** Every function of the AWS edition as it is built at a cold start. */
export const makers: Readonly<Record<FunctionName, Make>> = {
  house,
  intake,
  crew,
  guest,
  fulfil,
  books,
  'open-books': openBooks,
  leaks,
  tick,
  'tick-books': tickBooks,
  'mail-in': mailIn,
  'mail-events': mailEvents,
  photos,
};
