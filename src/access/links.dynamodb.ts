import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { keep } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import { isLinkToken, type LinkRecord, linkRules } from './link-rules.ts';
import type { Links } from './links.ts';

/** Links in a table. */
export function dynamoLinks({ table, clock, key }: { table: Table; clock: Clock; key: string }): Links {
  const rules = linkRules({ clock, key });
  const at = (purpose: string, subject: string, holder: string) => ({
    pk: `LINK#${JSON.stringify([purpose, subject, holder])}`,
    sk: '-',
  });
  const byToken = (hash: string) => ({ pk: `LINKTOKEN#${hash}`, sk: '-' });
  const entries = ({ tokenHash }: LinkRecord) => (tokenHash === null ? [] : [byToken(tokenHash)]);

  return {
    issue: link =>
      table.unit(async unit => {
        const place = at(link.purpose, link.subject, link.holder);
        const { record, token } = rules.issued(await unit.get<LinkRecord>(place), link);
        await keep(unit, place, record, entries);
        return token;
      }),
    async open(token) {
      if (!isLinkToken(token)) return null;
      return rules.opened(await table.get<LinkRecord>(byToken(sha256(token))));
    },
    async epoch(purpose, subject, holder) {
      const record = await table.get<LinkRecord>(at(purpose, subject, holder));
      return rules.isInForce(record) ? record.generation : null;
    },
    revoke: (purpose, subject, holder) =>
      table.unit(async unit => {
        const place = at(purpose, subject, holder);
        const record = rules.revoked(await unit.get<LinkRecord>(place));
        if (record) await keep(unit, place, record, entries);
      }),
  };
}
