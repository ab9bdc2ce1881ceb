-- +goose Up

-- PostgreSQL has sums of its own over its pages (data_checksums); in SQLite what
-- no chain covers stands twice from here on.

-- A device that hardly anybody has is looked for along the moments, without going
-- to each line.
DROP INDEX access_at;
CREATE INDEX access_at ON access_line (at, device);
