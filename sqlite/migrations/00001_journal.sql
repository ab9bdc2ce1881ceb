-- +goose Up

-- The log. What is a BLOB is sealed, a hash or a signature; see package
-- journal for what each column holds. There is no way down: an older program
-- refuses a newer database.
CREATE TABLE entry (
    alliance   TEXT    NOT NULL,
    seq        INTEGER NOT NULL CHECK (seq > 0),
    kind       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    command    TEXT    NOT NULL,
    at         INTEGER NOT NULL, -- nanoseconds since 1970, UTC
    holder     TEXT    NOT NULL,
    structure  BLOB    NOT NULL,
    words      BLOB,
    words_hash BLOB,
    chain      BLOB    NOT NULL,
    PRIMARY KEY (alliance, seq)
) STRICT, WITHOUT ROWID;

-- Where the chain of each alliance stands.
CREATE TABLE head (
    alliance TEXT    NOT NULL PRIMARY KEY,
    number   INTEGER NOT NULL UNIQUE,
    seq      INTEGER NOT NULL,
    chain    BLOB    NOT NULL,
    mac      BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- How many alliances have begun: one row.
CREATE TABLE register (
    one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    alliances INTEGER NOT NULL,
    mac       BLOB    NOT NULL
) STRICT;

CREATE TABLE wrapped_key (
    alliance  TEXT    NOT NULL,
    used_for  TEXT    NOT NULL,
    holder    TEXT    NOT NULL,
    destroyed INTEGER NOT NULL CHECK (destroyed IN (0, 1)),
    sealed    BLOB    NOT NULL,
    PRIMARY KEY (alliance, used_for, holder)
) STRICT, WITHOUT ROWID;

-- Who has, or had, a place in which alliance.
CREATE TABLE member (
    alliance TEXT    NOT NULL,
    partner  TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    here     INTEGER NOT NULL CHECK (here IN (0, 1)),
    PRIMARY KEY (alliance, partner)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_here ON member (person, alliance) WHERE here = 1;
