-- +goose Up

-- A password with its second factor. The name by which somebody signs in is
-- here only as a mark, made with the master key; the second factor is sealed.
-- Of the password there is what Argon2id makes of it, with what that cost.
CREATE TABLE credential (
    person  TEXT    PRIMARY KEY CHECK (person <> ''),
    name    BLOB    NOT NULL UNIQUE CHECK (length(name) = 32),
    salt    BLOB    NOT NULL,
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    memory  INTEGER NOT NULL, -- KiB
    passes  INTEGER NOT NULL,
    lanes   INTEGER NOT NULL,
    factor  BLOB    NOT NULL,
    step    INTEGER NOT NULL, -- the last that was used
    made    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Recovery codes that are left, as marks.
CREATE TABLE recovery (
    person TEXT NOT NULL REFERENCES credential (person) ON DELETE CASCADE,
    mark   BLOB NOT NULL CHECK (length(mark) = 32),
    PRIMARY KEY (person, mark)
) STRICT, WITHOUT ROWID;

-- Wrong tries at sign-in names, there or not, by their mark. Times are Unix
-- milliseconds. Gone a day after the last.
CREATE TABLE tries (
    name   BLOB    PRIMARY KEY CHECK (length(name) = 32),
    wrong  INTEGER NOT NULL,
    since  INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What worked once, until it is over by itself.
CREATE TABLE spent (
    mark  BLOB    PRIMARY KEY CHECK (length(mark) = 32),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who comes in by their own ways alone.
CREATE TABLE only_own (
    person TEXT PRIMARY KEY CHECK (person <> '')
) STRICT, WITHOUT ROWID;

-- Times that somebody with a way of their own came in by a link of another,
-- until they say that they know of it.
CREATE TABLE back_in (
    person  TEXT    NOT NULL CHECK (person <> ''),
    link    TEXT    NOT NULL,
    made_by TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (person, link)
) STRICT, WITHOUT ROWID;
