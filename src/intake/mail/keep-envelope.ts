import type { DeliveryId, Inbox } from '#intake/inbox.ts';
import type { Source, Sources } from '#intake/source.ts';
import { keepMail } from './receive-mail.ts';
import { type Vouch, vouchByAddress } from './vouch.ts';

/** What a mail server of ours works with, whether it listens here or SES does. */
export type EnvelopeDoor = {
  sources: Sources;
  inbox: Inbox;
  count: (name: 'mails', labels: { source: string; outcome: string }) => void;
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/**
 * Keeps a mail for each source among the addresses its envelope named; addresses of nobody are left out. An envelope with
 * the secret address vouches for the mail, which no header of it can. Durable when it resolves. Refusal: `mail-too-large`.
 */
export async function keepEnvelope(
  door: EnvelopeDoor,
  addresses: readonly string[],
  body: Uint8Array,
): Promise<void> {
  const inSmall = addresses.map(address => address.toLowerCase());
  const bySource = Map.groupBy(inSmall, address => mailSourceAt(door.sources, address));
  for (const [source, mine] of bySource) {
    if (!source?.mail) continue;
    const { id } = source.settings;
    const vouch: Vouch = vouchByAddress({ recipients: [] }, mine, source.mail.trust);
    const kept = await keepMail(door.inbox, {
      source: id,
      via: 'smtp',
      body,
      ...(vouch.by === 'nobody' ? {} : { vouched: vouch }),
    });
    door.count('mails', { source: id, outcome: kept.kind });
    if (kept.kind === 'received') door.onReceived(kept.delivery.id);
  }
}

/** The source that takes mails at an address: the word before the @, or before a + in it. */
export function mailSourceAt(sources: Sources, address: string): Source | null {
  const source = sources(/^([a-z][a-z0-9-]{0,39})(?:\+[^@]*)?@/i.exec(address)?.[1]?.toLowerCase() ?? '');
  return source?.mail ? source : null;
}
