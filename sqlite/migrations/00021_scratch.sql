-- +goose Up

-- Which alliances hold words of a scratch pad: for who looks whether they are
-- to be emptied. SQLite keeps it with every append and every erasure.
CREATE INDEX entry_scratch ON entry (alliance) WHERE kind = 'scratch.written' AND words IS NOT NULL;

-- And which hold a day of birth: for who looks whether somebody turned sixteen.
CREATE INDEX entry_born ON entry (alliance) WHERE kind = 'birth.told' AND words IS NOT NULL;
