-- +goose Up

-- PostgreSQL has sums of its own over its pages (data_checksums); in SQLite what
-- no chain covers stands twice from here on.
SELECT 1;
