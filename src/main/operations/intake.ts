import * as z from 'zod';
import { accountText } from '#intake/mail/mail-account.ts';
import type { IntakeRoom } from '../rooms/intake.ts';
import { type Operations, operation, text } from './operations.ts';

/** Messages from a person's hands: fed, or only explained. */
export function intakeOperations(intake: IntakeRoom, settle: () => Promise<void>): Operations {
  const message = z.object({ source: text, body: z.base64() });
  return {
    intake: operation(message, async ({ source, body }) => {
      const became = await intake.byHand(source, Buffer.from(body, 'base64'));
      await settle();
      return became;
    }),
    'intake explain': operation(message, async ({ source, body }) => {
      const account = await intake.explain(source, Buffer.from(body, 'base64'));
      return { text: accountText(account), ...account };
    }),
  };
}
