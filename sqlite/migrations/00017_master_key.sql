-- +goose Up

-- Which master key this database is under, by fingerprint: one row. Before is
-- the key from before while a change of key goes on, entrusted the one that
-- was last sealed for a person of trust.
CREATE TABLE master_key (
    one          INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    installation TEXT    NOT NULL CHECK (installation <> ''),
    current      BLOB    NOT NULL CHECK (length(current) = 16),
    before       BLOB    CHECK (before IS NULL OR length(before) = 16),
    entrusted    BLOB    CHECK (entrusted IS NULL OR length(entrusted) = 16),
    entrusted_at INTEGER -- Unix seconds
) STRICT;

-- Secrets that outlive every master key, sealed under it: the seed of the
-- signer of stories, the key of the marks.
CREATE TABLE house_secret (
    name   TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
