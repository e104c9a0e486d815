import type { AuditEntry, CrewEvent, CrewEventId } from './crew.ts';
import type { Told } from './told.ts';

/** A crew event with its answers, its history and what each person was told, as it goes from one edition to another. */
export type CarriedEvent = {
  readonly event: CrewEvent;
  /** Whether its crew has yet to be told. */
  readonly toTell: boolean;
  readonly audit: readonly AuditEntry[];
  readonly told: readonly Told[];
};

/** A request that was answered and may be sent again. */
export type CarriedRequest = { readonly key: string; readonly digest: string; readonly event: CrewEventId };
