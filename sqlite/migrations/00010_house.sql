-- +goose Up

-- What the organisation calls the five activities, in each language. Its own
-- texts, for everybody to read: nothing that a person said.
CREATE TABLE activity_wording (
    language TEXT NOT NULL,
    activity TEXT NOT NULL,
    name     TEXT NOT NULL,
    about    TEXT NOT NULL,
    origin   TEXT NOT NULL,
    PRIMARY KEY (language, activity)
) STRICT, WITHOUT ROWID;
