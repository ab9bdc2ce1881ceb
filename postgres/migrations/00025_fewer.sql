-- +goose Up

-- A change of rights has two indexes less to be written in, another line one. What a session
-- did is looked for along the moments, or along its person; a change of rights,
-- which nearly every wish is, along the moments too.
DROP INDEX access_session;
DROP INDEX access_kind;
CREATE INDEX access_kind ON access_line (kind, at, person, alliance) WHERE kind <> 'read' AND kind <> 'rights';
DROP INDEX access_at;
CREATE INDEX access_at ON access_line (at, device, session);
