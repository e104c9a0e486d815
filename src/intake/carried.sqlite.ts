import type { CarriedBySqlite } from '#platform/carried.ts';
import type { CarriedDelivery } from './carried.ts';
import type { FeedState } from './feeds-in/feed-in-store.ts';
import { type DeliveryRow, deliveryColumns, deliveryOf } from './inbox.sqlite.ts';

type Row = DeliveryRow & { digest: string; body: Uint8Array };

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

export const carriedDeliveries: CarriedBySqlite<CarriedDelivery> = {
  *all(from) {
    for (const { id } of from.all<{ id: string }>('SELECT id FROM deliveries ORDER BY receivedAt, id')) {
      const row = from.get<Row>(`SELECT ${deliveryColumns}, digest, body FROM deliveries WHERE id = ?`, id);
      if (!row) continue;
      const { digest, body, ...rest } = row;
      const { nextTryAt, ...delivery } = deliveryOf(rest);
      yield { delivery, dueAt: nextTryAt, digest, body: Buffer.from(body).toString('base64') };
    }
  },
  put(tx, { delivery: it, dueAt, digest, body }) {
    tx.run(
      `INSERT OR REPLACE INTO deliveries (id, source, messageId, digest, via, headers, receivedAt, state, dueAt, tries, problems,
         outcome, booking, conflictsWith, decision, vouched, correction, erasedAt, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      it.id,
      it.source,
      it.messageId,
      digest,
      it.via,
      JSON.stringify(it.headers),
      it.receivedAt,
      it.state,
      dueAt,
      it.tries,
      JSON.stringify(it.problems),
      json(it.outcome),
      it.outcome?.booking ?? null,
      it.conflictsWith,
      json(it.decision),
      json(it.vouched),
      json(it.correction),
      it.erasedAt,
      Buffer.from(body, 'base64'),
    );
  },
};

/** What each marketplace's calendar said last. */
export const carriedFeedsIn: CarriedBySqlite<FeedState> = {
  all: from =>
    from
      .all<{ state: string }>('SELECT state FROM feedsIn')
      .map(({ state }) => JSON.parse(state) as FeedState),
  put(tx, state) {
    tx.run('INSERT OR REPLACE INTO feedsIn (feed, state) VALUES (?, ?)', state.feed, JSON.stringify(state));
  },
};
