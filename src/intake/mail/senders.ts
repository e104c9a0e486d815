/** Senders whose templates come with Gangway. Apart from them, because the types of the configuration are published with it. */
export const mailSenders = ['boatsetter', 'getmyboat'] as const;

export type MailSender = (typeof mailSenders)[number];
