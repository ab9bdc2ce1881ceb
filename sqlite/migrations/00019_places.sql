-- +goose Up

-- The places that somebody has or had: who left still comes back for what was
-- kept of them.
CREATE INDEX member_person ON member (person, alliance);
