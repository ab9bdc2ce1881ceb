-- +goose Up

-- What somebody's devices call them by: random, and never their id.
CREATE TABLE passkey_owner (
    person TEXT NOT NULL PRIMARY KEY,
    handle BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- The public half of each passkey. The name is sealed.
CREATE TABLE passkey (
    id         TEXT NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES passkey_owner (person),
    name       BLOB,
    credential BLOB NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    count      INTEGER NOT NULL,
    flags      INTEGER NOT NULL,
    transports TEXT NOT NULL,
    made       INTEGER NOT NULL,
    last_used  INTEGER,
    distrusted INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_person ON passkey (person, made);

-- What a device was asked to sign and did not sign yet, by its SHA-256.
CREATE TABLE passkey_challenge (
    asked   BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    person  TEXT NOT NULL,
    holder  BLOB NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_challenge_expires ON passkey_challenge (expires);
