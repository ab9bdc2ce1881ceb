-- +goose Up

-- People. A name is sealed before it comes here.
CREATE TABLE person (
    id        TEXT    PRIMARY KEY CHECK (id <> ''),
    admin     INTEGER NOT NULL CHECK (admin IN (0, 1)),
    may_begin INTEGER NOT NULL CHECK (may_begin IN (0, 1)),
    name      BLOB
) STRICT, WITHOUT ROWID;

-- One-time links, by the SHA-256 of their secret. Times are Unix
-- milliseconds. The person may still be unknown: a newcomer.
CREATE TABLE link (
    secret   BLOB    PRIMARY KEY CHECK (length(secret) = 32),
    id       TEXT    NOT NULL,
    purpose  TEXT    NOT NULL,
    person   TEXT    NOT NULL CHECK (person <> ''),
    alliance TEXT    NOT NULL,
    partner  TEXT    NOT NULL,
    made_by  TEXT    NOT NULL,
    expires  INTEGER NOT NULL,
    used     INTEGER
) STRICT, WITHOUT ROWID;

-- Sessions, by the SHA-256 of their token.
CREATE TABLE session (
    token     BLOB    PRIMARY KEY CHECK (length(token) = 32),
    person    TEXT    NOT NULL REFERENCES person (id),
    staff     INTEGER NOT NULL CHECK (staff IN (0, 1)),
    made      INTEGER NOT NULL,
    last_used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person ON session (person);
