/** How far a mailbox was read. The numbers of its mails mean something only while `validity` is the same (RFC 9051 section 2.3.1.1). */
export type MailboxMark = { readonly validity: string; readonly lastUid: number };

/** Remembers it by the name of the mailbox. Durable when it resolves. Losing it costs a reading anew, and no mail twice. */
export interface MailboxMemory {
  find(mailbox: string): Promise<MailboxMark | null>;
  put(mailbox: string, mark: MailboxMark): Promise<void>;
}
