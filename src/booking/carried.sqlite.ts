import { opened, sealed } from '#lib/sealed.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import type { Booking, BookingId } from './booking.ts';
import { type CarriedBooking, type CarriedName, standingOf } from './carried.ts';
import { type ClaimRow, claimIn, putClaim } from './claims.sqlite.ts';
import type { Claim } from './claims.ts';
import type { Message } from './message.ts';
import { wordsOf } from './search-words.ts';
import type { Settlement } from './settlements.ts';

type Row = Omit<CarriedBooking, 'erased' | 'revisions' | 'heard'> & { erased: number };

export const carriedBookings: CarriedBySqlite<CarriedBooking> = {
  *all(from) {
    const ids = from.all<{ id: BookingId }>('SELECT id FROM bookings ORDER BY id');
    for (const { id } of ids) {
      const row = from.get<Row>(
        'SELECT id, revision, fulfilledRevision, firstAt, absorbedBy, forgottenAt, erased FROM bookings WHERE id = ?',
        id,
      );
      if (!row) continue;
      yield {
        ...row,
        erased: row.erased === 1,
        revisions: from
          .all<{ body: string }>('SELECT body FROM booking_revisions WHERE booking = ? ORDER BY revision', id)
          .map(({ body }) => opened<Booking>(body)),
        heard: from
          .all<{ recordedAt: string; body: string }>(
            'SELECT recordedAt, body FROM booking_messages WHERE booking = ? ORDER BY recordedAt, heard',
            id,
          )
          .map(({ recordedAt, body }) => ({ message: opened<Message>(body), recordedAt })),
      };
    }
  },
  put(tx, it) {
    const booking = standingOf(it);
    const words = booking ? wordsOf(booking) : [];
    tx.run(
      `INSERT OR REPLACE INTO bookings (id, revision, fulfilledRevision, firstAt, recordedAt, status, vessel, startAt, absorbedBy,
         words, body, forgottenAt, erased) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      it.id,
      it.revision,
      it.fulfilledRevision,
      it.firstAt,
      booking?.recordedAt ?? it.firstAt,
      booking?.status ?? null,
      booking?.vessel ?? null,
      booking?.start.at ?? null,
      it.absorbedBy,
      words.join(' '),
      booking && sealed(booking),
      it.forgottenAt,
      it.erased ? 1 : 0,
    );
    for (const revision of it.revisions)
      tx.run(
        'INSERT OR REPLACE INTO booking_revisions (booking, revision, body) VALUES (?, ?, ?)',
        it.id,
        revision.revision,
        sealed(revision),
      );
    for (const { message, recordedAt } of it.heard)
      tx.run(
        'INSERT OR REPLACE INTO booking_messages (source, messageId, booking, recordedAt, body) VALUES (?, ?, ?, ?, ?)',
        message.source,
        message.messageId,
        it.id,
        recordedAt,
        sealed(message),
      );
    for (const word of words)
      tx.run('INSERT OR REPLACE INTO booking_words (word, booking) VALUES (?, ?)', word, it.id);
  },
};

export const carriedNames: CarriedBySqlite<CarriedName> = {
  all: from => from.all<CarriedName>('SELECT source, externalId, booking FROM booking_names'),
  put(tx, { source, externalId, booking }) {
    tx.run(
      'INSERT OR REPLACE INTO booking_names (source, externalId, booking) VALUES (?, ?, ?)',
      source,
      externalId,
      booking,
    );
  },
};

export const carriedClaims: CarriedBySqlite<Claim> = {
  all: from => from.all<ClaimRow>('SELECT * FROM claims').map(claimIn),
  put: putClaim,
};

export const carriedSettlements: CarriedBySqlite<Settlement> = {
  all: from => from.all<Settlement>('SELECT conflict, by, at, why FROM settlements'),
  put(tx, { conflict, by, at, why }) {
    tx.run('INSERT OR REPLACE INTO settlements VALUES (?, ?, ?, ?)', conflict, by, at, why);
  },
};
