import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { keep } from '#platform/indexed.ts';
import type { Place, Table } from '#platform/table.ts';
import { isLinkToken, type LinkRecord, linkRules } from './link-rules.ts';
import type { Links } from './links.ts';

/** Where a link lies. */
export const linkAt = (purpose: string, subject: string, holder: string): Place => ({
  pk: `LINK#${JSON.stringify([purpose, subject, holder])}`,
  sk: '-',
});

const byToken = (hash: string): Place => ({ pk: `LINKTOKEN#${hash}`, sk: '-' });

/** By what a link in force is found: the hash of its token. */
export const linkEntries = ({ tokenHash }: LinkRecord): readonly Place[] =>
  tokenHash === null ? [] : [byToken(tokenHash)];

/** Links in a table. */
export function dynamoLinks({ table, clock, key }: { table: Table; clock: Clock; key: string }): Links {
  const rules = linkRules({ clock, key });

  return {
    issue: link =>
      table.unit(async unit => {
        const place = linkAt(link.purpose, link.subject, link.holder);
        const { record, token } = rules.issued(await unit.get<LinkRecord>(place), link);
        await keep(unit, place, record, linkEntries);
        return token;
      }),
    async open(token) {
      if (!isLinkToken(token)) return null;
      return rules.opened(await table.get<LinkRecord>(byToken(sha256(token))));
    },
    async epoch(purpose, subject, holder) {
      const record = await table.get<LinkRecord>(linkAt(purpose, subject, holder));
      return rules.isInForce(record) ? record.generation : null;
    },
    revoke: (purpose, subject, holder) =>
      table.unit(async unit => {
        const place = linkAt(purpose, subject, holder);
        const record = rules.revoked(await unit.get<LinkRecord>(place));
        if (record) await keep(unit, place, record, linkEntries);
      }),
  };
}
