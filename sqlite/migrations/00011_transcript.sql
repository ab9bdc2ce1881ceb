-- +goose Up

-- Which alliances hold lines of a transcript: for who looks whether a date has
-- come. SQLite keeps it with every append and every erasure, so it can never
-- say another thing than the log.
CREATE INDEX entry_transcript ON entry (alliance) WHERE kind = 'lines.laid' AND words IS NOT NULL;
