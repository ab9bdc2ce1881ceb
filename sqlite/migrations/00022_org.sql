-- +goose Up

-- Who looks where in an emergency, until when: so that they find it back. That
-- they may is in the log of the alliance; this only leads there. Ids and a
-- moment in Unix milliseconds.
CREATE TABLE emergency (
    person   TEXT    NOT NULL CHECK (person <> ''),
    alliance TEXT    NOT NULL CHECK (alliance <> ''),
    until    INTEGER NOT NULL,
    PRIMARY KEY (person, alliance)
) STRICT, WITHOUT ROWID;

-- Who answers for what is kept here: the organisation's own texts, for
-- everybody to read. One row.
CREATE TABLE organisation (
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    name    TEXT    NOT NULL,
    contact TEXT    NOT NULL,
    officer TEXT    NOT NULL,
    complain TEXT   NOT NULL
) STRICT;

-- Somebody who stopped working here comes in no more.
ALTER TABLE person ADD COLUMN closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));
