-- +goose Up

-- Who has looked: ids, a stable word for what was shown, and a moment in Unix
-- milliseconds. About is '' for the place as a whole. The key is the index by
-- which somebody reads who looked at their world.
CREATE TABLE look (
    alliance TEXT    NOT NULL CHECK (alliance <> ''),
    about    TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    viewer   TEXT    NOT NULL CHECK (viewer <> ''),
    what     TEXT    NOT NULL CHECK (what <> ''),
    PRIMARY KEY (alliance, about, at, viewer, what)
) STRICT, WITHOUT ROWID;
