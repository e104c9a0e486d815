import type { DeliveryId } from '#intake/inbox.ts';
import { mailReader } from '#intake/mail/mail-reader.thread.ts';
import { type IntakeRoom, intakeRoom } from '../rooms/intake.ts';
import type { Means } from './means.ts';
import type { WholeSide } from './whole-side.ts';

/** The intake on Lambda: what it sets going is waited for. `handOver` has a delivery read by another invocation. */
export const takingIn = (
  { of, options, fulfil }: WholeSide,
  means: Means,
  handOver?: (id: DeliveryId) => Promise<void>,
): IntakeRoom =>
  intakeRoom({
    of,
    options,
    fulfil,
    dns: means.dns,
    look: mailReader().look,
    reach: means.outside,
    ...(handOver ? { handOver } : {}),
  });
