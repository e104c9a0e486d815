import { GetObjectCommand } from '@aws-sdk/client-s3';
import { keepEnvelope } from '#intake/mail/keep-envelope.ts';
import { Refusal } from '#lib/refusal.ts';
import { notHere } from '../not-here.ts';
import { booted } from './boot.ts';
import type { Means } from './means.ts';
import { s3Of } from './s3-of.ts';
import { takingIn } from './taking-in.ts';
import { wholeSide } from './whole-side.ts';

/** What SES tells of a mail that it has laid down in the bucket of mails, as far as it is read. */
export type MailReceived = {
  readonly Records: readonly {
    readonly ses: {
      readonly mail: { readonly messageId: string };
      readonly receipt: { readonly recipients: readonly string[] };
    };
  }[];
};

/** Keeps the mail for whoever its envelope names, as our own listener does, and reads it. */
export const make = (means: Means) => {
  const side = wholeSide(means, {
    mailer: notHere('mail'),
    host: notHere('pages'),
    photoStore: notHere('photos'),
  });
  const intake = takingIn(side, means);
  const s3 = s3Of();

  const take = async (addresses: readonly string[], body: Uint8Array) => {
    try {
      await keepEnvelope(intake.door, addresses, body);
    } catch (error) {
      // What is refused for good stays in the bucket for a person; another try would be refused as well.
      if (!(error instanceof Refusal)) throw error;
      means.log.warn('a mail was not taken', { code: error.code });
    }
  };

  return async ({ Records }: MailReceived): Promise<void> => {
    for (const { ses } of Records) {
      const get = new GetObjectCommand({ Bucket: means.surroundings.mails, Key: ses.mail.messageId });
      const body = await (await s3.send(get)).Body?.transformToByteArray();
      await take(ses.receipt.recipients, body ?? new Uint8Array());
    }
    await intake.settled();
    await side.after.done();
  };
};

export const handler = booted(make);
