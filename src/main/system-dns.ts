import { Resolver as DnsResolver } from 'node:dns/promises';
import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';

/** DNS as this machine is set up to ask it: up to 5 seconds twice, then it has no answer. */
export function systemDns(): Resolver {
  const dns = new DnsResolver({ timeout: 5000, tries: 2 });
  return (name, type) => dns.resolve(name, type) as Promise<string[][] | string[]>;
}
