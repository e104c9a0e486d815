/** The tables of a post office: one row a letter, and which letters are about what. Steps are never edited after release. */
export const letterTables = [
  `
CREATE TABLE letters (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  made INTEGER NOT NULL DEFAULT 0,
  unclear INTEGER NOT NULL DEFAULT 0,
  on_wire INTEGER NOT NULL DEFAULT 0,
  posted_at TEXT NOT NULL,
  tried_from TEXT NOT NULL,
  sent_at TEXT,
  next_at TEXT,
  held_at TEXT,
  error TEXT,
  body TEXT,
  change INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX letters_due ON letters (next_at, seq) WHERE state = 'waiting';
CREATE INDEX letters_state ON letters (state, seq);
CREATE INDEX letters_on_wire ON letters (seq) WHERE on_wire = 1;
CREATE INDEX letters_held ON letters (held_at) WHERE held_at IS NOT NULL;
CREATE INDEX letters_untold ON letters (seq) WHERE change > told;
CREATE TABLE letters_about (about TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (about, seq)) WITHOUT ROWID, STRICT`,
  'CREATE INDEX letters_about_of ON letters_about (seq)',
];
