-- +goose Up

-- What is left of alliances that were destroyed: that they were, when, and a
-- sealed record without words. Of how long one was its head still tells.
CREATE TABLE destroyed (
    alliance TEXT    NOT NULL PRIMARY KEY,
    entries  INTEGER NOT NULL,
    at       INTEGER NOT NULL, -- Unix milliseconds
    record   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was there, and may ask what became of it.
CREATE TABLE destroyed_person (
    person   TEXT NOT NULL CHECK (person <> ''),
    alliance TEXT NOT NULL REFERENCES destroyed (alliance),
    PRIMARY KEY (person, alliance)
) STRICT, WITHOUT ROWID;

-- Which alliances have a term, and of which it was decided that they go. SQLite
-- keeps both with every append, so they can never say another thing than the log.
CREATE INDEX entry_kept ON entry (alliance) WHERE kind = 'retention.set';
CREATE INDEX entry_decided ON entry (alliance) WHERE kind = 'destruction.confirmed';

-- The terms that the organisation added. Its own texts, and nothing of a person.
CREATE TABLE own_term (
    word    TEXT    NOT NULL PRIMARY KEY CHECK (word <> ''),
    name    TEXT    NOT NULL,
    years   INTEGER NOT NULL,
    months  INTEGER NOT NULL,
    weeks   INTEGER NOT NULL,
    counted TEXT    NOT NULL,
    source  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
