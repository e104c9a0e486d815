import { ImapFlow, type ImapFlowOptions } from 'imapflow';

/** A connection to a mail server, not open yet. In a file of its own, so that it is loaded where there is a mailbox. */
export const imapClient = (options: ImapFlowOptions): ImapFlow => new ImapFlow(options);
